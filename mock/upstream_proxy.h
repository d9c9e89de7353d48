/*
 * The proxy by way of which other hosts are reached, as the environment names
 * it.
 */
#ifndef SLACKMOCK_UPSTREAM_PROXY_H
#define SLACKMOCK_UPSTREAM_PROXY_H

#include "base/buffer.h"

/*
 * Writes HOST:PORT of HTTPS_PROXY or https_proxy into `proxy`, nothing if
 * neither is set. Returns 0, or -1 with the reason added to `why`.
 */
int upstream_proxy_read(struct buffer *proxy, struct buffer *why);

#endif
