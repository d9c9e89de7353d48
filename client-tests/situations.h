/*
 * The shipped scenarios that put a plain valid exchange into one situation
 * each: success, every documented error, every documented warning.
 */
#ifndef CLIENT_TESTS_SITUATIONS_H
#define CLIENT_TESTS_SITUATIONS_H

#include <stddef.h>

struct test;

struct situation {
    const char *scenario; /* below scenarios/ */
    const char *error;    /* that the call gets; NULL: it succeeds */
    const char *warning;  /* NULL: none */
    const char *message;  /* in response_metadata.messages; NULL: none */
    int status;
};

extern const struct situation situations[];
extern const size_t situation_count;

/* That the folders errors/ and warnings/ hold these situations and no other. */
void test_situations_are_the_files(struct test *test);

#endif
