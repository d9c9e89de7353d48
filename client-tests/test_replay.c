/* `slackmock replay`: what a log tells, and the world as it was. */
#include <signal.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* A server's log, and what its two exchanges gave. */
struct told {
    const char *log;
    struct pair bot;
    struct pair user;
};

static struct told tell(struct test *test)
{
    struct told told = {.log = test_path(test, "state.log")};
    struct server *server = server_start(
        test, NULL, ARGUMENTS("--state", told.log, "--journal", "7"));

    told.bot = life_exchange(test, server, BOT_FORM);
    told.user = life_exchange(test, server, USER_FORM);
    server_kill(server);
    return told;
}

static void test_print(struct test *test)
{
    const struct told told = tell(test);
    const struct program_run *run =
        program_run(test, ARGUMENTS("replay", told.log));

    assert_number(run->status, 0);
    assert_text(run->err, "");
    assert_contains(run->out, "1 20");
    assert_contains(run->out, " POST " EXCHANGE " \"" BOT_FORM "\"\n    200 {");
    assert_contains(run->out, told.bot.access);
    assert_contains(run->out, told.user.refresh);
}

/* One exchange behind, the other still to come. */
static void test_until(struct test *test)
{
    const struct told told = tell(test);
    struct server *server = server_start_by_shell(
        test, "program=$1; shift; exec \"$program\" replay \"$@\"",
        ARGUMENTS(told.log, "--until", "1"));

    life_token_is(test, server, told.bot.access, NULL);
    life_token_is(test, server, told.user.access, "invalid_auth");
    (void)life_exchange(test, server, USER_FORM);
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

struct misuse {
    const char *const *words;
    int status;
    const char *why;
};

static const char *const no_file[] = {"replay", NULL};
static const char *const two_files[] = {"replay", "a", "b", NULL};
static const char *const redis[] = {"replay", "redis://h/0", NULL};
static const char *const absent[] = {"replay", "/nowhere.log", NULL};
static const char *const kept[] = {"--state", "a", "replay", "b", NULL};
static const char *const lonely[] = {"--until", "3", NULL};
static const char *const no_log[] = {"replay", "README.md", NULL};

static const struct misuse misuses[] = {
    {no_file, 2, "replay: found no file, wanted replay FILE"},
    {two_files, 2, "replay: found more than one file"},
    {redis, 2, "replay: found the URL of a Redis, wanted replay FILE"},
    {absent, 1, "cannot open /nowhere.log"},
    {kept, 2, "option --state: replay keeps nothing"},
    {lonely, 2, "option --until: wanted replay FILE beside it"},
    {no_log, 1, "README.md:1: this is no log of slackmock"},
};

static void test_misuse(struct test *test)
{
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++) {
        const struct program_run *run = program_run(test, misuses[i].words);

        assert_contains(run->err, misuses[i].why);
        assert_number(run->status, misuses[i].status);
    }
}

static void test_too_far(struct test *test)
{
    const struct told told = tell(test);
    const struct program_run *run =
        program_run(test, ARGUMENTS("replay", told.log, "--until", "3",
                                    "--listen", "127.0.0.1:0"));

    assert_contains(run->err, "the last entry is 2, and --until wants 3");
    assert_number(run->status, 1);
}

int run_replay_tests(void)
{
    static const struct test_case cases[] = {
        {"replay: each input and its reply", test_print, NULL},
        {"replay: the world as it was", test_until, NULL},
        {"replay: misuse", test_misuse, NULL},
        {"replay: further than the log", test_too_far, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
