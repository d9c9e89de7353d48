/*
 * The client programs of client-tests/clients that make real calls with real
 * SDKs. Each is started at its first call and serves the whole test program;
 * one that is not set up skips the test that wants it: see line_client.h.
 */
#ifndef CLIENT_TESTS_CLIENT_PROCESS_H
#define CLIENT_TESTS_CLIENT_PROCESS_H

struct cJSON;
struct test;

enum client {
    CLIENT_BOLT_JS,
    CLIENT_BOLT_JS_4,
    CLIENT_BOLT_PYTHON,
    CLIENT_BOLT_PYTHON_ASYNC,
    CLIENT_BOLT_JAVA,
    CLIENT_COUNT
};

/* For people, e.g. "bolt-python async". */
const char *client_name(enum client client);

/* Skips the test, or fails it, if the client could not be set up. */
void client_skip_if_missing(struct test *test, enum client client);

/*
 * Sends a request, one line of JSON, and awaits the outcome, which lives as
 * long as the test. A client that fails, or hangs and is ended, fails the test.
 */
const struct cJSON *client_call(struct test *test, enum client client,
                                const char *request);

/* Ends its input; it must exit with status 0 then. */
void client_end(struct test *test, enum client client);

/* Ends those that still run; -1 if one does not exit with status 0. */
int client_end_all(void);

#endif
