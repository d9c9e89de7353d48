/*
 * Sends bytes straight to a connection's socket, and by its bufferevent only
 * what the socket does not take at once. Private to the files listed in
 * connection.h.
 *
 * Short replies are held until the end of the turn of the loop, and then sent
 * one after the other: a client that waits for many replies is woken up once,
 * not by each, and replies to requests that came together leave together.
 * Whatever else is sent, and a connection's end, sends those before it.
 */
#ifndef SLACKMOCK_CONNECTION_OUTPUT_H
#define SLACKMOCK_CONNECTION_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct connection;
struct connections;
struct event_base;

void connection_output_start(struct connections *connections,
                             struct event_base *base);

/* Nothing may be held any more. */
void connection_output_end(struct connections *connections);

/* Sends what is held now. */
void connection_output_flush(struct connections *connections);

/* How many bytes wait for the client to read those before them. */
size_t connection_output_waiting(const struct connection *connection);

/* Sends what is held; true if nothing waits. */
bool connection_output_is_out(const struct connection *connection);

/* True if the bytes, and all before them, are with the socket. */
bool connection_output_push(struct connection *connection, const char *bytes,
                            size_t length);

/*
 * The same for a whole reply, which is held if the connection stays open and it
 * is short, and not copied if it is large, but taken over.
 */
bool connection_output_push_reply(struct connection *connection,
                                  struct buffer *bytes);

#endif
