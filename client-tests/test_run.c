/*
 * `slackmock run`: what a command gets from it, what becomes of the command,
 * and what is told at its end.
 */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define CURL "curl -sS https://slack.com/api/"

/* Runs a line of sh as the command, with these options of sh's before it. */
static const struct program_run *run_line(struct test *test, const char *before,
                                          const char *line)
{
    tls_skip_without(test);
    return program_run_by_shell(test,
                                test_printf(test, "%sexec \"$@\"", before),
                                ARGUMENTS("run", "--", "/bin/sh", "-c", line));
}

/* ---- the command's end ---- */

struct end_row {
    const char *name;
    const char *line;
    int status;
};

static const struct end_row end_rows[] = {
    {"exit status 0", "exit 0", 0},
    {"exit status 7", "exit 7", 7},
    {"a signal", "kill -TERM $$", 128 + SIGTERM},
    {"a signal that nobody catches", "kill -KILL $$", 128 + SIGKILL},
};

/* Its folder goes with it. */
static void test_end(struct test *test)
{
    const struct end_row *row = test_row(test);
    const char *line =
        test_printf(test, "dirname \"$SSL_CERT_FILE\"; %s", row->line);
    const struct program_run *run = run_line(test, "", line);
    const char *folder =
        test_printf(test, "%.*s", (int)strcspn(run->out, "\n"), run->out);

    assert_number(run->status, row->status);
    assert_contains(folder, "slackmock-run-");
    assert_number(access(folder, F_OK), -1);
}

static void test_folder_is_private(struct test *test)
{
    const struct program_run *run = run_line(
        test, "",
        "ls -ld \"$(dirname \"$SSL_CERT_FILE\")\"; ls -l \"$SSL_CERT_FILE\"");

    assert_contains(run->out, "drwx------");
    assert_contains(run->out, "-rw-------");
}

static void test_not_found(struct test *test)
{
    const struct program_run *run;

    tls_skip_without(test);
    run = program_run(test, ARGUMENTS("run", "--", "no-such-command"));
    assert_number(run->status, 127);
    assert_string_equal(
        run->err,
        "slackmock: cannot run \"no-such-command\": it is not found\n");
}

static void test_not_executable(struct test *test)
{
    const char *file = test_file(test, "file", "");
    const struct program_run *run;

    tls_skip_without(test);
    run = program_run(test, ARGUMENTS("run", "--", file));
    assert_number(run->status, 126);
    assert_contains(run->err, "Permission denied");
}

/* ---- what it gets ---- */

static void test_streams(struct test *test)
{
    const struct program_run *run =
        run_line(test, "echo a line | ", "cat; echo to stderr >&2");

    assert_string_equal(run->out, "a line\n");
    assert_contains(run->err, "to stderr\n");
    assert_lacks(run->out, "ready");
}

/* It gets what the server changed for itself as it was. */
static void test_inherits(struct test *test)
{
    const struct program_run *run =
        run_line(test, "ulimit -Sn 100; ",
                 "ulimit -Sn; (kill -PIPE $$) ; echo still here");

    assert_string_equal(run->out, "100\n");
    assert_number(run->status, 128 + SIGPIPE);
    run = run_line(test, "", "(kill -XFSZ $$) ; echo still here");
    assert_number(run->status, 128 + SIGXFSZ);
}

static void test_descriptors(struct test *test)
{
    const struct program_run *run =
        run_line(test, "exec 9<&0; ",
                 "for i in 3 4 5 6 7 8 9; do "
                 "if { true <&$i; } 2>/dev/null; then echo $i; fi; done");

    assert_string_equal(run->out, "9\n");
}

static void test_variables_are_kept(struct test *test)
{
    const struct program_run *run =
        run_line(test,
                 "export NODE_OPTIONS=--no-warnings NO_PROXY='*,corp' "
                 "JAVA_TOOL_OPTIONS=-Xmx9m; ",
                 "echo $NODE_OPTIONS; echo $JAVA_TOOL_OPTIONS; echo $NO_PROXY");

    assert_contains(run->out, "--no-warnings --require");
    assert_contains(run->out, "-Xmx9m -D");
    assert_contains(run->out, "corp,localhost,127.0.0.1,::1");
    assert_lacks(run->out, "*");
}

/* ---- other hosts ---- */

/* The name cannot exist (RFC 6761), so that trying is told from refusing. */
static void test_other_hosts(struct test *test)
{
    const char *before = test_row(test);
    const struct program_run *run =
        run_line(test, before, "curl -sS https://host.invalid/ 2>&1; true");

    if (*before)
        assert_contains(run->out, "403");
    else
        assert_lacks(run->out, "403");
}

/* ---- signals ---- */

/* A signal to the program alone is the command's to answer. */
static void test_signal_is_passed_on(struct test *test)
{
    const struct program_run *run =
        run_line(test, "",
                 "trap 'echo got it; exit 5' TERM; kill -TERM $PPID; "
                 "while :; do :; done");

    assert_string_equal(run->out, "got it\n");
    assert_number(run->status, 5);
}

/* ---- the report ---- */

static void test_report(struct test *test)
{
    const struct program_run *run =
        run_line(test, "",
                 CURL "oauth.v2.exchange -d client_id=" CLIENT_ID
                      " -d client_secret=" CLIENT_SECRET " -d token=" BOT_TOKEN
                      " >/dev/null; " CURL "no.such.method >/dev/null; "
                      "curl -s \"$SLACKMOCK_URL/_mock/health\" >/dev/null");

    assert_string_equal(
        run->err,
        "slackmock: was asked 2 times, ! marks what looks like a mistake:\n"
        "    oauth.v2.exchange: ok\n"
        "  ! no.such.method: unknown_method\n");
}

static void test_report_masks(struct test *test)
{
    const struct program_run *run =
        run_line(test, "", CURL "'xoxb-12345-67890-abcdefg\"' >/dev/null");

    assert_lacks(run->err, "67890");
    assert_contains(run->err, "xoxb-");
}

static void test_quiet(struct test *test)
{
    const struct program_run *run;

    tls_skip_without(test);
    run = program_run(
        test, ARGUMENTS("run", "-q", "--", "/bin/sh", "-c", CURL "auth.test"));
    assert_string_equal(run->out, "{\"ok\":false,\"error\":\"not_authed\"}");
    assert_string_equal(run->err, "");
}

/* ---- misuse ---- */

struct misuse_row {
    const char *name;
    const char *arguments[5];
    const char *said;
};

static const struct misuse_row misuse_rows[] = {
    {"no command", {"run"}, "run: found no command"},
    {"nothing behind --", {"run", "--"}, "run: found no command"},
    {"two scenarios", {"run", "a", "b", "--", "true"}, "found \"b\" after"},
    {"--until-eof", {"--until-eof", "run", "--", "true"}, "--until-eof"},
    {"another address", {"-l", "0.0.0.0:0", "run", "--", "true"}, "--listen"},
};

static void test_misuse(struct test *test)
{
    const struct misuse_row *row = test_row(test);
    const char *arguments[6] = {NULL};
    const struct program_run *run;

    memcpy(arguments, row->arguments, sizeof row->arguments);
    run = program_run(test, arguments);
    assert_number(run->status, 2);
    assert_contains(run->err, row->said);
}

static const struct test_case cases[] = {
    {"a command ends", test_end, &end_rows[0]},
    {"a command ends", test_end, &end_rows[1]},
    {"a command ends", test_end, &end_rows[2]},
    {"a command ends", test_end, &end_rows[3]},
    {"the folder is private", test_folder_is_private, NULL},
    {"a command that is not found", test_not_found, NULL},
    {"a command that cannot be executed", test_not_executable, NULL},
    {"streams are the command's", test_streams, NULL},
    {"limits and signals are the user's", test_inherits, NULL},
    {"descriptors are the user's alone", test_descriptors, NULL},
    {"the user's variables are kept", test_variables_are_kept, NULL},
    {"other hosts are let through", test_other_hosts, ""},
    {"other hosts are sealed off", test_other_hosts,
     "export SLACKMOCK_PASS_THROUGH=0; "},
    {"a signal is passed on", test_signal_is_passed_on, NULL},
    {"the report", test_report, NULL},
    {"the report is masked", test_report_masks, NULL},
    {"-q", test_quiet, NULL},
    {"misuse", test_misuse, &misuse_rows[0]},
    {"misuse", test_misuse, &misuse_rows[1]},
    {"misuse", test_misuse, &misuse_rows[2]},
    {"misuse", test_misuse, &misuse_rows[3]},
    {"misuse", test_misuse, &misuse_rows[4]},
};

int run_run_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
