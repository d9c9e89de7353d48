/*
 * The addresses that a server listens on.
 */
#ifndef SLACKMOCK_LISTENER_H
#define SLACKMOCK_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct addrinfo;
struct evconnlistener;
struct event_base;
struct evhttp;

struct listen_address {
    char host[256]; /* a name or an address, without brackets */
    uint16_t port;  /* 0 for any that is free */
};

struct listener {
    struct evconnlistener *socket; /* NULL: it is closed */
    int port;                      /* the real one */
    bool is_loopback;              /* only this machine can connect */
};

/* What a host and a port stand for; freeaddrinfo() ends it. NULL with the
 * reason added to `why` if that is nothing. */
struct addrinfo *listener_resolve(const struct listen_address *address,
                                  struct buffer *why);

/*
 * Listens on the first that can be had; an IPv6 wildcard takes IPv4 in as well
 * unless `ipv6_only`. Returns 0, or -1 with errno set.
 */
int listener_open(struct listener *listener, struct event_base *base,
                  const struct addrinfo *found, bool ipv6_only);

/* Only as long as evhttp does not have it. */
void listener_close(struct listener *listener);

/* Lets evhttp accept on it, and own it. */
void listener_serve(const struct listener *listener, struct evhttp *http);

/* No more connections on any address of `http`, not even in the backlog. */
void listener_stop_all(struct evhttp *http);

/* Adds `host:port`, an IPv6 address in brackets. */
void listen_address_print(struct buffer *output, const char *host, int port);

/* Adds that it cannot be listened on, and a reason. Returns -1. */
int listen_address_fail(const struct listen_address *address,
                        const char *reason, struct buffer *why);

#endif
