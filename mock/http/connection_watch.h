/*
 * Watches connections: input, output, errors, deadlines.
 */
#ifndef SLACKMOCK_CONNECTION_WATCH_H
#define SLACKMOCK_CONNECTION_WATCH_H

#include "connection.h"

extern const struct connection_callbacks connection_callbacks;

/* Begins to watch a connection that evhttp has just made. */
void connection_watch(struct connection *connection,
                      struct evhttp_connection *evhttp);

/* The client has not sent a whole request in time. */
deadline_expired connection_timed_out;

#endif
