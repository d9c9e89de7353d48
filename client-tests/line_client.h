/*
 * A program of client-tests/clients that answers each line of JSON with one:
 * README.md there has what they read and write. It is started at the first
 * question and serves the whole test program.
 *
 * One that is not set up (build/clients/NAME.skipped may say why) skips the
 * test that wants it, or fails it where CI=true.
 */
#ifndef CLIENT_TESTS_LINE_CLIENT_H
#define CLIENT_TESTS_LINE_CLIENT_H

#include "child.h"

struct cJSON;
struct test;

struct line_client {
    const char *name;    /* for people */
    const char *folder;  /* of client-tests/clients */
    const char *variant; /* the argument of its `run`; NULL for none */
    struct child child;
    char *log_folder; /* holds its stderr; NULL before it is started */
    char *log;
};

#define LINE_CLIENT(name, folder, variant)                                     \
    {                                                                          \
        (name), (folder), (variant), CHILD_INIT, NULL, NULL                    \
    }

/*
 * Asks, in one line without its end. The answer lives as long as the test. A
 * client that fails, or hangs and is ended, fails the test.
 */
const struct cJSON *line_client_ask(struct test *test,
                                    struct line_client *client,
                                    const char *line);

/* Ends its input. Its exit status; 0 for one that was not started. */
int line_client_end(struct line_client *client);

#endif
