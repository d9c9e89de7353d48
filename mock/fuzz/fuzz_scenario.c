/*
 * Scenario files that extend shipped ones, and worlds that were saved. Either a
 * world comes of it, which then must save and load, answer a call and be freed,
 * or mistakes, one a line, that say where they are.
 */
#include <string.h>

#include "base/charset.h"
#include "fuzz.h"
#include "mock/mock.h"
#include "scenario/scenario.h"
#include "scenario/scenario_save.h"
#include "world/world_load.h"

static void check_mistakes(const struct buffer *mistakes)
{
    const char *line = buffer_text(mistakes);

    fuzz_require(mistakes->length > 0);
    fuzz_require(strlen(line) == mistakes->length);
    fuzz_require(charset_is_utf8(line, mistakes->length));
    for (; *line; line += strcspn(line, "\n") + 1) {
        const char *file = strstr(line, ".json:");

        fuzz_require(file && file < strchr(line, '\n'));
    }
}

/* Laid over itself a scenario says nothing new, and so nothing wrong. */
static void lay_over_itself(const struct scenario *scenario,
                            struct fuzz_input text)
{
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *again = fuzz_load_over(scenario, text, &mistakes);

    if (!again)
        fuzz_fail("laid over itself: %s", buffer_text(&mistakes));
    scenario_release(again);
    buffer_free(&mistakes);
}

/* What is saved loads, and is the same when it is saved again. */
static void save_again(const struct scenario *scenario)
{
    struct buffer saved = BUFFER_INIT;
    struct buffer again = BUFFER_INIT;
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *loaded;

    scenario_save(scenario, &saved);
    loaded = world_load_text("saved.json", saved.data, saved.length, &mistakes);
    if (!loaded)
        fuzz_fail("saved: %s", buffer_text(&mistakes));
    scenario_save(loaded, &again);
    if (strcmp(saved.data, again.data) != 0)
        fuzz_fail("saved: %s\nagain: %s", saved.data, again.data);
    scenario_release(loaded);
    buffer_free(&saved);
    buffer_free(&again);
    buffer_free(&mistakes);
}

/* A rule may make anything of the reply. */
static void call(struct mock *mock)
{
    static const char form[] = "token=xoxb-12345-67890-abcdefg&client_id="
                               "4123121235.9872358710&client_secret="
                               "e1b9e11dfcd19c1982d5de12921e17e8c";
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb_name = "POST",
        .target = "/api/oauth.v2.exchange",
        .verb = VERB_POST,
        .method = "oauth.v2.exchange",
        .headers = &header,
        .header_count = 1,
        .body = form,
        .body_length = sizeof form - 1,
        .host_time = FUZZ_TIME,
    };
    struct reply reply = REPLY_INIT;

    mock_handle(mock, &request, &reply);
    fuzz_require(reply.status >= 100 && reply.status <= 599);
    mock_handle(mock, &request, &reply);
    reply_free(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mock_options options = {.verbose = true,
                                                .sandboxes = 100,
                                                .call = CALL_LIMITS_DEFAULT,
                                                .journal_entries = 2};
    struct buffer mistakes = BUFFER_INIT;
    struct fuzz_input input = fuzz_input(data, size);
    struct scenario *scenario = fuzz_load(input, &mistakes);

    if (scenario && !world_state_is_right(scenario, &mistakes)) {
        scenario_release(scenario);
        scenario = NULL;
    }
    if (scenario) {
        struct mock *mock;

        fuzz_require(mistakes.length == 0);
        if (!scenario->is_saved)
            lay_over_itself(scenario, input);
        save_again(scenario);
        mock = mock_create(scenario, &options, 1, FUZZ_TIME);
        call(mock);
        mock_free(mock);
    } else {
        check_mistakes(&mistakes);
    }
    buffer_free(&mistakes);
    return 0;
}
