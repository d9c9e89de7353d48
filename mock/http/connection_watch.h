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

/* Its time to send a request is up. */
void connection_timed_out(evutil_socket_t fd, short what, void *argument);

#endif
