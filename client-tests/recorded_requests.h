/*
 * The requests of the recordings: client-tests/recording/requests.txt, whose
 * head tells the format, made into the bytes to send.
 */
#ifndef CLIENT_TESTS_RECORDED_REQUESTS_H
#define CLIENT_TESTS_RECORDED_REQUESTS_H

#include <stdbool.h>
#include <stddef.h>

struct test;

#define RECORDED_REQUESTS_MAX 500

struct recorded_request {
    const char *title;
    const char *text; /* from its first line to its last, as it is written */
    bool as_it_stands;
    bool half_closes;
};

struct recorded_requests {
    struct recorded_request list[RECORDED_REQUESTS_MAX];
    size_t count;
};

/* The tokens that replies gave last: NULL, or they live as long as the test. */
struct given_tokens {
    const char *access;
    const char *refresh;
    const char *former_access;
    const char *former_refresh;
};

/* Bytes with a NUL after them; those of these functions live with the test. */
struct recorded_bytes {
    char *data;
    size_t length;
    size_t room; /* how long data may become with the NUL */
};

/* Reads the file. Two requests of one title fail the test. */
struct recorded_requests *recorded_requests_read(struct test *test);

struct recorded_bytes
recorded_request_bytes(struct test *test,
                       const struct recorded_request *request,
                       const struct given_tokens *tokens);

/* Remembers the tokens in the reply, if it is one that gives some. */
void given_tokens_take(struct test *test, struct given_tokens *tokens,
                       const char *reply);

/* Adds bytes; the data is the caller's to free. */
void recorded_bytes_add(struct recorded_bytes *bytes, const char *data,
                        size_t length);

#endif
