/*
 * A shell on a terminal of its own, as a user has one: what is typed there goes
 * to the programs in the foreground, and control keys become signals.
 */
#ifndef CLIENT_TESTS_TERMINAL_H
#define CLIENT_TESTS_TERMINAL_H

struct terminal;
struct test;

#define KEY_INTERRUPT "\003" /* ^C */
#define KEY_SUSPEND   "\032" /* ^Z */

/*
 * Starts sh with job control, to which the command line of the program is "$@".
 * What is typed is not echoed. Lives as long as the test.
 */
struct terminal *terminal_start(struct test *test, const char *line);

void terminal_type(struct terminal *terminal, const char *keys);

/* Waits for a text. Returns all that was shown so far. */
const char *terminal_await(struct terminal *terminal, const char *text);

/* Waits for the end of the shell. Returns all that was shown. */
const char *terminal_await_end(struct terminal *terminal);

#endif
