/*
 * The same log gives the same bytes: in another process, whose hash tables have
 * another order, in another time zone, and in a locale with a decimal comma.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "files.h"
#include "http_client.h"
#include "log_scene.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "two_texts.h"

/* The beginning of a line of sh, in whose place all is different. */
static const char *elsewhere(struct test *test)
{
    const char *folder = test_path(test, "locale");
    const char *ci = getenv("CI");
    const struct program_run *run = shell_run(
        test, test_printf(test,
                          "mkdir '%s' && localedef -i de_DE -f UTF-8 "
                          "'%s/de_DE.UTF-8' && LOCPATH='%s' LC_ALL=de_DE.UTF-8 "
                          "locale decimal_point",
                          folder, folder, folder));

    if (strcmp(run->out, ",\n") != 0) {
        if (ci && strcmp(ci, "true") == 0)
            fail_msg("localedef makes no de_DE.UTF-8: %s", run->err);
        print_message("localedef makes no de_DE.UTF-8\n");
        test_skip(test);
    }
    return test_printf(test,
                       "export LOCPATH='%s' LC_ALL=de_DE.UTF-8 "
                       "TZ=Pacific/Kiritimati; ",
                       folder);
}

static const char *const targets[] = {
    "/_mock/requests?secrets=1", "/_mock/state", "/_mock/deliveries",
    "/_mock/sandboxes", "/sandbox/box/_mock/requests?secrets=1"};

#define TARGETS (sizeof targets / sizeof targets[0])

/* The clock stands, so that it is the same whenever it is asked. */
static const char *look(struct test *test, const struct server *server)
{
    const char *seen = "";

    for (size_t i = 0; i < TARGETS; i++)
        seen =
            test_printf(test, "%s%s\n%s\n", seen, targets[i],
                        http_send(test, server,
                                  &(struct http_request){.target = targets[i]})
                            ->body);
    return seen;
}

static const char *replay(struct test *test, const char *line, const char *log)
{
    const struct program_run *run =
        program_run_by_shell(test, test_printf(test, "%sexec \"$@\"", line),
                             ARGUMENTS("replay", log));

    assert_text(run->err, "");
    assert_number(run->status, 0);
    return run->out;
}

static void freeze(struct test *test, const struct server *server)
{
    static const struct http_request requests[] = {
        {.verb = "PUT",
         .target = "/_mock/sandboxes/box",
         .body = "{\"description\":\"b\",\"extends\":\"default.json\"}"},
        {.verb = "PUT", .target = "/_mock/sandboxes/a"},
        {.verb = "PUT", .target = "/_mock/sandboxes/z"},
        {.verb = "PUT", .target = "/_mock/sandboxes/9"},
        {.target = "/sandbox/box/api/api.test?a=1.5"},
        {.verb = "POST", .target = "/_mock/clock", .body = "{\"frozen\":true}"},
        {.verb = "POST",
         .target = "/sandbox/box/_mock/clock",
         .body = "{\"frozen\":true}"},
    };

    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        assert_number(http_send(test, server, &requests[i])->status, 200);
}

static void test_same_bytes(struct test *test)
{
    const char *log = test_path(test, "state.log");
    const char *line = elsewhere(test);
    struct server *server = log_scene_start(test, NULL, log);
    const char *before;

    log_scene_play(test, server);
    freeze(test, server);
    before = look(test, server);
    server_kill(server);
    assert_same_text(replay(test, line, log), replay(test, "", log));
    server =
        server_start_by_shell(test, test_printf(test, "%sexec \"$@\"", line),
                              ARGUMENTS("--state", log, "-q"));
    assert_same_text(look(test, server), before);
}

/* ---- a log of before ---- */

#define RECORDED "client-tests/recording/state.log"
#define REPLIES  "client-tests/recording/state.replies"

/* Else old logs would be gone on with under another meaning. */
static void test_recorded_log(struct test *test)
{
    const char *told = replay(test, "", RECORDED);
    const char *wanted;

    if (getenv("SLACKMOCK_RECORD")) {
        assert_number(file_write(REPLIES, told), 0);
        return;
    }
    wanted = shell_run(test, "cat " REPLIES)->out;
    if (strcmp(told, wanted) != 0) {
        print_message("a log of before has other replies now: raise LOG_FORMAT "
                      "(mock/core/entrance/log_head.h), and record " RECORDED
                      " anew\n");
        assert_same_text(told, wanted);
    }
}

int run_determinism_tests(void)
{
    static const struct test_case cases[] = {
        {"determinism: the same log, the same bytes", test_same_bytes, NULL},
        {"determinism: a log of before", test_recorded_log, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
