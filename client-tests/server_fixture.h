/*
 * The built server, as a user starts it: its own port, port file and log, all
 * in the folder of the test that it belongs to. The end of the test stops it
 * with SIGTERM, and fails unless it exits 0 without a sanitizer's complaint.
 * A failure of any of these functions fails the test.
 *
 * Every server is one that SLACKMOCK names, build/san/slackmock without it.
 */
#ifndef CLIENT_TESTS_SERVER_FIXTURE_H
#define CLIENT_TESTS_SERVER_FIXTURE_H

#include <sys/types.h>

#include "test_case.h"

struct server;

/* The program under test. */
const char *server_program(void);

/*
 * Starts it with a scenario (a path; NULL for none) and more options (NULL for
 * none). It listens on a free port of 127.0.0.1 and logs JSON unless these
 * options say otherwise. Returns once a connection is accepted.
 */
struct server *server_start(struct test *test, const char *scenario,
                            const char *const *options);

/* The same, begun by a line of sh to which the command line is "$@". */
struct server *server_start_by_shell(struct test *test, const char *line,
                                     const char *const *options);

/* Starts it with a scenario given as text, and no more options. */
struct server *server_start_with(struct test *test, const char *scenario);

int server_port(const struct server *server);

/* `http://127.0.0.1:PORT`, or whatever host was listened on. */
const char *server_origin(const struct server *server);

/* The id of its process. */
pid_t server_process(const struct server *server);

/* Sends a signal. */
void server_signal(struct server *server, int number);

/* Ends it as kill -9 does, which is a good end then. */
void server_kill(struct server *server);

/* Awaits the end and checks that it is a good one, exit status 0. */
void server_end(struct server *server);

/* What it has written so far. Lives as long as the test. */
const char *server_stdout(struct server *server);
const char *server_stderr(struct server *server);

/* The file of its stderr, for a look that shall keep nothing. */
const char *server_stderr_path(const struct server *server);

/* Waits until a whole line stands on its stdout. Returns all of it. */
const char *server_await_stdout(struct server *server);

/* Waits until that text stands in its stderr. Returns all of it. */
const char *server_await_stderr(struct server *server, const char *text);

#endif
