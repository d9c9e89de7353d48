/*
 * The HTTP server: evhttp's requests become the core's, the core's replies
 * become bytes. One thread, one event loop.
 */
#ifndef SLACKMOCK_SERVER_H
#define SLACKMOCK_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "connections.h"
#include "event_sender.h"
#include "shared_port.h"

struct event_base;
struct entrance;
struct intake;
struct ordered_log;
struct request_log;
struct server;

struct server_options {
    struct listen_address addresses[ADDRESSES_MAX];
    size_t address_count;
    struct connection_limits limits;
    const char *control_token; /* NULL for none; lent, as the next ones */
    const char *ca_directory;
    const char *upstream_proxy; /* of tunnels; see struct front_options */
    const char *upstream_authorization;
    const char *upstream_bypass;
    bool pass_through;
    struct event_hosts event_hosts;
};

/*
 * Creates a server that accepts connections, though it answers none before
 * server_run(). The ordered log is taken over, the rest is lent. Returns NULL
 * with the reason added to `why` if an address cannot be listened on.
 */
struct server *server_create(const struct server_options *options,
                             struct request_log *log, struct entrance *entrance,
                             struct ordered_log *order, struct buffer *why);

/* The real port of the first address. */
int server_port(const struct server *server);

/* The certificate that clients are to trust, in PEM. NULL without TLS. Lent. */
const char *server_certificate(const struct server *server);

/* Where inputs go that are no requests. Lent. */
struct intake *server_intake(const struct server *server);

/* The loop, for events of the caller's own, such as signals. */
struct event_base *server_event_base(const struct server *server);

/* Answers requests until server_stop() has taken effect. */
void server_run(struct server *server);

/* To be called after an input from elsewhere: those who watch are told. */
void server_note_change(const struct server *server);

/*
 * Accepts no more, and ends once replies under way are out, at most 5 s later.
 * A second call ends at once.
 */
void server_stop(struct server *server);

/* True if it listens on more than loopback, and no token guards the control
 * API. */
bool server_control_is_off(const struct server *server);

void server_free(struct server *server);

#endif
