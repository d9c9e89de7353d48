/*
 * One address that a server listens on.
 */
#ifndef SLACKMOCK_LISTENER_H
#define SLACKMOCK_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct event_base;
struct evhttp;

struct listen_address {
    char host[256]; /* a name or an address, without brackets */
    uint16_t port;  /* 0 for any that is free */
};

/*
 * Listens and lets evhttp accept. Returns the real port, or -1 with the reason
 * added to `why`. Says whether only this machine can connect.
 */
int listener_open(struct event_base *base, struct evhttp *http,
                  const struct listen_address *address, bool *is_loopback,
                  struct buffer *why);

/* No more connections on any address of `http`, not even in the backlog. */
void listener_stop_all(struct evhttp *http);

/* Adds `host:port`, an IPv6 address in brackets. */
void listen_address_print(struct buffer *output, const char *host, int port);

#endif
