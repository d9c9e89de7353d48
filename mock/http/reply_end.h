/*
 * What follows a reply that has left: the next request, or the end of the
 * connection. Private to the files listed in connection.h.
 */
#ifndef SLACKMOCK_REPLY_END_H
#define SLACKMOCK_REPLY_END_H

#include <stdbool.h>

struct connection;

/*
 * Ends the request. True if bytes of the next one are there to be read. May
 * close the connection.
 */
bool reply_end(struct connection *connection);

#endif
