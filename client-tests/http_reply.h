/*
 * An HTTP reply as it came: status, header fields in their order, body bytes.
 */
#ifndef CLIENT_TESTS_HTTP_REPLY_H
#define CLIENT_TESTS_HTTP_REPLY_H

#include <stddef.h>

#define HTTP_HEADERS_MAX 64

struct cJSON;
struct test;

struct http_header {
    char *name; /* as sent */
    char *value;
};

struct http_reply {
    int status;
    struct http_header headers[HTTP_HEADERS_MAX];
    size_t header_count;
    char *body; /* with a NUL after its last byte, never NULL */
    size_t length;
    size_t capacity;    /* 0: of the first, empty one */
    struct cJSON *json; /* the body, NULL if it is no JSON */
};

/* An empty one that lives as long as the test. */
struct http_reply *http_reply_create(struct test *test);

/* Takes one line of the head, with its line end. A status line starts anew. */
void http_reply_add_line(struct http_reply *reply, const char *line,
                         size_t length);
void http_reply_add_body(struct http_reply *reply, const char *bytes,
                         size_t length);

/* Parses the body, once it is complete. */
void http_reply_finish(struct http_reply *reply);

/* The value of a header of that name in any letter case, NULL without one. */
const char *http_header(const struct http_reply *reply, const char *name);

/* The names in lower case, sorted and comma-joined; lives with the test. */
const char *http_header_names(struct test *test,
                              const struct http_reply *reply);

#endif
