/*
 * One run of the program that ends by itself: `--check`, `--help`, misuse.
 */
#ifndef CLIENT_TESTS_PROGRAM_RUN_H
#define CLIENT_TESTS_PROGRAM_RUN_H

struct test;

struct program_run {
    int status;
    const char *out; /* all of stdout */
    const char *err; /* and of stderr */
};

/*
 * Runs the program under test with these arguments to its end, which a
 * sanitizer may not have brought about. Lives as long as the test.
 */
const struct program_run *program_run(struct test *test,
                                      const char *const *arguments);

/* The same in a shell that first runs some commands, such as `ulimit`. */
const struct program_run *program_run_after(struct test *test,
                                            const char *commands,
                                            const char *const *arguments);

#endif
