/*
 * `slackmock replay --redact`: no secret is left in the log, and it replays
 * alike.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "life.h"
#include "log_scene.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "two_texts.h"

#define LOG  "state.log"
#define COPY "redacted.log"

static const char *run_out(struct test *test, const char *const *arguments)
{
    const struct program_run *run = program_run(test, arguments);

    assert_text(run->err, "");
    assert_number(run->status, 0);
    return run->out;
}

/* Returns the copy's text; its file is COPY. */
static const char *redact(struct test *test)
{
    const char *text =
        run_out(test, ARGUMENTS("replay", test_path(test, LOG), "--redact"));

    (void)test_file(test, COPY, text);
    return text;
}

static const char *replay(struct test *test, const char *name)
{
    return run_out(test, ARGUMENTS("replay", test_path(test, name)));
}

static void assert_replays_alike(struct test *test)
{
    assert_renamed_text(test, replay(test, COPY), replay(test, LOG));
}

/* ---- tokens ---- */

static size_t token_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) ||
           (text[length] && strchr("-._", text[length])))
        length++;
    return length;
}

/* Each that has a part after its kind and its numbers, and is not shipped. */
static void assert_lacks_tokens(struct test *test, const char *text,
                                const char *original)
{
    const char *token = original;

    while ((token = strstr(token, "xox"))) {
        const size_t length = token_length(token);
        const char *copy = test_printf(test, "%.*s", (int)length, token);

        if (length > strlen("xoxb-12345-67890") && !strstr(copy, "generated") &&
            !strstr(copy, "-12345-67890-") && !strstr(copy, "slackmockexample"))
            assert_lacks(text, copy);
        token += length;
    }
}

static void test_recordings(struct test *test)
{
    struct server *server = log_scene_start(test, NULL, test_path(test, LOG));
    const char *copy;

    log_scene_play(test, server);
    server_kill(server);
    copy = redact(test);
    assert_lacks_tokens(
        test, copy,
        shell_run(test, test_printf(test, "cat '%s'", test_path(test, LOG)))
            ->out);
    assert_lacks_tokens(test, copy, replay(test, LOG));
    assert_replays_alike(test);
}

/* ---- secrets in every place ---- */

#define SECRETS                                                                \
    WORLD("\"apps\":[{\"id\":\"A2\",\"client_id\":\"2.2\",\"client_secret\":"  \
          "\"sesame-4-you\",\"token_rotation\":true,\"events\":{\"url\":"      \
          "\"http://127.0.0.1:9/\",\"signing_secret\":\"sign3dAndSealed\"}}]," \
          "\"tokens\":[{\"token\":\"xoxb-777-888-Wh0Knows\",\"app\":\"A2\","   \
          "\"team\":\"T0TEAM\",\"scope\":\"commands\"},"                       \
          "{\"generate\":5,\"type\":\"bot\",\"app\":\"A2\","                   \
          "\"team\":\"T0TEAM\",\"scope\":\"commands\"}],"                      \
          "\"codes\":[{\"code\":\"code-of-7\",\"app\":\"A2\",\"team\":"        \
          "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\",\"scope\":\"commands\"}},"   \
          "{\"code\":\"open-sesame\",\"app\":\"A2\",\"team\":\"T0TEAM\","      \
          "\"bot\":"                                                           \
          "{\"user\":\"U0BOT\",\"scope\":\"commands\"}}],"                     \
          "\"rules\":[{\"when\":{\"token\":\"xoxb-777-888-*\",\"method\":"     \
          "\"auth.test\"},\"reply\":{\"error\":\"fatal_error\"}}]")

static const char *const secrets[] = {
    "sesame-4-you", "sign3dAndSealed", "code-of-7",      "Op3n-Control",
    "xoxb%2Dnever", "Wh0Knows",        "unknown-1-code", "open-sesame",
    "part-1-code",  "c00kie-crumb",    "header-1-token", "digits-1-key"};

static void call_with_secrets(struct test *test, const struct server *server)
{
    static const struct http_request requests[] = {
        {.target = "/api/oauth.v2.access",
         .headers = {FORM, "Authorization: Basic Mi4yOnNlc2FtZS00LXlvdQ=="},
         .body = "code=code%2Dof%2D7"},
        {.target = "/api/oauth.v2.access",
         .headers = {FORM},
         .body = "client_id=2.2&client_secret=sesame%2d4-you&code=code-of-7"},
        {.target = "/api/oauth.v2.access",
         .headers = {FORM},
         .body = "client_id=2.2&client_secret=sesame-4-you&code=open-sesame"},
        {.target = "/api/oauth.v2.access?code=unknown-1-code&client_id=2.2&"
                   "client_secret=sesame-4-you"},
        {.target = "/api/oauth.v2.exchange",
         .headers = {FORM},
         .body = "client_id=2.2&client_secret=sesame-4-you&token=xoxb-"
                 "generated-3"},
        {.target = "/api/auth.test",
         .headers = {FORM, "Authorization: Bearer xoxb-777-888-Wh0Knows"},
         .body = "x=1"},
        {.target = "/api/auth.test?token=xoxb%2Dnever%2D1"},
        {.target = "/api/oauth.v2.access",
         .headers = {"Content-Type: multipart/form-data; boundary=b"},
         .body = "--b\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n"
                 "part-1-code\r\n--b--\r\n"},
        {.target = "/api/auth.test",
         .headers = {"Cookie: d=xoxd-a%2Fb; s=c00kie-crumb",
                     "X-Api-Token: header-1-token",
                     "Authorization: digits-1-key at the end"}},
        {.target = "/api/api.test",
         .headers = {"Content-Type: application/json"},
         .body = "{\"a\":[\"sesame-4-you\",{\"token\":[\"tok3n-in-a-list\"]}],"
                 "\"n\":1.5e3}"},
    };

    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        (void)http_send(test, server, &requests[i]);
    (void)http_send(test, server,
                    &(struct http_request){
                        .verb = "POST",
                        .target = "/_mock/clock",
                        .headers = {"Authorization: Bearer Op3n-Control"},
                        .body = "{\"advance\":5}"});
}

static void assert_lacks_secrets(const char *copy)
{
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        assert_lacks(copy, secrets[i]);
    assert_lacks(copy, "Mi4yOnNlc2FtZS00LXlvdQ==");
    assert_lacks(copy, "tok3n-in-a-list");
}

static void test_everywhere(struct test *test)
{
    const char *scenario = test_file(test, "s.json", SECRETS);
    struct server *server =
        server_start(test, scenario,
                     ARGUMENTS("--state", test_path(test, LOG),
                               "--control-token", "Op3n-Control", "-q"));
    const char *copy;
    const char *told;

    call_with_secrets(test, server);
    server_kill(server);
    copy = redact(test);
    assert_lacks_secrets(copy);
    assert_contains(copy, "xoxb-generated-3");
    told = replay(test, COPY);
    assert_contains(told, "\"error\":\"fatal_error\"");
    assert_contains(told, "\"access_token\":\"xoxe.xoxb-1-");
    assert_replays_alike(test);
}

/* What the mock issued and was asked with is as alive in the copy. */
static void test_issued(struct test *test)
{
    struct server *server = log_scene_start(test, NULL, test_path(test, LOG));
    struct pair pair = life_exchange(test, server, BOT_FORM);
    struct pair next = life_refresh(test, server, pair.refresh);
    const char *copy;

    life_token_is(test, server, next.access, NULL);
    server_kill(server);
    copy = redact(test);
    assert_lacks(copy, pair.access);
    assert_lacks(copy, pair.refresh);
    assert_lacks(copy, next.access);
    assert_lacks(replay(test, COPY), "\"ok\":false");
    assert_replays_alike(test);
}

/* ---- a log that begins with a snapshot ---- */

/* Whoever has it knows all tokens that the world issues. */
static const char *number_of_tokens(struct test *test)
{
    const char *log =
        shell_run(test, test_printf(test, "cat '%s'", test_path(test, LOG)))
            ->out;
    const char *number = strstr(log, "\"random\":{");

    assert_non_null(number);
    number = strstr(number, "\"tokens\":\"");
    assert_non_null(number);
    return test_printf(test, "%.16s", number + strlen("\"tokens\":\""));
}

static struct server *start_with_limit(struct test *test, const char *limit)
{
    return server_start(test, test_file(test, "s.json", SECRETS),
                        ARGUMENTS("--state", test_path(test, LOG),
                                  "--state-limit", limit, "--control-token",
                                  "Op3n-Control", "-q"));
}

/* What was used up and issued before it is known behind it. */
static void test_snapshot(struct test *test)
{
    struct server *server = start_with_limit(test, "1000000");
    struct pair pair;
    struct pair next;
    const char *copy;

    call_with_secrets(test, server);
    server_kill(server);
    server = start_with_limit(test, "1");
    pair = life_exchange(test, server, BOT_FORM);
    /* It is taken behind an answer, and before the next one. */
    life_token_is(test, server, pair.access, NULL);
    server_kill(server);
    server = start_with_limit(test, "1000000");
    next = life_refresh(test, server, pair.refresh);
    life_token_is(test, server, next.access, NULL);
    call_with_secrets(test, server);
    server_kill(server);
    copy = redact(test);
    assert_contains(copy, "\"snapshot\":{\"lines\":2,");
    assert_contains(copy, "\"redeemed_codes\":[\"");
    assert_lacks_secrets(copy);
    assert_lacks(copy, number_of_tokens(test));
    assert_lacks(copy, pair.access);
    assert_lacks(copy, pair.refresh);
    assert_lacks(copy, next.access);
    assert_replays_alike(test);
}

/* Nobody goes on with one, and it can be redacted once more. */
static void test_what_it_is_for(struct test *test)
{
    const struct program_run *run;

    server_kill(log_scene_start(test, NULL, test_path(test, LOG)));
    (void)redact(test);
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      test_path(test, COPY)));
    assert_contains(run->err, "it is a redacted copy, which is for `slackmock "
                              "replay` alone");
    assert_number(run->status, 1);
    (void)run_out(test, ARGUMENTS("replay", test_path(test, COPY), "--redact"));
    run = program_run(test, ARGUMENTS("--redact"));
    assert_contains(run->err, "option --redact: wanted replay FILE beside it");
    assert_number(run->status, 2);
    run = program_run(test, ARGUMENTS("replay", test_path(test, COPY),
                                      "--redact", "--until", "1"));
    assert_contains(run->err, "option --redact: it takes the whole log");
    assert_number(run->status, 2);
}

int run_redact_tests(void)
{
    static const struct test_case cases[] = {
        {"redact: the recordings", test_recordings, NULL},
        {"redact: secrets in every place", test_everywhere, NULL},
        {"redact: what the mock issued", test_issued, NULL},
        {"redact: a log that begins with a snapshot", test_snapshot, NULL},
        {"redact: what it is for", test_what_it_is_for, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
