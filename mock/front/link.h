/*
 * What front.c, link.c and tunnel.c share. For the use of this folder.
 */
#ifndef SLACKMOCK_LINK_H
#define SLACKMOCK_LINK_H

#include <event2/bufferevent.h>
#include <event2/event_struct.h>
#include <sys/queue.h>

#include "front.h"
#include "tls.h"

#define OWN_PORTS_MOST 2

struct evdns_base;
struct tunnel;

TAILQ_HEAD(front_links, front_link);

struct front {
    struct event_base *base;
    struct front_options options;
    const struct front_handler *handler;
    void *context;
    struct tls *tls;        /* NULL until it is needed */
    struct evdns_base *dns; /* the same */
    int own_ports[OWN_PORTS_MOST];
    size_t own_port_count;
    struct front_links links;
    struct front_links greeting; /* whose hello goes on; the oldest is first */
    struct event greeter;
};

struct front_link {
    TAILQ_ENTRY(front_link) link;
    TAILQ_ENTRY(front_link) greeting;
    struct front *front;
    void *owner;                /* NULL once it has left */
    struct bufferevent *client; /* the wire */
    struct bufferevent *server; /* plain bytes; NULL before a tunnel is dug */
    struct tls_session *tls;    /* NULL in a tunnel */
    struct tunnel *tunnel;      /* while it is being dug, else NULL */
    struct event timer;         /* of the hello, later of the end */
    bool is_greeting;           /* it is in that list */
    bool is_open;               /* bytes may pass */
    bool client_ended;          /* it will send no more */
    bool client_reset;          /* the same, by a reset within its hello */
    bool server_ended;
    bool is_cut;  /* no close_notify */
    bool is_last; /* all that is for the client is on its way */
    bool is_lingering;
};

/* A link of the client's socket, in the front's list. */
struct front_link *link_create(struct front *front, int client, void *owner,
                               struct evbuffer *early);

/* Goes on with the hello that is first in the front's list. */
void link_greet_next(evutil_socket_t fd, short what, void *argument);

/* Takes charge of the socket to whoever serves the client. */
void link_set_server(struct front_link *link, struct bufferevent *server);

/* Lets bytes pass, in both directions. */
void link_open(struct front_link *link);

/* Ends without the owner, if it is still there. */
void link_drop(struct front_link *link);

/* Ends the client's side, after what is in the output; the owner has left. */
void link_end_client(struct front_link *link);

#endif
