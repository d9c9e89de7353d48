/*
 * Options from the environment, as images and services are set up: each long
 * option as SLACKMOCK_ITS_NAME, the scenario as SLACKMOCK_SCENARIO.
 */
#include <ctype.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define RULE_WORLD WORLD("\"rules\":[{\"reply\":{\"error\":\"fatal_error\"}}]")

/* Starts a server with variables, written as for a shell, and options. */
static struct server *start(struct test *test, const char *variables,
                            const char *const *options)
{
    return server_start_by_shell(
        test, test_printf(test, "%s exec \"$@\"", variables), options);
}

/* A run that ends by itself. */
static const struct program_run *run(struct test *test, const char *variables,
                                     const char *const *arguments)
{
    return program_run_by_shell(
        test, test_printf(test, "%s exec \"$@\"", variables), arguments);
}

static int status_of(struct test *test, const struct server *server,
                     const char *header)
{
    const struct http_request request = {.target = "/_mock/state",
                                         .headers = {header}};

    return http_send(test, server, &request)->status;
}

static void test_values(struct test *test)
{
    struct server *server = start(
        test, "SLACKMOCK_CONTROL_TOKEN=letmein SLACKMOCK_MAX_BODY=100", NULL);

    assert_number(status_of(test, server, NULL), 401);
    assert_number(status_of(test, server, "Authorization: Bearer letmein"),
                  200);
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "too_large");
}

static void test_command_line_wins(struct test *test)
{
    struct server *server =
        start(test, "SLACKMOCK_CONTROL_TOKEN=letmein SLACKMOCK_MAX_BODY=none",
              ARGUMENTS("--control-token", "other", "--max-body", "1000"));

    assert_number(status_of(test, server, "Authorization: Bearer other"), 200);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

static void test_scenario(struct test *test)
{
    const char *variable =
        test_printf(test, "SLACKMOCK_SCENARIO='%s'",
                    test_file(test, "rule.json", RULE_WORLD));
    struct server *server = start(test, variable, NULL);

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    server = start(test, variable, ARGUMENTS("default.json"));
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_text(
        run(test, "SLACKMOCK_SCENARIO=default.json", ARGUMENTS("--check"))->out,
        "default.json: ok\n");
}

static void test_flags(struct test *test)
{
    struct server *server =
        start(test, "SLACKMOCK_QUIET=1 SLACKMOCK_VERBOSE=0", NULL);

    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    server_signal(server, SIGTERM);
    server_end(server);
    assert_text(server_stderr(server), "");
}

/* An image or a cluster sets variables of its own. */
static void test_unknown(struct test *test)
{
    struct server *server = start(
        test,
        "SLACKMOCK_PORT=tcp://10.0.0.1:80 SLACKMOCK_SERVICE_HOST=10.0.0.1 "
        "SLACKMOCK_HELP=1 SLACKMOCK_CHECK=1 SLACKMOCK_LIST_ERRORS=1 "
        "SLACKMOCK_HEALTH=1 SLACKMOCK_VERSION=1.2",
        NULL);

    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* What is asked for help tells no tales of the environment. */
static void test_help(struct test *test)
{
    const struct program_run *help =
        run(test, "SLACKMOCK_MAX_BODY=none", ARGUMENTS("--help"));

    assert_number(help->status, 0);
    assert_contains(help->out, "SLACKMOCK_SOME_NAME");
    assert_contains(help->out, "SLACKMOCK_SCENARIO");
}

/* Both are listened on, and the first one's port is told. */
static void test_listen(struct test *test)
{
    const char *port_file = test_path(test, "port");
    struct server *server = server_start_by_shell(
        test,
        /* The fixture's own --listen would win. */
        test_printf(test,
                    "program=$1; shift 3; SLACKMOCK_PORT_FILE='%s' "
                    "SLACKMOCK_LISTEN=' 127.0.0.1:0  127.0.0.2:0 ' "
                    "exec \"$program\" \"$@\"",
                    port_file),
        NULL);
    const struct http_request request = {
        .target = EXCHANGE, .headers = {FORM}, .body = BOT_FORM};

    assert_json(http_send_to(test,
                             test_printf(test, "http://127.0.0.2:%d",
                                         server_port(server)),
                             &request)
                    ->json,
                "ok", "true");
}

struct bad {
    const char *variable;
    const char *value;
    const char *message; /* after the variable's name */
};

static void test_bad(struct test *test)
{
    const struct bad *row = test_row(test);
    const struct program_run *bad =
        run(test, test_printf(test, "%s='%s'", row->variable, row->value),
            ARGUMENTS("--check", "default.json"));

    assert_number(bad->status, 2);
    assert_text(bad->out, "");
    assert_text(bad->err,
                test_printf(test,
                            "slackmock: %s: %s\nTry --help for the options.\n",
                            row->variable, row->message));
}

/* A scenario on the command line would win. */
static void test_bad_scenario(struct test *test)
{
    const struct program_run *bad =
        run(test, "SLACKMOCK_SCENARIO=", ARGUMENTS("--check"));

    assert_number(bad->status, 2);
    assert_text(bad->err,
                "slackmock: SLACKMOCK_SCENARIO: found \"\", wanted the name of "
                "a scenario\nTry --help for the options.\n");
}

/* True for `--check`, `--help` and the like, which no variable asks for. */
static bool is_action(const char *name)
{
    static const char *const actions[] = {"check", "health", "help", "version"};

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(name, actions[i]) == 0)
            return true;
    return strncmp(name, "list-", strlen("list-")) == 0;
}

static const char *variable_of(struct test *test, const char *name)
{
    char *variable = test_printf(test, "SLACKMOCK_%s", name);

    for (char *letter = variable; *letter; letter++)
        if (*letter == '-')
            *letter = '_';
        else
            *letter = (char)toupper((unsigned char)*letter);
    return variable;
}

static void check_option(struct test *test, const char *name)
{
    const char *variable = variable_of(test, name);
    const struct program_run *bad =
        run(test, test_printf(test, "%s=", variable),
            ARGUMENTS("--check", "default.json"));

    if (is_action(name)) {
        assert_number(bad->status, 0);
        return;
    }
    assert_number(bad->status, 2);
    assert_contains(bad->err, test_printf(test, "slackmock: %s: ", variable));
}

/* No option takes nothing for a value, so that each is seen to be read. */
static void test_every_option(struct test *test)
{
    const char *help = program_run(test, ARGUMENTS("--help"))->out;
    int count = 0;

    while ((help = strstr(help, "--")) != NULL) {
        size_t length = strspn(help + 2, "abcdefghijklmnopqrstuvwxyz-");
        const char *name = test_printf(test, "%.*s", (int)length, help + 2);

        /* A row has it after blanks or a letter, `-l, --listen`. */
        if (strncmp(help - 2, "  ", 2) == 0 ||
            strncmp(help - 2, ", ", 2) == 0) {
            check_option(test, name);
            count++;
        }
        help += 2 + length;
    }
    assert_true(count >= 21);
}

#define BAD(variable, value, message)                                          \
    {                                                                          \
        "environment: " variable "=" value, test_bad, &(const struct bad)      \
        {                                                                      \
            variable, value, message                                           \
        }                                                                      \
    }
#define FOUND(text) "found \"" text "\", wanted "

static const struct test_case cases[] = {
    {"environment: values", test_values, NULL},
    {"environment: the command line wins", test_command_line_wins, NULL},
    {"environment: the scenario", test_scenario, NULL},
    {"environment: flags", test_flags, NULL},
    {"environment: unknown variables are ignored", test_unknown, NULL},
    {"environment: --help comes before a bad value", test_help, NULL},
    {"environment: several addresses", test_listen, NULL},
    {"environment: every option that --help lists", test_every_option, NULL},
    {"environment: SLACKMOCK_SCENARIO=", test_bad_scenario, NULL},
    BAD("SLACKMOCK_MAX_BODY", "1.5",
        FOUND("1.5") "a whole number from 1 to 1073741824"),
    BAD("SLACKMOCK_JOURNAL", "", FOUND("") "a whole number from 1 to 10000000"),
    BAD("SLACKMOCK_IDLE_TIMEOUT", "soon",
        FOUND("soon") "seconds from 0.001 to 86400"),
    BAD("SLACKMOCK_LOG_FORMAT", "xml", FOUND("xml") "text or json"),
    BAD("SLACKMOCK_CONTROL_TOKEN", "a b",
        "wanted visible ASCII characters, at least one"),
    BAD("SLACKMOCK_PORT_FILE", "", FOUND("") "a path"),
    BAD("SLACKMOCK_QUIET", "yes", FOUND("yes") "1 or 0"),
    BAD("SLACKMOCK_LISTEN", "127.0.0.1:0 8080",
        FOUND("8080") "HOST:PORT with a port from 0 to 65535, an IPv6 address "
                      "in brackets"),
    BAD("SLACKMOCK_LISTEN", "",
        FOUND("") "HOST:PORT with a port from 0 to 65535, an IPv6 address in "
                  "brackets"),
};

int run_environment_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
