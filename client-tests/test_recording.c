/*
 * Every reply to one script of requests, in every shipped scenario, byte for
 * byte as it was recorded: what a change of the inside must not change.
 *
 * The requests are client-tests/recording/requests.txt. The replies in the
 * default world stand in client-tests/recording/default.txt, those in another
 * scenario in the file of its name, as far as they differ from the default
 * world's (recording.h). A change of the wire that is wanted is recorded anew,
 * and reviewed as the difference of these files:
 *
 *     SLACKMOCK_RECORD=1 build/san/client-tests/client-tests recording
 *
 * That writes the files instead of comparing. All that differs from run to run
 * stays out of the script: clocks are frozen, seeds given, Host is localhost.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "event_receiver.h"
#include "files.h"
#include "recorded_reply.h"
#include "recorded_requests.h"
#include "recording.h"
#include "scenario_check.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define DEFAULT "default"

/*
 * Their rules delay exchanges by hundreds of milliseconds and seconds, some
 * each of them: they get the first requests of the script alone.
 */
static const char *const slow[] = {"flows/dribbled-reply", "flows/slow-network",
                                   "flows/slow-reply"};
#define LAST_OF_SLOW "state of the bot token"

/* Behind this one no scenario has a say in what is answered. */
#define LAST_OF_ALL "sandbox of this scenario deleted"

/* The title of the last request that it gets; NULL: all. */
static const char *last_title(const char *scenario)
{
    for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++)
        if (strcmp(slow[i], scenario) == 0)
            return LAST_OF_SLOW;
    return strcmp(scenario, DEFAULT) == 0 ? NULL : LAST_OF_ALL;
}

static bool is_recording(void)
{
    const char *wanted = getenv("SLACKMOCK_RECORD");

    return wanted && strcmp(wanted, "1") == 0;
}

/* ---- one scenario ---- */

struct run {
    struct test *test;
    const char *scenario;
    struct server *server;
    struct given_tokens tokens;
    struct recording *usual;      /* the default world's; NULL while it is it */
    struct recording *own;        /* NULL while it is recorded */
    struct recorded_bytes record; /* what becomes the file */
};

/* Fails with the first line in which the two texts differ. */
static void refuse_difference(const struct run *run, size_t number,
                              const struct recorded_request *request,
                              const char *replies[2])
{
    const char *got = replies[0];
    const char *wanted = replies[1];
    size_t line = 1;

    for (;; line++) {
        size_t length = strcspn(got, "\n") + 1;

        if (strncmp(got, wanted, length) != 0 || !got[length - 1])
            break;
        got += length;
        wanted += length;
    }
    fail_msg("%s, request %zu \"%s\", %.*s\nline %zu of the reply\n"
             "wanted: %.*s\n   got: %.*s",
             run->scenario, number, request->title,
             (int)strcspn(request->text, "\n"), request->text, line,
             (int)strcspn(wanted, "\n"), wanted, (int)strcspn(got, "\n"), got);
}

/* The default world's reply; NULL when it is that which is recorded or read.
 */
static const char *take_usual(const struct run *run, const char *title)
{
    return run->usual ? recording_take(run->test, run->usual, title) : NULL;
}

static void compare(struct run *run, size_t number,
                    const struct recorded_request *request, const char *reply)
{
    const char *usual = take_usual(run, request->title);
    const char *wanted = recording_take(run->test, run->own, request->title);

    if (wanted && usual)
        wanted = recording_unfold(run->test, wanted, usual);
    else if (!wanted)
        wanted = usual;
    if (!wanted)
        fail_msg("%s, request %zu \"%s\": no reply is recorded", run->scenario,
                 number, request->title);
    else if (strcmp(reply, wanted) != 0)
        refuse_difference(run, number, request,
                          (const char *[]){reply, wanted});
}

static void record(struct run *run, const struct recorded_request *request,
                   const char *reply)
{
    const char *usual = take_usual(run, request->title);
    const char *text;

    if (usual && strcmp(usual, reply) == 0)
        return;
    if (usual)
        reply = recording_fold(run->test, reply, usual);
    text = test_printf(run->test, "### %s\n%s", request->title, reply);
    recorded_bytes_add(&run->record, text, strlen(text));
}

static void ask(struct run *run, size_t number,
                const struct recorded_request *request)
{
    struct recorded_bytes bytes =
        recorded_request_bytes(run->test, request, &run->tokens);
    const char *reply = recorded_reply_await(run->test, run->server, bytes,
                                             request->half_closes);

    given_tokens_take(run->test, &run->tokens, reply);
    if (run->own)
        compare(run, number, request, reply);
    else
        record(run, request, reply);
}

/* Nothing may be left in a recording that nobody asks for any more. */
static void end(struct run *run)
{
    if (run->own && *run->own->next)
        fail_msg("%s: recorded, but not in the script at this place: %.*s",
                 run->scenario, (int)strcspn(run->own->next, "\n"),
                 run->own->next);
    if (run->own)
        return;
    assert_number(file_write(recording_path(run->test, run->scenario),
                             run->record.data ? run->record.data : ""),
                  0);
    free(run->record.data);
}

/* A flow may send events, which must go to nobody else on this machine. */
static const char *own_events(struct test *test, const char *scenario)
{
    const char *text =
        test_read(test, test_printf(test, "scenarios/%s.json", scenario));

    if (!strstr(text, "\"events\""))
        return "";
    return test_printf(test,
                       ",\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":"
                       "\"http://127.0.0.1:%d/\"}}]",
                       receiver_port(receiver_open(test)));
}

static struct server *start(struct test *test, const char *scenario)
{
    const char *text =
        test_printf(test,
                    "{\"description\":\"Recorded.\",\"extends\":\"%s.json\","
                    "\"seed\":7,\"clock\":"
                    "{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":true}%s}",
                    scenario, own_events(test, scenario));

    return server_start(test, test_file(test, "scenario.json", text),
                        ARGUMENTS("-q"));
}

static void test_recording(struct test *test)
{
    const char *scenario = test_row(test);
    const struct recorded_requests *requests = recorded_requests_read(test);
    const char *last = last_title(scenario);
    struct run run = {.test = test, .scenario = scenario};

    if (strcmp(scenario, DEFAULT) != 0)
        run.usual = recording_read(test, DEFAULT);
    if (!is_recording())
        run.own = recording_read(test, scenario);
    run.server = start(test, scenario);
    for (size_t i = 0; i < requests->count; i++) {
        ask(&run, i + 1, &requests->list[i]);
        if (last && strcmp(requests->list[i].title, last) == 0)
            break;
    }
    end(&run);
}

/* ---- the scenarios ---- */

/* The default world comes first: the others are recorded beside it. */
static void find_scenarios(glob_t *found)
{
    if (glob("scenarios/" DEFAULT ".json", 0, NULL, found) != 0 ||
        glob("scenarios/*/*.json", GLOB_APPEND, NULL, found) != 0)
        abort();
}

/* Cuts `scenarios/flows/slow-reply.json` to `flows/slow-reply`. */
static const char *cut_to_name(char *path)
{
    path[strlen(path) - strlen(".json")] = '\0';
    return path + strlen("scenarios/");
}

int run_recording_tests(void)
{
    glob_t found;
    struct test_case *cases;
    int failed;

    find_scenarios(&found);
    cases = calloc(found.gl_pathc, sizeof *cases);
    if (!cases)
        abort();
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = cut_to_name(found.gl_pathv[i]);

        cases[i] = (struct test_case){name, test_recording, name};
    }
    failed = test_cases_run(cases, found.gl_pathc);
    free(cases);
    globfree(&found);
    return failed;
}
