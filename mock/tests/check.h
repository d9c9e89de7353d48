/*
 * cmocka and the assertions that the unit tests share. Tests include this and
 * never cmocka itself, whose header wants these four before it.
 */
#ifndef SLACKMOCK_CHECK_H
#define SLACKMOCK_CHECK_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Where an assertion stands, and on what. */
struct check_place {
    const char *what;
    const char *file;
    int line;
};

#define CHECK_PLACE(what)                                                      \
    (struct check_place)                                                       \
    {                                                                          \
        (what), __FILE__, __LINE__                                             \
    }

/* cmocka 1.1.5 shows integers in hex; this shows them as they are meant. */
#define assert_number(got, wanted)                                             \
    check_number((long long)(got), (long long)(wanted), CHECK_PLACE(#got))

/* `got` is `length` bytes and must be exactly the C string `wanted`. */
#define assert_bytes(got, length, wanted)                                      \
    check_bytes((got), (length), (wanted), CHECK_PLACE(#got))

void check_number(long long got, long long wanted, struct check_place place);
void check_bytes(const char *got, size_t length, const char *wanted,
                 struct check_place place);

struct arguments;

/*
 * Arguments as a line of text, `name=value` joined by ` | `; bytes that are not
 * printable ASCII as `\xNN`. It holds no memory, so that an assertion on it may
 * fail after everything else was freed: cmocka leaves a test by longjmp.
 */
struct shown {
    char text[1024];
};

/* Adds to what is shown; what does not fit any more is cut off. */
void shown_add(struct shown *shown, const char *bytes, size_t length);

struct shown show_arguments(const struct arguments *arguments);

/*
 * A list of tests made at run time, where each row of a table becomes a test of
 * its own: a row that fails is named, and the rest still run.
 */
struct test_list {
    struct CMUnitTest tests[256];
    size_t count;
};

#define add_test(list, function) add_test_with(list, function, NULL, NULL)

#define add_test_with(list, function, set_up, tear_down)                       \
    check_add_test((list), (struct CMUnitTest){#function, (function),          \
                                               (set_up), (tear_down), NULL})

/* A row has a `name`; the test finds it where `*state` points. */
#define add_rows(list, function, rows)                                         \
    add_rows_with(list, function, rows, NULL, NULL)

/* The same, where set_up() finds the row first, and may point elsewhere. */
#define add_rows_with(list, function, rows, set_up, tear_down)                 \
    do {                                                                       \
        for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)          \
            check_add_test((list), (struct CMUnitTest){                        \
                                       (rows)[i].name, (function), (set_up),   \
                                       (tear_down), &(rows)[i]});              \
    } while (0)

void check_add_test(struct test_list *list, struct CMUnitTest test);

/* Runs the list under a group name; the test program's result. */
int run_list(const char *name, const struct test_list *list);

#endif
