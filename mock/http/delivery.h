/*
 * Sends the reply of a connection: at once, late, byte by byte, in part or
 * never, as the reply says. Private to the files listed in connection.h.
 */
#ifndef SLACKMOCK_DELIVERY_H
#define SLACKMOCK_DELIVERY_H

#include <stdbool.h>

struct connection;
struct outgoing;

/*
 * Begins to send a reply; bytes that must wait are copied, or taken. True if
 * all of it is out. Else the callback `delivered` is called once it is, unless
 * the connection is closed before that, which this call may do.
 */
bool delivery_start(struct connection *connection, struct outgoing *reply);

/* Forgets a reply that is still held back. */
void delivery_cancel(struct connection *connection);

#endif
