/*
 * What scripts/set-up has left of a client or a fixture: build/KIND/NAME.ready,
 * or NAME.skipped with the reason.
 */
#ifndef CLIENT_TESTS_SET_UP_H
#define CLIENT_TESTS_SET_UP_H

struct test;

/*
 * Returns if it is ready. Else the test is skipped, with the reason, or failed
 * where CI=true. `kind` is "clients" or "fixtures".
 */
void set_up_or_skip(struct test *test, const char *kind, const char *name);

/* Skips the test in the same way, for another reason. */
void skip_unless_ci(struct test *test, const char *name, const char *reason);

#endif
