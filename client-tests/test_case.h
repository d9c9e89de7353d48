/*
 * A test and what it holds. cmocka leaves a failing test by longjmp, so nothing
 * after a failed assertion runs: whatever a test starts or allocates is given
 * to test_keep() at once, and is let go when the test ends, the last first.
 *
 * Each test can have a folder for its files, scenarios and logs; it stays
 * behind, and its path is printed, when the test fails.
 */
#ifndef CLIENT_TESTS_TEST_CASE_H
#define CLIENT_TESTS_TEST_CASE_H

#include <stddef.h>

struct test;

typedef void test_function(struct test *test);

struct test_case {
    const char *name; /* a sentence; test_row() says the rest */
    test_function *run;
    const void *row; /* of a table; NULL for a test of its own */
};

/* A command line's arguments, for the functions that start a program. */
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Runs each as a cmocka test; returns how many failed. */
int test_cases_run(const struct test_case *cases, size_t count);

const void *test_row(const struct test *test);

/* Lets a thing go; -1 fails the test, after printing why. */
typedef int test_release(void *thing);
void test_keep(struct test *test, void *thing, test_release *release);

/* Text that lives as long as the test. */
char *test_printf(struct test *test, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends the test as one that was skipped; none of its files stays behind. */
void test_skip(struct test *test);

/* The path of a file in the test's folder. */
const char *test_path(struct test *test, const char *name);

/* Writes such a file. Returns its path. */
const char *test_file(struct test *test, const char *name, const char *text);

#endif
