/*
 * `slackmock run` on a terminal: what its keys do to the command. The shell has
 * job control, as that of a user has, so the program and its command are a job.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "files.h"
#include "terminal.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

/* Goes on once the test types a line. */
#define FOREGROUND "read go; fg >/dev/null; echo \"ended $?\""

/* A line of sh that has others run as the command. */
static const char *running(struct test *test, const char *how,
                           const char *lines)
{
    return test_printf(test, "\"$1\" run -q -- %s '%s'", how,
                       test_file(test, "command", lines));
}

static long read_number(const char *shown, const char *name)
{
    const char *place = strstr(shown, name);

    return place ? strtol(place + strlen(name), NULL, 10) : 0;
}

static void test_interrupt(struct test *test)
{
    const char *command = running(test, "sh",
                                  "trap 'echo interrupted; exit 3' INT\n"
                                  "echo ready\n"
                                  "while read line; do :; done\n");
    struct terminal *terminal;

    tls_skip_without(test);
    terminal =
        terminal_start(test, test_printf(test, "%s; echo status $?", command));
    (void)terminal_await(terminal, "ready");
    terminal_type(terminal, KEY_INTERRUPT);
    (void)terminal_await(terminal, "interrupted");
    assert_contains(terminal_await_end(terminal), "status 3");
}

/*
 * A command that has left the terminal gets nothing from its keys: a signal
 * that comes would come from the program. Another one of the job tells when ^C
 * was sent; then a signal to the program shows that the first would have come.
 */
static void test_interrupt_comes_once(struct test *test)
{
    const char *command = running(test, "setsid sh",
                                  "trap 'echo interrupted >&2' INT\n"
                                  "trap 'exit 5' TERM\n"
                                  "echo program $PPID, ready >&2\n"
                                  "while :; do :; done\n");
    struct terminal *terminal;
    const char *shown;
    long program;

    tls_skip_without(test);
    terminal = terminal_start(
        test, test_printf(test,
                          "{ trap : INT; %s; echo status $? >&2; } | "
                          "sh -c 'trap \"echo seen\" INT; cat'",
                          command));
    program = read_number(terminal_await(terminal, "ready"), "program ");
    assert_true(program > 1);
    terminal_type(terminal, KEY_INTERRUPT);
    (void)terminal_await(terminal, "seen");
    assert_number(kill((pid_t)program, SIGTERM), 0);
    shown = terminal_await_end(terminal);
    assert_contains(shown, "status 5");
    assert_lacks(shown, "interrupted");
}

static void await_state(struct test *test, long process, char state)
{
    const char *path = test_printf(test, "/proc/%ld/stat", process);
    deadline end = deadline_from_now();
    char found = '?';

    while (found != state) {
        char *stat = file_read(path);
        const char *bracket = stat ? strrchr(stat, ')') : NULL;

        found = '?';
        if (bracket)
            found = bracket[2];
        free(stat);
        if (found != state && !deadline_look_again(end))
            fail_msg("%s says %c, wanted %c", path, found, state);
    }
}

/* It goes on where it stood, and so does the server. */
static void test_suspend(struct test *test)
{
    const char *stop = test_row(test);
    const char *lines =
        test_printf(test,
                    "echo command $$, program $PPID, ready\n%s\n"
                    "read line\necho got $line\n"
                    "curl -sS \"$SLACKMOCK_URL/_mock/health\"\nexit 4\n",
                    stop ? stop : "");
    struct terminal *terminal;
    const char *shown;

    tls_skip_without(test);
    terminal = terminal_start(
        test, test_printf(test, "%s; echo status $?; " FOREGROUND,
                          running(test, "sh", lines)));
    (void)terminal_await(terminal, "ready");
    if (!stop)
        terminal_type(terminal, KEY_SUSPEND);
    shown = terminal_await(terminal, "status 1");
    await_state(test, read_number(shown, "command "), 'T');
    await_state(test, read_number(shown, "program "), 'T');
    terminal_type(terminal, "go\nline\n");
    shown = terminal_await_end(terminal);
    assert_contains(shown, "got line");
    assert_contains(shown, "\"ok\":true");
    assert_contains(shown, "ended 4");
}

/* As a supervisor does it, who knows the program alone. */
static void test_continue(struct test *test)
{
    const char *command =
        running(test, "sh",
                "echo command $$, program $PPID, ready\nkill -STOP $$\n"
                "echo continued\n");
    struct terminal *terminal;
    const char *shown;
    long program;

    tls_skip_without(test);
    terminal = terminal_start(
        test, test_printf(test, "%s; echo status $?; read go", command));
    shown = terminal_await(terminal, "status 1");
    program = read_number(shown, "program ");
    await_state(test, program, 'T');
    assert_number(kill((pid_t)program, SIGCONT), 0);
    (void)terminal_await(terminal, "continued");
}

static const struct test_case cases[] = {
    {"^C reaches the command", test_interrupt, NULL},
    {"^C is not passed on besides", test_interrupt_comes_once, NULL},
    {"^Z and fg", test_suspend, NULL},
    {"a command that stops by itself, and fg", test_suspend, "kill -STOP $$"},
    {"a signal to go on is passed on", test_continue, NULL},
};

int run_run_terminal_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
