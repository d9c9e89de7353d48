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

/* cmocka 1.1.5 shows integers in hex; this shows them as they are meant. */
#define assert_number(got, wanted)                                             \
    check_number((long long)(got), (long long)(wanted), #got, __FILE__,        \
                 __LINE__)

/* `got` is `length` bytes and must be exactly the C string `wanted`. */
#define assert_bytes(got, length, wanted)                                      \
    check_bytes((got), (length), (wanted), #got, __FILE__, __LINE__)

void check_number(long long got, long long wanted, const char *what,
                  const char *file, int line);
void check_bytes(const char *got, size_t length, const char *wanted,
                 const char *what, const char *file, int line);

/* Runs a table of CMUnitTest under a group name; the test program's result. */
#define run_tests(name, tests)                                                 \
    _cmocka_run_group_tests(name, tests, sizeof(tests) / sizeof((tests)[0]),   \
                            NULL, NULL)

#endif
