/*
 * A client of the soak test. Unlike http_client.h and raw_socket.h it may
 * be used by any thread, asserts nothing and keeps nothing: millions of calls
 * cost the memory of one.
 */
#ifndef CLIENT_TESTS_SOAK_CLIENT_H
#define CLIENT_TESTS_SOAK_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "soak_connection.h"

/* For a head and a body; the longest is a journal's. */
#define SOAK_INPUT_SIZE (256 * 1024)

struct soak_client {
    int port;
    const char *authority; /* the file of the certificate; NULL: plain */
    struct soak_connection connection;
    int status; /* of the last reply */
    bool will_close;
    const char *body; /* likewise; lies in `input`, a NUL behind it */
    char input[SOAK_INPUT_SIZE + 1];
    size_t length;   /* of what was received */
    size_t consumed; /* what of it was the last reply */
    char held;       /* the byte in whose place that NUL stands */
};

const char *soak_end_name(enum soak_end end);

void soak_client_init(struct soak_client *client, int port,
                      const char *authority);

/* Connects unless it is connected. False if that fails. */
bool soak_client_open(struct soak_client *client);

/* False if the peer does not take it. */
bool soak_client_send(struct soak_client *client, const char *text);

enum soak_end soak_client_await(struct soak_client *client);

/* Half-closes. */
void soak_client_finish(struct soak_client *client);

void soak_client_close(struct soak_client *client);

/* Ends the connection with a RST. */
void soak_client_reset(struct soak_client *client);

#endif
