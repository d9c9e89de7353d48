/*
 * The proxy by way of which other hosts are reached, as the environment names
 * it: HTTPS_PROXY and NO_PROXY, or the same in small letters.
 */
#ifndef SLACKMOCK_UPSTREAM_PROXY_H
#define SLACKMOCK_UPSTREAM_PROXY_H

#include "base/buffer.h"

/* The caller owns the struct: zero it; end with upstream_proxy_clear(). */
struct upstream_proxy {
    struct buffer address;       /* HOST:PORT; empty: there is none */
    struct buffer authorization; /* as a header has it; empty: none is sent */
    const char *bypass;          /* hosts to reach without it, NULL: none */
};

/* Returns 0, or -1 with the reason added to `why`. */
int upstream_proxy_read(struct upstream_proxy *proxy, struct buffer *why);

void upstream_proxy_clear(struct upstream_proxy *proxy);

#endif
