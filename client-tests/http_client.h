/*
 * Plain HTTP through libcurl, as somebody without an SDK would send it. What is
 * sent is what the test says and no more: no Content-Type, Expect or proxy of
 * libcurl's own. A reply that does not come fails the test.
 */
#ifndef CLIENT_TESTS_HTTP_CLIENT_H
#define CLIENT_TESTS_HTTP_CLIENT_H

#include <stddef.h>

#include "http_reply.h"

struct server;

#define FORM "Content-Type: application/x-www-form-urlencoded"

struct http_request {
    const char *verb;   /* NULL: POST with a body, GET without one */
    const char *target; /* path and query, from the `/` on */
    const char *headers[6];
    const char *body;        /* NULL for none */
    size_t length;           /* 0: up to the NUL */
    const char *proxy;       /* the URL of one; NULL for none */
    const char *certificate; /* file of the one to trust; NULL: as the system */
};

const struct http_reply *http_send(struct test *test,
                                   const struct server *server,
                                   const struct http_request *request);

/* The same to an address like `http://[::1]:8080`. */
const struct http_reply *http_send_to(struct test *test, const char *origin,
                                      const struct http_request *request);

/* Posts a urlencoded form to oauth.v2.exchange. */
const struct http_reply *
http_exchange(struct test *test, const struct server *server, const char *form);

#endif
