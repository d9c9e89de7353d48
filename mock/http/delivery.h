/*
 * How the reply of a connection goes out: at once, late, in pieces, in part or
 * never, as the reply wishes. For the use of the connection's other files
 * alone.
 */
#ifndef SLACKMOCK_DELIVERY_H
#define SLACKMOCK_DELIVERY_H

#include <stdbool.h>

struct connection;
struct outgoing;

/*
 * Begins to send a reply, whose bytes are copied, or taken, as far as they are
 * still needed. True if all of it is out. Else the callback `delivered` is
 * called once it is, or the
 * connection is closed before that, maybe by this call.
 */
bool delivery_start(struct connection *connection, struct outgoing *reply);

/* Forgets a reply that is still held back. */
void delivery_cancel(struct connection *connection);

#endif
