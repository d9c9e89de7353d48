/*
 * How requests come out of a connection's input. For the use of the
 * connection's other files alone.
 */
#ifndef SLACKMOCK_REQUEST_READER_H
#define SLACKMOCK_REQUEST_READER_H

#include "connection.h"

/*
 * Reads what is in the input, and answers every request that is whole until one
 * must wait. The connection may be closed then.
 */
void request_reader_read(struct connection *connection);

/* The client has left within a request, whose answer has nowhere to go. */
void request_reader_lost(const struct connection *connection);

/* No more of the request will come: answers it if at least its head has. */
void request_reader_cut_short(struct connection *connection,
                              enum after_reply after);

#endif
