/* Which servers may join a log in Redis, and how the first one begins it. */
#include <signal.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "life.h"
#include "program_run.h"
#include "redis_server.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* 2 was the last one with an element for each entry. */
static void test_other_format(struct test *test)
{
    const char *format = test_row(test);
    struct redis_server *redis = redis_server_start(test);
    const struct program_run *run;

    (void)redis_server_ask(redis,
                           test_printf(test,
                                       "xadd mock 0-1 h '{\"slackmock_log\":%s,"
                                       "\"scenario\":{}}'",
                                       format));
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      redis_server_url(redis)));
    assert_contains(run->err, test_printf(test, "its format is %s, ", format));
    assert_contains(run->err, "--fresh begins a new log");
    assert_number(run->status, 1);
}

static void test_other_options(struct test *test)
{
    const char *url = redis_server_url(redis_server_start(test));
    const struct program_run *run;

    (void)server_start(test, NULL, ARGUMENTS("--state", url));
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state", url,
                                      "--journal", "5"));
    assert_contains(run->err, "it began with --journal 1000");
    assert_number(run->status, 1);
}

/* What SIGHUP has loaded since it began is as good. */
static void test_the_scenario_of_now(struct test *test)
{
    const char *url = redis_server_url(redis_server_start(test));
    const char *const *options = ARGUMENTS("--state", url);
    const char *file = test_file(test, "s.json", WORLD("\"seed\":1"));
    struct server *first = server_start(test, file, options);
    const struct program_run *run;

    (void)test_file(test, "s.json", WORLD("\"seed\":2"));
    run = program_run(
        test, ARGUMENTS("--listen", "127.0.0.1:0", "--state", url, file));
    assert_contains(run->err, "which differs in $.seed; without a SCENARIO");
    assert_number(run->status, 1);
    server_signal(first, SIGHUP);
    (void)server_await_stderr(first, "s.json again");
    (void)server_start(test, file, options);
}

/* Four servers begin at once on a key that is not there. */
static void test_at_once(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    const struct program_run *run = program_run_by_shell(
        test,
        test_printf(test,
                    "cd '%s'; for i in 1 2 3 4; do \"$@\" --port-file at$i "
                    "2>>at.err & pids=\"$pids $!\"; done; "
                    "for i in 1 2 3 4; do until [ -s at$i ]; do :; done; done; "
                    "kill $pids; for p in $pids; do wait $p || exit 9; done",
                    test_path(test, "")),
        ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                  redis_server_url(redis)));

    assert_number(run->status, 0);
    assert_text(redis_server_ask(redis, "xlen mock"), "1\n");
}

static void test_no_redis(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    const struct program_run *run;

    redis_server_signal(redis, SIGKILL);
    run = program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state",
                                      redis_server_url(redis)));
    assert_contains(run->err, "Connection refused");
    assert_number(run->status, 1);
}

static void test_password(struct test *test)
{
    struct redis_server *redis = redis_server_start(test);
    const char *url = redis_server_url(redis);
    const struct program_run *run;
    struct server *server;

    (void)redis_server_ask(redis, "config set requirepass sesame");
    run =
        program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--state", url));
    assert_contains(run->err, "NOAUTH");
    assert_number(run->status, 1);
    server = server_start(
        test, NULL,
        ARGUMENTS("--state", test_printf(test, "redis://:sesame@%s",
                                         url + strlen("redis://"))));
    (void)life_exchange(test, server, BOT_FORM);
}

int run_state_redis_join_tests(void)
{
    static const struct test_case cases[] = {
        {"redis refused: a later format", test_other_format, "999"},
        {"redis refused: an earlier format", test_other_format, "2"},
        {"redis refused: other options", test_other_options, NULL},
        {"redis: another joins with the scenario of now",
         test_the_scenario_of_now, NULL},
        {"redis: several begin at once", test_at_once, NULL},
        {"redis refused: nobody listens", test_no_redis, NULL},
        {"redis: with a password", test_password, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
