/*
 * Runs that end by themselves: help, lists, and command lines of which the
 * program can make nothing.
 */
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "situations.h"
#include "test_case.h"
#include "test_groups.h"

static void test_help(struct test *test)
{
    static const char *const options[] = {"--listen",
                                          "--port-file",
                                          "--check",
                                          "--list-errors",
                                          "--allow-events-to",
                                          "--log-format",
                                          "--request-timeout",
                                          "--idle-timeout",
                                          "--max-body",
                                          "--max-connections",
                                          "--help",
                                          "--version",
                                          "-q",
                                          "-v",
                                          "-l"};
    const struct program_run *run = program_run(test, ARGUMENTS("--help"));

    assert_number(run->status, 0);
    assert_text(run->err, "");
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        assert_contains(run->out, options[i]);
}

static void test_version(struct test *test)
{
    const struct program_run *run = program_run(test, ARGUMENTS("--version"));

    assert_number(run->status, 0);
    assert_text(run->err, "");
    assert_true(strncmp(run->out, "slackmock ", 10) == 0);
    assert_contains(run->out, "libevent");
    assert_contains(run->out, "cJSON");
}

/* The line of a text that begins with a word and a blank. */
static const char *line_of(struct test *test, const char *text,
                           const char *word)
{
    size_t length = strlen(word);

    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        if (strncmp(text, word, length) == 0 && text[length] == ' ')
            return test_printf(test, "%.*s", (int)strcspn(text, "\n"), text);
    fail_msg("no line begins with %s", word);
    return "";
}

static int count_lines(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void test_list_errors(struct test *test)
{
    const struct program_run *run =
        program_run(test, ARGUMENTS("--list-errors"));

    assert_number(run->status, 0);
    assert_text(run->err, "");
    for (size_t i = 0; i < situation_count; i++) {
        const struct situation *situation = &situations[i];
        const char *name =
            situation->error ? situation->error : situation->warning;

        if (name)
            assert_contains(line_of(test, run->out, name), situation->scenario);
    }
    assert_true(count_lines(run->out) >= 22);
}

static void test_lists_of_methods(struct test *test)
{
    const struct program_run *methods =
        program_run(test, ARGUMENTS("--list-methods"));
    const struct program_run *errors =
        program_run(test, ARGUMENTS("--list-errors", "chat.postMessage"));

    assert_number(methods->status, 0);
    assert_number(count_lines(methods->out), 322);
    assert_contains(line_of(test, methods->out, "users.info"),
                    "data   GET   tier 4   bot=users:read user=users:read");
    assert_contains(line_of(test, methods->out, "oauth.v2.exchange"), "state");
    assert_number(errors->status, 0);
    assert_contains(errors->out, "\nis_archived ");
    assert_contains(errors->out, "\nnot_authed ");
    assert_lacks(errors->out, "expired_trigger_id");
}

/* What the scenario answers in another way than Slack's documentation. */
static void test_list_of_a_scenario(struct test *test)
{
    const char *file = test_file(
        test, "x.json",
        WORLD(
            "\"stubs\":{\"chat.postMessage\":{},\"own.ping\":{}},\"methods\":{"
            "\"own.pong\":{\"tier\":1,\"scopes\":{\"bot\":[\"a\",\"b\"],"
            "\"user\":[]}},\"users.info\":{\"token\":false}}"));
    const struct program_run *run =
        program_run(test, ARGUMENTS("--list-methods", file));

    assert_number(run->status, 0);
    assert_number(count_lines(run->out), 324);
    assert_contains(line_of(test, run->out, "chat.postMessage"),
                    "stub   POST  special  any");
    assert_contains(line_of(test, run->out, "own.ping"),
                    "stub   any   none     any");
    assert_contains(line_of(test, run->out, "own.pong"),
                    "data   any   tier 1   bot=a,b user");
    assert_contains(line_of(test, run->out, "users.info"),
                    "data   GET   tier 4   none");
    assert_contains(line_of(test, run->out, "users.list"), "bot=users:read");
}

static void test_list_of_no_scenario(struct test *test)
{
    const struct program_run *run =
        program_run(test, ARGUMENTS("--list-methods",
                                    test_file(test, "x.json", "{\"seed\":1}")));

    assert_number(run->status, 1);
    assert_text(run->out, "");
    assert_contains(run->err, "x.json: $: missing \"description\"\n");
}

/* Two arguments of which the program can make nothing. */
struct misuse {
    const char *option;
    const char *value; /* "" for none */
    const char *named; /* what the message must name */
};

static void test_misuse(struct test *test)
{
    const struct misuse *row = test_row(test);
    const char *port_file = test_path(test, "port");
    const struct program_run *run =
        program_run(test, ARGUMENTS("--port-file", port_file, row->option,
                                    *row->value ? row->value : NULL));

    assert_number(run->status, 2);
    assert_text(run->out, "");
    assert_contains(run->err, "slackmock");
    assert_contains(run->err, row->named);
    assert_contains(run->err, "\nTry --help for the options.\n");
    assert_true(count_lines(run->err) == 2);
    assert_true(access(port_file, F_OK) != 0);
}

static void test_absent_value(struct test *test)
{
    const struct program_run *run = program_run(test, ARGUMENTS("--port-file"));

    assert_number(run->status, 2);
    assert_text(run->out, "");
    assert_contains(run->err, "port-file");
    assert_contains(run->err, "Try --help");
}

#define MISUSE(option, value, named)                                           \
    {                                                                          \
        "command line: misuse: " option " " value, test_misuse,                \
            &(const struct misuse)                                             \
        {                                                                      \
            option, value, named                                               \
        }                                                                      \
    }

static const struct test_case cases[] = {
    {"command line: --help names every option", test_help, NULL},
    {"command line: --version names itself and its libraries", test_version,
     NULL},
    {"command line: --list-errors names each error, warning and scenario",
     test_list_errors, NULL},
    {"command line: methods and their errors are listed", test_lists_of_methods,
     NULL},
    {"command line: a scenario's methods are listed", test_list_of_a_scenario,
     NULL},
    {"command line: a broken scenario lists nothing", test_list_of_no_scenario,
     NULL},
    {"command line: misuse: an option without its value", test_absent_value,
     NULL},
    MISUSE("--nope", "", "nope"),
    MISUSE("-z", "", "z"),
    MISUSE("--port", "8081", "did you mean --port-file?"),
    MISUSE("--port=8081", "", "did you mean --port-file?"),
    MISUSE("--quie", "", "did you mean --quiet?"),
    MISUSE("--list", "", "--list"),
    MISUSE("--list-errors", "chat.postMesage", "chat.postMessage"),
    MISUSE("one.json", "two.json", "two.json"),
    MISUSE("--listen", "8080", "8080"),
    MISUSE("--listen", "127.0.0.1", "127.0.0.1"),
    MISUSE("--listen", "127.0.0.1:", "127.0.0.1:"),
    MISUSE("--listen", "127.0.0.1:65536", "65536"),
    MISUSE("--listen", "127.0.0.1:-1", "-1"),
    MISUSE("--listen", "127.0.0.1:80x", "80x"),
    MISUSE("--listen", "[::1:0", "[::1:0"),
    MISUSE("--listen", "[]:0", "\"[]:0\""),
    MISUSE("--listen", "x]:0", "\"x]:0\""),
    MISUSE("--log-format", "xml", "xml"),
    {"command line: misuse: a value with a line end", test_misuse,
     &(const struct misuse){"--log-format", "a\nb\x7f",
                            "found \"a\\x0ab\\x7f\""}},
    {"command line: misuse: an option with a line end", test_misuse,
     &(const struct misuse){"--no\npe", "", "--no\\x0ape"}},
    {"command line: misuse: a line end as an option", test_misuse,
     &(const struct misuse){"-\n", "", "-\\x0a"}},
    MISUSE("--request-timeout", "soon", "soon"),
    MISUSE("--request-timeout", "0", "request-timeout"),
    MISUSE("--request-timeout", "-1", "-1"),
    MISUSE("--request-timeout", "nan", "nan"),
    MISUSE("--request-timeout", "inf", "inf"),
    MISUSE("--request-timeout", "1s", "1s"),
    MISUSE("--idle-timeout", "1e99", "1e99"),
    MISUSE("--max-body", "-1", "-1"),
    MISUSE("--max-body", "1.5", "1.5"),
    MISUSE("--max-body", "99999999999999999999", "99999999999999999999"),
    MISUSE("--max-connections", "0", "max-connections"),
    MISUSE("--max-connections", "many", "many"),
    MISUSE("--allow-events-to", "", "allow-events-to"),
    MISUSE("--allow-events-to", "a.example:80", "a.example:80"),
    MISUSE("--allow-events-to", "http://a.example", "http://a.example"),
    MISUSE("--fresh", "", "--fresh: wanted --state beside it"),
    MISUSE("--state-sync", "", "--state-sync: wanted --state beside it"),
    MISUSE("--help=please", "", "help"),
};

int run_command_line_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
