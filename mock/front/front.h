/*
 * What stands between a client and the plain server: the end of TLS, and the
 * tunnels of a proxy.
 *
 * A link carries the bytes of one connection, whose socket to the client it
 * owns. The plain server has the other end of a pair of sockets and serves it
 * as if it were the client. What a pair of sockets cannot tell is told here:
 * a reset, in either direction, and whether an end is one that was meant.
 */
#ifndef SLACKMOCK_FRONT_H
#define SLACKMOCK_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct authority_form;
struct buffer;
struct evbuffer;
struct event_base;
struct front;
struct front_link;

struct front_options {
    const char *directory;      /* of the certificate authority, or NULL */
    const char *upstream_proxy; /* HOST:PORT for tunnels, or NULL */
    const char *upstream_authorization; /* what it is sent, or NULL */
    const char *upstream_bypass;        /* NO_PROXY: the hosts it is not for */
    int64_t hello_timeout; /* milliseconds, from the first byte of TLS */
    int64_t idle_timeout;  /* the same, for a client to read a byte */
};

struct front_handler {
    /* The client has left, other than by an end. The owner closes its socket
     * and does not use the link again. */
    void (*left)(void *owner);
    /* TLS with this name ("" for none) failed, or a tunnel to it. */
    void (*failed)(void *context, const char *kind, const char *name,
                   const char *problem);
    /* The last link is gone. */
    void (*emptied)(void *context);
};

/* The sockets of a link; it closes both. */
struct front_sockets {
    int client;
    int server; /* -1 for a tunnel */
};

/*
 * Options and handler are lent. With a directory its certificate authority is
 * taken now, else one is made when it is needed. Returns NULL with the reason
 * added to `why`.
 */
struct front *front_create(struct event_base *base,
                           const struct front_options *options,
                           const struct front_handler *handler, void *context,
                           struct buffer *why);

/* The certificate that clients are to trust, in PEM. NULL without TLS. Lent. */
const char *front_authority(struct front *front);

/* Ports that no tunnel may reach on this machine. */
void front_add_own_port(struct front *front, int port);

/*
 * Begins TLS; `early` is what has been read already, and is emptied. Returns
 * NULL, the sockets closed, if TLS is not to be had.
 */
struct front_link *front_begin_tls(struct front *front,
                                   struct front_sockets sockets,
                                   struct evbuffer *early, void *owner);

/* Looks the target up and connects to it; the client is told how it went. */
struct front_link *front_begin_tunnel(struct front *front, int client,
                                      const struct authority_form *target,
                                      struct evbuffer *early, void *owner);

/* The end that the owner is about to make is not one of TLS: no close_notify.
 */
void front_link_cut(struct front_link *link);

/* Resets the client; the owner does not use the link again. */
void front_link_reset(struct front_link *link);

/* The owner closes its socket, and does not use the link again. What it has
 * sent still goes out. */
void front_link_leave(struct front_link *link);

bool front_is_empty(const struct front *front);

/* Closes every link. */
void front_free(struct front *front);

#endif
