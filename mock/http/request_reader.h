/*
 * Reads requests from a connection's input. Private to the files listed in
 * connection.h.
 */
#ifndef SLACKMOCK_REQUEST_READER_H
#define SLACKMOCK_REQUEST_READER_H

#include "connection.h"

/*
 * Reads the input, and answers every request that is whole, until a reply must
 * wait. May close the connection.
 */
void request_reader_read(struct connection *connection);

/* The client left before its request was whole: there is nobody to answer. */
void request_reader_lost(const struct connection *connection);

/* No more of the request will come: answers it if its head is whole. */
void request_reader_cut_short(struct connection *connection,
                              enum after_reply after);

/* The reply is there that a connection's request has waited for. */
void request_reader_answered(struct waiting_request *waiting);

#endif
