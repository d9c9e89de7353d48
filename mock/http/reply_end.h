/*
 * What follows on a reply that has left: the next request, or the end of the
 * connection. For the use of its other files alone.
 */
#ifndef SLACKMOCK_REPLY_END_H
#define SLACKMOCK_REPLY_END_H

#include <stdbool.h>

struct connection;

/*
 * True if the next request can be read, since bytes of it are there. The
 * connection may be closed then.
 */
bool reply_end(struct connection *connection);

#endif
