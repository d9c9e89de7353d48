/*
 * A connection in TLS, by libcurl, on which a test sends the bytes it wants:
 * the way through the front. For the use of raw_socket.c, but for tls_way.
 */
#ifndef CLIENT_TESTS_TLS_CLIENT_H
#define CLIENT_TESTS_TLS_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "deadline.h"

struct server;
struct test;
struct tls_client;

struct tls_way {
    const char *name;      /* of the host, NULL for localhost */
    const char *authority; /* the file of the certificate to trust */
    bool by_proxy;         /* by CONNECT, to port 443 */
};

/* Connects and shakes hands. */
struct tls_client *tls_client_create(struct test *test,
                                     const struct server *server,
                                     const struct tls_way *way);

/* The same, if the server lets it; else why not. */
const char *tls_client_refusal(struct test *test, const struct server *server,
                               const struct tls_way *way);

int tls_client_socket(const struct tls_client *client);

/* Returns how much was taken, -1 if the connection is gone. */
ssize_t tls_client_send(struct tls_client *client, const char *bytes,
                        size_t length);

struct tls_received {
    size_t length; /* 0: the connection was closed */
    bool was_reset;
    bool was_announced; /* by a close_notify */
};

struct tls_received tls_client_receive(struct tls_client *client, char *bytes,
                                       size_t room, deadline end);

/* Does nothing to NULL. */
void tls_client_free(struct tls_client *client);

/* Whether the program under test was built with TLS. */
bool tls_is_there(struct test *test);

/* Skips the test if the program under test was built without TLS. */
void tls_skip_without(struct test *test);

#endif
