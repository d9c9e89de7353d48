/*
 * What the system denies the program: descriptors, a disk, somebody who reads
 * its log, memory. It says so, and if it runs it goes on serving.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define REQUEST "GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

static int count_of(const char *text, const char *piece)
{
    int count = 0;

    while ((text = strstr(text, piece))) {
        text += strlen(piece);
        count++;
    }
    return count;
}

static void check_serves(struct test *test, struct server *server,
                         const char *form)
{
    assert_json(http_exchange(test, server, form)->json, "ok", "true");
}

/* ---- connections ---- */

static void await_lines(struct server *server, const char *line, int count)
{
    deadline end = deadline_from_now();

    while (count_of(server_stderr(server), line) < count)
        if (!deadline_look_again(end))
            fail_msg("not %d times in the log: %s", count, line);
}

/* The connections that do not fit wait, and get their answer when others end.
 * To try again and again meanwhile would log thousands of lines. */
static void test_descriptors(struct test *test)
{
    /* What comes after it is each C library's own wording. */
    static const char refused[] = "cannot accept a connection: ";
    enum { CONNECTIONS = 60 };
    struct server *server =
        server_start_by_shell(test, "ulimit -n 40; exec \"$@\"", NULL);
    struct raw_socket *raw[CONNECTIONS];

    for (int i = 0; i < CONNECTIONS; i++) {
        raw[i] = raw_connect(test, server);
        raw_send(raw[i], REQUEST);
    }
    await_lines(server, refused, 3);
    if (count_of(server_stderr(server), refused) > 100)
        fail_msg("the server tries without a pause");
    for (int i = 0; i < CONNECTIONS; i++) {
        assert_json_text(raw_await_reply(raw[i])->json, "error",
                         "unknown_method");
        raw_reset(raw[i]);
    }
    check_serves(test, server, BOT_FORM);
}

static const struct program_run *start_with_descriptors(struct test *test,
                                                        int most)
{
    return program_run_by_shell(
        test, test_printf(test, "ulimit -n %d; exec \"$@\"", most),
        ARGUMENTS("--until-eof", "--listen", "127.0.0.1:0"));
}

/*
 * One descriptor more at each start, until all that it needs at the start are
 * there. The socket by which connections are reset is one of them.
 */
static void test_descriptors_at_the_start(struct test *test)
{
    enum { FEWEST = 6, MOST = 60 };
    int refused = 0;
    int most = FEWEST;
    const struct program_run *run = start_with_descriptors(test, most);

    while (run->status != 0 && most < MOST) {
        assert_number(run->status, 1);
        assert_contains(run->err, "slackmock: cannot ");
        refused += count_of(run->err, "slackmock: cannot make a socket: ");
        run = start_with_descriptors(test, ++most);
    }
    assert_number(run->status, 0);
    assert_number(refused, 1);
}

/* The last that fits is served, and one more is closed with a word. */
static void test_connections(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-connections", "2"));
    struct raw_socket *first = raw_connect(test, server);
    struct raw_socket *second;
    int descriptors;

    /* After the second reply nothing is left of the connection that found out
     * whether the server accepts any. */
    for (int i = 0; i < 2; i++) {
        raw_send(first, REQUEST);
        (void)raw_await_reply(first);
    }
    descriptors = server_descriptors(server);
    second = raw_connect(test, server);
    raw_send(second, REQUEST);
    (void)raw_await_reply(second);
    raw_await_close(raw_connect(test, server));
    (void)server_await_stderr(server, "--max-connections");
    raw_reset(first);
    server_await_descriptors(server, descriptors);
    check_serves(test, server, BOT_FORM);
    raw_send(second, REQUEST);
    (void)raw_await_reply(second);
}

/* ---- output ---- */

static void test_full_stdout(struct test *test)
{
    const struct program_run *run = program_run_by_shell(
        test, "exec \"$@\" >/dev/full", ARGUMENTS("--listen", "127.0.0.1:0"));

    assert_number(run->status, 1);
    assert_contains(run->err, "cannot write to standard output");
}

static void test_closed_stdout(struct test *test)
{
    const struct program_run *run = program_run_by_shell(
        test, "exec \"$@\" >&-", ARGUMENTS("--listen", "127.0.0.1:0"));

    assert_number(run->status, 1);
    assert_contains(run->err, "cannot write to standard output");
}

/* There is no way to say anything then, and no reason to stop. */
static void test_no_stderr(struct test *test)
{
    struct server *server = server_start_by_shell(test, test_row(test), NULL);

    check_serves(test, server, BOT_FORM);
    check_serves(test, server, USER_FORM);
    server_signal(server, SIGTERM);
    server_end(server);
}

struct unread_log {
    char *path;
    int descriptor;
};

static int release(void *thing)
{
    struct unread_log *unread = thing;

    if (unread->descriptor >= 0)
        (void)close(unread->descriptor);
    free(unread);
    return 0;
}

/* A pipe that is open for reading. */
static struct unread_log *open_unread_log(struct test *test)
{
    struct unread_log *unread = calloc(1, sizeof *unread);

    if (!unread)
        abort();
    test_keep(test, unread, release);
    unread->path = test_printf(test, "%s", test_path(test, "log"));
    unread->descriptor = -1;
    if (mkfifo(unread->path, 0600) == 0)
        unread->descriptor = open(unread->path, O_RDWR | O_NONBLOCK);
    assert_true(unread->descriptor >= 0);
    return unread;
}

/* The log so far, with what is there by now. */
static const char *read_more(struct test *test, struct unread_log *unread,
                             const char *log)
{
    static char bytes[4096];
    ssize_t length;

    while ((length = read(unread->descriptor, bytes, sizeof bytes - 1)) > 0) {
        bytes[length] = '\0';
        log = test_printf(test, "%s%s", log, bytes);
    }
    return log;
}

static void test_unread_stderr(struct test *test)
{
    struct unread_log *unread = open_unread_log(test);
    struct server *server = server_start_by_shell(
        test, test_printf(test, "exec \"$@\" 2>%s", unread->path), NULL);
    struct raw_socket *raw = raw_connect(test, server);
    deadline end = deadline_from_now();
    const char *log = "";

    for (int i = 0; i < 1000; i++) {
        raw_send(raw, REQUEST);
        (void)raw_await_reply(raw);
    }
    check_serves(test, server, BOT_FORM);
    log = read_more(test, unread, log);
    check_serves(test, server, USER_FORM);
    while (!strstr(log = read_more(test, unread, log),
                   "entries of the log were lost"))
        if (!deadline_look_again(end))
            fail_msg("the log does not say that lines are lost");
    server_signal(server, SIGTERM);
    server_end(server);
}

#define FILLINGS 40
#define QUICK_MS 2000 /* less than 100 ms for each of them */

/* Until the pipe takes no more. */
static void fill(struct unread_log *unread)
{
    static const char bytes[4096];

    while (write(unread->descriptor, bytes, sizeof bytes) > 0)
        ;
    while (write(unread->descriptor, bytes, 1) > 0)
        ;
}

/* A reader who is late, again and again, does not hold up a reply. */
static void test_late_reader(struct test *test)
{
    struct unread_log *unread = open_unread_log(test);
    struct server *server = server_start_by_shell(
        test, test_printf(test, "exec \"$@\" 2>%s", unread->path), NULL);
    struct raw_socket *raw = raw_connect(test, server);
    deadline start = deadline_clock();

    for (int i = 0; i < FILLINGS; i++) {
        fill(unread);
        raw_send(raw, REQUEST);
        (void)raw_await_reply(raw);
        (void)read_more(test, unread, "");
        raw_send(raw, REQUEST);
        (void)raw_await_reply(raw);
    }
    assert_true(deadline_clock() - start < QUICK_MS);
}

/* ---- memory ---- */

/* Sanitizers want more memory than any limit: the release is tried. */
static void test_memory(struct test *test)
{
    const char *release_program = getenv("SLACKMOCK_RELEASE");
    const char *scenario;
    const struct program_run *run;
    char *tokens;

    if (!release_program) {
        print_message("SLACKMOCK_RELEASE names no program\n");
        skip();
    }
    tokens = test_printf(test, "%0*d", 1 << 20, 0);
    for (size_t i = 0; tokens[i]; i += 2)
        memcpy(tokens + i, tokens[i + 2] ? "0," : "0]", 2);
    scenario = test_file(
        test, "scenario.json",
        test_printf(test, "{\"description\":\"d\",\"x\":[%s}", tokens));
    run = program_run_by_shell(
        test,
        test_printf(test, "ulimit -v 40000; exec '%s' --check '%s'",
                    release_program, scenario),
        ARGUMENTS("--check"));
    assert_number(run->status, 1);
    assert_contains(run->err, "slackmock: out of memory");
}

static const struct test_case cases[] = {
    {"running out: descriptors", test_descriptors, NULL},
    {"running out: descriptors, at the start", test_descriptors_at_the_start,
     NULL},
    {"running out: connections", test_connections, NULL},
    {"running out: stdout is a full disk", test_full_stdout, NULL},
    {"running out: stdout is closed", test_closed_stdout, NULL},
    {"running out: stderr is a full disk", test_no_stderr,
     "exec \"$@\" 2>/dev/full"},
    {"running out: stderr is closed", test_no_stderr, "exec \"$@\" 2>&-"},
    {"running out: nobody reads stderr", test_unread_stderr, NULL},
    {"running out: who reads stderr late paces nobody", test_late_reader, NULL},
    {"running out: memory", test_memory, NULL},
};

int run_running_out_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
