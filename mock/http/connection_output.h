/*
 * Sends bytes straight to a connection's socket, and by its bufferevent only
 * what the socket does not take at once. Private to the files listed in
 * connection.h.
 */
#ifndef SLACKMOCK_CONNECTION_OUTPUT_H
#define SLACKMOCK_CONNECTION_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct connection;

/* How many bytes wait for the client to read those before them. */
size_t connection_output_waiting(const struct connection *connection);

/* True if the bytes, and all before them, are with the socket. */
bool connection_output_push(struct connection *connection, const char *bytes,
                            size_t length);

/*
 * The same for a whole reply, which is not copied if it is large, but taken
 * over.
 */
bool connection_output_push_reply(struct connection *connection,
                                  struct buffer *bytes);

#endif
