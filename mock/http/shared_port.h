/*
 * Listens on the addresses of one server, which share a port as far as that
 * can be: whoever resolves `localhost` may get either of its two addresses.
 */
#ifndef SLACKMOCK_SHARED_PORT_H
#define SLACKMOCK_SHARED_PORT_H

#include "listener.h"

#define ADDRESSES_MAX 2

/*
 * Two addresses with port 0 get the same free one, unless the one covers the
 * other and has its port already. An IPv6 wildcard leaves IPv4 to an address
 * beside it that wants the same port. Returns 0, or -1 with the reason added to
 * `why` and nothing open.
 */
int shared_port_open(struct event_base *base,
                     const struct listen_address *addresses, size_t count,
                     struct listener listeners[ADDRESSES_MAX],
                     struct buffer *why);

#endif
