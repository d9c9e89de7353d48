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

/* The same, begun by a line of sh to which the command line is "$@". */
const struct program_run *program_run_by_shell(struct test *test,
                                               const char *line,
                                               const char *const *arguments);

/* The same without arguments, for lines that compile or install something. */
const struct program_run *program_run_build(struct test *test,
                                            const char *line);

/* A line of sh alone, in the place of the program. */
const struct program_run *shell_run(struct test *test, const char *line);

#endif
