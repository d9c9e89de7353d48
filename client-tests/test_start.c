/*
 * How the program begins and ends: which scenario it takes, where it says its
 * port, and what is left when a start fails.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- the world without an operand ---- */

static int go_back(void *thing)
{
    int *folder = thing;
    int result = fchdir(*folder);

    (void)close(*folder);
    free(folder);
    return result;
}

/* Until its end the test is in its own folder. */
static void enter_folder(struct test *test)
{
    int *before = malloc(sizeof *before);

    if (!before)
        abort();
    (void)server_program();
    *before = open(".", O_RDONLY | O_CLOEXEC);
    test_keep(test, before, go_back);
    assert_number(chdir(test_path(test, "")), 0);
}

/* A file of the default world's name is no reason to serve it. */
static void test_default_is_compiled_in(struct test *test)
{
    const struct program_run *run;

    (void)test_file(test, "default.json", "{");
    enter_folder(test);
    run = program_run(test, ARGUMENTS("--check"));
    assert_text(run->err, "");
    assert_text(run->out, "default.json: ok\n");
    assert_number(run->status, 0);
    run = program_run(test, ARGUMENTS("--check", "default.json"));
    assert_contains(run->err, "default.json:1:2: syntax error");
    assert_number(run->status, 1);
}

static void test_default_at_reload(struct test *test)
{
    struct server *server;

    (void)test_file(test, "default.json", "{");
    enter_folder(test);
    server = server_start(test, NULL, NULL);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "loaded default.json again");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* ---- scenarios that are no regular files ---- */

static void test_pipe_at_reload(struct test *test)
{
    const char *path = test_path(test, "scenario.json");
    struct server *server = server_start_with(test, WORLD("\"seed\":1"));

    assert_number(unlink(path), 0);
    assert_number(mkfifo(path, 0600), 0);
    server_signal(server, SIGHUP);
    (void)server_await_stderr(
        server, "found a pipe or a device, wanted a file: it is read again");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* As a shell's <(...) gives it. */
static void test_pipe_at_start(struct test *test)
{
    static const char scenario[] = WORLD("\"seed\":1");
    struct server *server;
    int ends[2];

    assert_number(pipe(ends), 0);
    assert_number(write(ends[1], scenario, strlen(scenario)), strlen(scenario));
    assert_number(close(ends[1]), 0);
    server = server_start(test, test_printf(test, "/dev/fd/%d", ends[0]), NULL);
    assert_number(close(ends[0]), 0);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "the running world stays");
}

/* ---- the port file ---- */

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Who waits for the file must not read of an earlier run. */
static void test_stale_port_file(struct test *test)
{
    const char *port_file = test_file(test, "port", "1\n");
    const char *scenario = test_file(test, "x.json", "{}");
    const struct program_run *run =
        program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--port-file",
                                    port_file, scenario));

    assert_number(run->status, 1);
    assert_false(is_there(port_file));
}

/* The ready line that cannot be written is the last thing that can fail. */
static void test_no_stdout(struct test *test)
{
    const char *port_file = test_path(test, "port");
    static const char *const lines[] = {"exec \"$@\" >/dev/full",
                                        "exec \"$@\" >&-"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const struct program_run *run = program_run_by_shell(
            test, lines[i],
            ARGUMENTS("--listen", "127.0.0.1:0", "--port-file", port_file));

        assert_number(run->status, 1);
        assert_contains(run->err, "cannot write to standard output");
        assert_false(is_there(port_file));
    }
}

/* What somebody else's file may be is left alone, before anything is loaded. */
static void test_odd_port_file(struct test *test)
{
    const char *folder = test_path(test, "folder");
    const char *scenario = test_file(test, "x.json", "{}");
    const struct program_run *run;

    assert_number(mkdir(folder, 0700), 0);
    run = program_run(test, ARGUMENTS("--port-file", folder, scenario));
    assert_number(run->status, 1);
    assert_text(run->err,
                test_printf(test,
                            "slackmock: cannot write the port to %s: it is "
                            "there, and is no regular file\n",
                            folder));
    assert_true(is_there(folder));
}

/* It is written under a name that can be guessed, and renamed. */
static void test_laid_port_file(struct test *test)
{
    const char *victim = test_file(test, "victim", "precious");
    const char *port_file = test_path(test, "port");
    const struct program_run *run = program_run_by_shell(
        test,
        test_printf(test,
                    "ln -s '%s' '%s'.$$; "
                    "exec \"$@\" </dev/null",
                    victim, port_file),
        ARGUMENTS("run", "--listen", "127.0.0.1:0", "--port-file", port_file,
                  "--", "cat", victim, port_file));

    assert_number(run->status, 0);
    assert_true(strncmp(run->out, "precious", strlen("precious")) == 0);
    assert_true(strlen(run->out) > strlen("precious"));
}

/* A name may hold anything, and the message is one line. */
static void test_port_file_nowhere(struct test *test)
{
    const char *port_file = test_path(test, "none\n/port");
    const struct program_run *run = program_run(
        test, ARGUMENTS("--listen", "127.0.0.1:0", "--port-file", port_file));

    assert_number(run->status, 1);
    assert_contains(run->err, "/none\\x0a/port: No such file or directory\n");
}

/* ---- the end ---- */

static bool has_ended(pid_t process)
{
    siginfo_t info = {.si_pid = 0};

    return waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) !=
               0 ||
           info.si_pid != 0;
}

/* Whoever presses Ctrl-C until it ends gets a good end. */
static void test_many_signals(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    pid_t process = server_process(server);
    deadline end = deadline_from_now();

    while (!has_ended(process)) {
        server_signal(server, SIGTERM);
        server_signal(server, SIGINT);
        if (deadline_is_over(end))
            fail_msg("the server did not end");
    }
    server_end(server);
}

static const struct test_case cases[] = {
    {"start: without an operand no file counts", test_default_is_compiled_in,
     NULL},
    {"start: without an operand SIGHUP loads no file either",
     test_default_at_reload, NULL},
    {"start: SIGHUP does not wait for a pipe", test_pipe_at_reload, NULL},
    {"start: a scenario may come from a pipe", test_pipe_at_start, NULL},
    {"start: a port file of an earlier run is gone at once",
     test_stale_port_file, NULL},
    {"start: without stdout there is no port file", test_no_stdout, NULL},
    {"start: a port file that is a folder stays", test_odd_port_file, NULL},
    {"start: a link laid where a port file is made", test_laid_port_file, NULL},
    {"start: a port file that nowhere can be", test_port_file_nowhere, NULL},
    {"start: signals at the end do not end it otherwise", test_many_signals,
     NULL},
};

int run_start_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
