/* Starts, watches and ends one server of a test; see server_fixture.h. */
#include "server_fixture.h"

#include <arpa/inet.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "files.h"

#define ARGUMENTS_MAX 32

struct server {
    struct test *test;
    struct child child;
    const char *arguments[ARGUMENTS_MAX];
    size_t argument_count;
    /* Its own, since it is let go later than what it gets from the test. */
    char *port_file;
    char *stdout_path;
    char *stderr_path;
    char *origin;
    int port;
    bool ended; /* and was found to have ended well */
};

/* The whole path as of the first call: a test may go to another folder. */
const char *server_program(void)
{
    static char whole[2 * PATH_MAX];
    const char *program = getenv("SLACKMOCK");
    char folder[PATH_MAX] = "";

    if (*whole)
        return whole;
    if (!program || !*program)
        program = "build/san/slackmock";
    if (*program != '/' && !getcwd(folder, sizeof folder))
        fail_msg("this folder has no path");
    (void)snprintf(whole, sizeof whole, "%s%s%s", folder, *folder ? "/" : "",
                   program);
    return whole;
}

static void add_argument(struct server *server, const char *argument)
{
    if (server->argument_count + 1 == ARGUMENTS_MAX)
        abort();
    server->arguments[server->argument_count++] = argument;
}

static bool has_argument(const struct server *server, const char *argument)
{
    for (size_t i = 0; i < server->argument_count; i++)
        if (strcmp(server->arguments[i], argument) == 0)
            return true;
    return false;
}

static void add_option(struct server *server, const char *option,
                       const char *value)
{
    if (has_argument(server, option))
        return;
    add_argument(server, option);
    add_argument(server, value);
}

/* The texts are what a sanitizer of gcc or clang begins its report with. */
static int complain_of_sanitizers(const char *log)
{
    static const char *const complaints[] = {"ERROR: AddressSanitizer",
                                             "runtime error:", "LeakSanitizer"};

    for (size_t i = 0; i < sizeof complaints / sizeof complaints[0]; i++) {
        const char *found = log ? strstr(log, complaints[i]) : NULL;

        if (found) {
            print_error("the server's stderr: %.2000s\n", found);
            return -1;
        }
    }
    return 0;
}

/* Takes a server that runs or has just ended to its end; -1: not a good one. */
static int conclude(struct server *server)
{
    int status = child_wait(&server->child, deadline_from_now());
    char *log = file_read(server->stderr_path);
    int result = complain_of_sanitizers(log);

    if (status != 0) {
        print_error("the server ended with status %d, wanted 0; stderr:\n%s\n",
                    status, log ? log : "");
        result = -1;
    }
    free(log);
    server->ended = true;
    return result;
}

static int release(void *thing)
{
    struct server *server = thing;
    int result = 0;

    if (!server->ended) {
        if (child_is_running(&server->child))
            (void)kill(server->child.pid, SIGTERM);
        result = conclude(server);
    }
    child_kill(&server->child);
    free(server->port_file);
    free(server->stdout_path);
    free(server->stderr_path);
    free(server->origin);
    free(server);
    return result;
}

/* Connects and leaves; false if nobody accepts. */
static bool accepts(int port)
{
    struct sockaddr_in address;
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    bool accepted;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    accepted = connect(connection, (const struct sockaddr *)&address,
                       sizeof address) == 0;
    (void)close(connection);
    return accepted;
}

/* The port that the port file holds; 0 while there is none. */
static int read_port(const struct server *server)
{
    char *text = file_read(server->port_file);
    long port = text ? strtol(text, NULL, 10) : 0;

    free(text);
    return port > 0 && port < 65536 ? (int)port : 0;
}

/* The file appears once connections are accepted: it is not tried twice. */
static void await_ready(struct server *server)
{
    deadline end = deadline_from_now();

    while ((server->port = read_port(server)) == 0) {
        if (!child_is_running(&server->child)) {
            server->ended = true;
            fail_msg("the server ended with status %d before it was ready: %s",
                     server->child.status, server_stderr(server));
        }
        if (!deadline_look_again(end))
            fail_msg("the server was not ready in time: %s",
                     server_stderr(server));
    }
}

static void launch(struct server *server)
{
    struct child_start how = {server->arguments, server->stdout_path,
                              server->stderr_path};

    add_argument(server, NULL);
    if (child_start(&server->child, &how) != 0)
        fail_msg("%s was not started", server_program());
    await_ready(server);
    server->origin = text_printf("http://127.0.0.1:%d", server->port);
}

/* A test may have several servers, each with files of its own. */
static void name_files(struct server *server)
{
    struct test *test = server->test;
    const char *path;
    int number = 1;

    do {
        path = test_path(test, test_printf(test, "server-%d", number));
        free(server->stderr_path);
        server->stderr_path = text_printf("%s.stderr", path);
        number++;
    } while (access(server->stderr_path, F_OK) == 0);
    server->stdout_path = text_printf("%s.stdout", path);
    server->port_file = text_printf("%s.port", path);
}

static struct server *create(struct test *test)
{
    struct server *server = calloc(1, sizeof *server);

    if (!server)
        abort();
    server->child = (struct child)CHILD_INIT;
    server->ended = true; /* it has not begun */
    server->test = test;
    test_keep(test, server, release);
    name_files(server);
    return server;
}

/* Starts what stands in the arguments so far, with the options behind it. */
static void start(struct server *server, const char *scenario,
                  const char *const *options)
{
    bool elsewhere;

    while (options && *options)
        add_argument(server, *options++);
    elsewhere = has_argument(server, "--listen");
    add_option(server, "--listen", "127.0.0.1:0");
    add_option(server, "--port-file", server->port_file);
    add_option(server, "--log-format", "json");
    if (scenario)
        add_argument(server, scenario);
    server->ended = false;
    launch(server);
    if (!elsewhere && !accepts(server->port))
        fail_msg("port %d refuses, though the port file is there",
                 server->port);
}

struct server *server_start(struct test *test, const char *scenario,
                            const char *const *options)
{
    struct server *server = create(test);

    add_argument(server, server_program());
    start(server, scenario, options);
    return server;
}

struct server *server_start_by_shell(struct test *test, const char *line,
                                     const char *const *options)
{
    struct server *server = create(test);

    add_argument(server, "/bin/sh");
    add_argument(server, "-c");
    add_argument(server, line);
    add_argument(server, "sh");
    add_argument(server, server_program());
    start(server, NULL, options);
    return server;
}

struct server *server_start_with(struct test *test, const char *scenario)
{
    return server_start(test, test_file(test, "scenario.json", scenario), NULL);
}

int server_port(const struct server *server)
{
    return server->port;
}

const char *server_origin(const struct server *server)
{
    return server->origin;
}

pid_t server_process(const struct server *server)
{
    return server->child.pid;
}

void server_signal(struct server *server, int number)
{
    if (kill(server->child.pid, number) != 0)
        fail_msg("the server cannot be signalled");
}

void server_kill(struct server *server)
{
    server_signal(server, SIGKILL);
    server->ended = true;
    assert_number(child_wait(&server->child, deadline_from_now()),
                  128 + SIGKILL);
}

void server_end(struct server *server)
{
    if (conclude(server) != 0)
        fail_msg("the server did not end well");
}

static const char *read_kept(struct test *test, const char *path)
{
    char *text = file_read(path);
    const char *kept = test_printf(test, "%s", text ? text : "");

    free(text);
    return kept;
}

const char *server_stdout(struct server *server)
{
    return read_kept(server->test, server->stdout_path);
}

const char *server_stderr(struct server *server)
{
    return read_kept(server->test, server->stderr_path);
}

const char *server_stderr_path(const struct server *server)
{
    return server->stderr_path;
}

const char *server_await_stdout(struct server *server)
{
    deadline end = deadline_from_now();
    const char *text;

    while (!strchr(text = server_stdout(server), '\n'))
        if (!deadline_look_again(end))
            fail_msg("no whole line on the server's stdout: %s", text);
    return text;
}

const char *server_await_stderr(struct server *server, const char *text)
{
    deadline end = deadline_from_now();
    const char *log;

    while (!strstr(log = server_stderr(server), text))
        if (!deadline_look_again(end))
            fail_msg("no \"%s\" in the server's stderr:\n%s", text, log);
    return log;
}
