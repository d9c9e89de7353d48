/*
 * All connections of a server. evhttp accepts them and parses what they send;
 * the files behind this header watch for what evhttp hides or does otherwise
 * than Slack: a body that is cut short, deadlines, the end of the server.
 *
 * The handler decides what is answered. Only when and how the bytes go out is
 * decided here.
 */
#ifndef SLACKMOCK_CONNECTIONS_H
#define SLACKMOCK_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "control/proxy_access.h"

struct buffer;
struct connections;
struct event_base;
struct evhttp;
struct evhttp_request;
struct front;
struct head_copy;
struct outgoing;
struct refusal;
struct waiting_request;
struct watcher;

struct connection_limits {
    int64_t request_timeout; /* milliseconds, from first byte to last */
    int64_t idle_timeout;    /* the same, without a request or a read byte */
    size_t connections;
    size_t head;     /* bytes in a request's line and headers */
    size_t url;      /* bytes in its path and query */
    size_t body;     /* bytes behind its head */
    size_t scenario; /* the same, if they are to be a scenario */
};

struct connection_handler {
    /*
     * Makes the reply; evhttp has seen a part of the head. True if it is there;
     * else waiting->answered() is called later, unless the request is forgotten
     * before.
     */
    bool (*answer)(void *context, struct evhttp_request *request,
                   const struct head_copy *head,
                   struct waiting_request *waiting, struct outgoing *reply);
    /* True if the body behind this head is to be a scenario. */
    bool (*takes_scenario)(void *context, const char *head, size_t length);
    /* The same as `answer` for a request that never came whole; this is its
     * head. */
    bool (*answer_cut_short)(void *context, const char *head, size_t length,
                             struct waiting_request *waiting);
    /*
     * The same for a request that is refused, with an HTTP status and a reason.
     */
    bool (*answer_malformed)(void *context, const char *head, size_t length,
                             const struct refusal *refusal,
                             struct waiting_request *waiting);
    /* The connection is gone whose request waits for its reply. */
    void (*forget)(struct waiting_request *waiting);
    /* Judges a head whose target is neither a path nor `*`. */
    struct proxy_ruling (*judge_proxy)(void *context, const char *head,
                                       size_t length);
    /* The client left within a request, or never ended its head. There is no
     * reply. */
    void (*lost)(void *context, const char *head, size_t length,
                 const char *problem);
    /* Adds what a watcher is to be told; false: he is told no more. */
    bool (*tell)(void *context, struct watcher *watcher, struct buffer *text);
    /* A connection is closed because there are too many, as the text says. */
    void (*full)(void *context, const char *text);
    /* After connections_stop(): the last one is gone. */
    void (*emptied)(void *context);
};

/*
 * Takes charge of every connection that `http` accepts. The handler and its
 * context must outlive the result. NULL, with errno set, if the socket that
 * connection_reset() needs cannot be had.
 */
struct connections *connections_create(struct event_base *base,
                                       struct evhttp *http,
                                       const struct connection_limits *limits,
                                       const struct connection_handler *handler,
                                       void *context);

/* Where TLS and tunnels go. Lent. */
void connections_set_front(struct connections *connections,
                           struct front *front);

/* The client of a connection that is the owner of a link has left. */
void connection_client_left(void *owner);

/* To be called after every input: watchers may have to be told. */
void connections_note_change(struct connections *connections);

/* Closes every connection, those with a reply under way once it is out. */
void connections_stop(struct connections *connections);

/* To be called after evhttp_free(), which closes what is left. */
void connections_free(struct connections *connections);

#endif
