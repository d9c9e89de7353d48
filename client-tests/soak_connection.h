/*
 * What a connection of the soak test is made of: a socket, plain or in TLS by
 * libcurl. Any thread may use it; it asserts nothing.
 */
#ifndef CLIENT_TESTS_SOAK_CONNECTION_H
#define CLIENT_TESTS_SOAK_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "deadline.h"

/* What came of waiting. */
enum soak_end {
    SOAK_REPLY,  /* a whole reply; of soak_connection_receive(): some bytes */
    SOAK_BROKEN, /* one that the end of the connection cut short */
    SOAK_CLOSED, /* the end of the connection, before any byte */
    SOAK_RESET,
    SOAK_LATE, /* nothing within the deadline */
    SOAK_ENDS
};

struct soak_connection {
    int descriptor;     /* -1: not connected */
    void *tls;          /* libcurl's handle, NULL: plain */
    bool was_announced; /* a close_notify came */
};

#define SOAK_CONNECTION_INIT                                                   \
    {                                                                          \
        -1, NULL, false                                                        \
    }

/*
 * Connects to the port on 127.0.0.1: in TLS, shaking hands, if there is a file
 * of a certificate to trust. False if that fails.
 */
bool soak_connection_open(struct soak_connection *connection, int port,
                          const char *authority);

/* False if the peer does not take it. */
bool soak_connection_send(struct soak_connection *connection, const char *text);

/* Waits for more; how many bytes came is added to `length`. */
enum soak_end soak_connection_receive(struct soak_connection *connection,
                                      char *bytes, size_t room, size_t *length,
                                      deadline end);

/* Half-closes the socket, without a word in TLS. */
void soak_connection_finish(struct soak_connection *connection);

/* Does nothing to one that is not connected. */
void soak_connection_close(struct soak_connection *connection);

/* Ends it with a RST. */
void soak_connection_reset(struct soak_connection *connection);

#endif
