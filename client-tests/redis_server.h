/*
 * A redis-server of a test: on a free port, with a folder of its own. Without
 * the program the test is skipped, and fails with CI=true. It is ended with the
 * test.
 */
#ifndef CLIENT_TESTS_REDIS_SERVER_H
#define CLIENT_TESTS_REDIS_SERVER_H

struct redis_server;
struct test;

struct redis_server *redis_server_start(struct test *test);

/* For --state. */
const char *redis_server_url(struct redis_server *redis);

/* SIGSTOP, SIGCONT, SIGKILL ... */
void redis_server_signal(struct redis_server *redis, int number);

/* Ends it with a signal, and starts it again on its port and its files. */
void redis_server_restart(struct redis_server *redis, int number);

/* What redis-cli prints for a command, written as for a shell. */
const char *redis_server_ask(struct redis_server *redis, const char *command);

#endif
