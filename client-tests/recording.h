/*
 * The files of the recordings, client-tests/recording/NAME.txt: replies in the
 * order of their requests, each after a line `### TITLE`. Beside the default
 * world's, another scenario's file has only the replies that differ, and in
 * these a line `= N` for the next N lines that are as in the default world's.
 */
#ifndef CLIENT_TESTS_RECORDING_H
#define CLIENT_TESTS_RECORDING_H

struct test;

/* A file as it is read from its beginning to its end. */
struct recording {
    char *text;
    const char *next; /* the first title that was not taken */
};

const char *recording_path(struct test *test, const char *scenario);

/* Reads one; that there is none fails the test. It lives with the test. */
struct recording *recording_read(struct test *test, const char *scenario);

/* Takes the reply to the request of that title; NULL if it is not the next. */
const char *recording_take(struct test *test, struct recording *recording,
                           const char *title);

/* A reply as it is written beside the usual one, and back again. */
const char *recording_fold(struct test *test, const char *reply,
                           const char *usual);
const char *recording_unfold(struct test *test, const char *folded,
                             const char *usual);

#endif
