/*
 * What supervises a server: a program that ends with its standard input, and a
 * probe of its health.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- --until-eof ---- */

static int release_descriptor(void *descriptor)
{
    int *fd = descriptor;

    if (*fd >= 0)
        (void)close(*fd);
    return 0;
}

/* What comes by the pipe is of no interest, only that it is open. */
static void test_pipe(struct test *test)
{
    static int fd;
    const char *pipe = test_path(test, "pipe");
    struct server *server;

    assert_number(mkfifo(pipe, 0600), 0);
    fd = open(pipe, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    test_keep(test, &fd, release_descriptor);
    server = server_start_by_shell(test,
                                   test_printf(test, "exec \"$@\" <'%s'", pipe),
                                   ARGUMENTS("--until-eof"));
    assert_number(write(fd, "a line\n", 7), 7);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_json(http_exchange(test, server, USER_FORM)->json, "ok", "true");
    (void)close(fd);
    fd = -1;
    server_end(server);
    assert_contains(server_stderr(server), "standard input has ended");
}

/* There is nothing to wait for: it is at its end. */
static void test_ended_input(struct test *test)
{
    const char *input = test_row(test);
    const struct program_run *run = program_run_by_shell(
        test, test_printf(test, "exec \"$@\" %s", input),
        ARGUMENTS("--until-eof", "--listen", "127.0.0.1:0"));

    assert_number(run->status, 0);
    assert_contains(run->out, "slackmock ready on ");
}

/* ---- --health ---- */

static const struct program_run *ask(struct test *test, const char *url)
{
    return program_run(test, ARGUMENTS("--health", url));
}

static void check_healthy(const struct program_run *run)
{
    assert_text(run->err, "");
    assert_text(run->out, "");
    assert_number(run->status, 0);
}

static void test_url(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--control-token", "letmein"));
    const char *origin = server_origin(server);

    check_healthy(ask(test, origin));
    check_healthy(ask(test, test_printf(test, "%s/", origin)));
    check_healthy(ask(test, test_printf(test, "%s/_mock/health", origin)));
    check_healthy(ask(
        test, test_printf(test, "http://localhost:%d", server_port(server))));
}

/* As the server itself was started. */
static void test_where_it_listens(struct test *test)
{
    static const char *const hosts[] = {"127.0.0.1", "0.0.0.0", "[::]"};
    struct server *server = server_start(test, NULL, NULL);

    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        const char *address =
            test_printf(test, "%s:%d", hosts[i], server_port(server));
        const struct program_run *run =
            program_run(test, ARGUMENTS("--listen", address, "--health"));

        if (strcmp(hosts[i], "[::]") == 0)
            assert_contains(run->err, "http://[::1]:");
        else
            check_healthy(run);
        assert_text(run->out, "");
    }
}

static void test_port_file(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *port_file =
        test_file(test, "port", test_printf(test, "%d\n", server_port(server)));
    const char *variables =
        test_printf(test,
                    "SLACKMOCK_LISTEN=0.0.0.0:0 SLACKMOCK_PORT_FILE='%s' "
                    "exec \"$@\"",
                    port_file);

    check_healthy(
        program_run(test, ARGUMENTS("--listen", "127.0.0.1:0", "--port-file",
                                    port_file, "--health")));
    check_healthy(program_run_by_shell(test, variables, ARGUMENTS("--health")));
    /* Asking leaves the file where it is. */
    check_healthy(program_run_by_shell(test, variables, ARGUMENTS("--health")));
}

static void test_nobody_there(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *origin = server_origin(server);
    const struct program_run *run;

    server_signal(server, SIGTERM);
    server_end(server);
    run = ask(test, origin);
    assert_text(run->err,
                test_printf(test,
                            "slackmock: %s/_mock/health: nobody answers\n",
                            origin));
    assert_text(run->out, "");
    assert_number(run->status, 1);
}

/* It answers, but it is not what was looked for. */
static void test_something_else(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"reply\":{\"body\":\"{}\"}}]"));
    const char *there =
        test_printf(test, "%s/api/auth.test", server_origin(server));
    const char *nowhere = test_printf(test, "%s/health", server_origin(server));
    const struct program_run *run = ask(test, there);

    assert_number(run->status, 1);
    assert_text(run->err,
                test_printf(test,
                            "slackmock: %s: found HTTP 200 and no slackmock "
                            "behind it\n",
                            there));
    run = ask(test, nowhere);
    assert_number(run->status, 1);
    assert_text(run->err,
                test_printf(test, "slackmock: %s: found HTTP 404\n", nowhere));
}

static void test_silence(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"reply\":{\"fault\":\"stall\"}}]"));
    const char *url =
        test_printf(test, "%s/api/auth.test", server_origin(server));
    const struct program_run *run = program_run(
        test, ARGUMENTS("--request-timeout", "0.1", "--health", url));

    assert_number(run->status, 1);
    assert_text(run->err,
                test_printf(test,
                            "slackmock: %s: no answer within 0.1 seconds\n",
                            url));
}

struct bad {
    const char *const *arguments;
    int status;
    const char *says;
};

static void test_bad(struct test *test)
{
    const struct bad *row = test_row(test);
    const struct program_run *run = program_run(test, row->arguments);

    assert_contains(run->err, row->says);
    assert_text(run->out, "");
    assert_number(run->status, row->status);
}

#define BAD(title, status, says, ...)                                          \
    {                                                                          \
        "supervision: " title, test_bad, &(const struct bad)                   \
        {                                                                      \
            ARGUMENTS(__VA_ARGS__), status, says                               \
        }                                                                      \
    }
#define NO_URL(url)                                                            \
    BAD("health of " url, 2,                                                   \
        "--health: found \"" url                                               \
        "\", wanted a URL such as http://127.0.0.1:8080",                      \
        "--health", url)

static const struct test_case cases[] = {
    {"supervision: it ends when its input does", test_pipe, NULL},
    {"supervision: /dev/null has ended", test_ended_input, "</dev/null"},
    {"supervision: a file has ended", test_ended_input, "</etc/passwd"},
    {"supervision: a closed input has ended", test_ended_input, "<&-"},
    {"supervision: health at a URL", test_url, NULL},
    {"supervision: health where --listen says", test_where_it_listens, NULL},
    {"supervision: health where the port file says", test_port_file, NULL},
    {"supervision: health of nobody", test_nobody_there, NULL},
    {"supervision: health of something else", test_something_else, NULL},
    {"supervision: health of who keeps silent", test_silence, NULL},
    NO_URL("127.0.0.1:8080"),
    NO_URL("https://127.0.0.1:8080"),
    NO_URL("http://"),
    NO_URL("http://[::1"),
    NO_URL("http://127.0.0.1:0"),
    NO_URL("default.json"),
    BAD("health at port 0", 2, "wanted a URL, or --port-file beside port 0",
        "--listen", "127.0.0.1:0", "--health"),
    BAD("health by a port file that is not there", 1,
        "/nowhere/port: No such file or directory", "--listen", "127.0.0.1:0",
        "--port-file", "/nowhere/port", "--health"),
    BAD("health by a port file without a port", 1,
        "/dev/null: found no port in it", "--listen", "127.0.0.1:0",
        "--port-file", "/dev/null", "--health"),
};

int run_supervision_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
