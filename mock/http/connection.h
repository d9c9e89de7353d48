/*
 * One connection of a server, and what all share. It is private to the files
 * that handle connections; from low to high: connection.c, delivery.c,
 * reply_end.c, request_reader.c, connection_watch.c, connections.c. A file
 * calls those before it; those after it are reached by callbacks.
 */
#ifndef SLACKMOCK_CONNECTION_H
#define SLACKMOCK_CONNECTION_H

#include <event2/bufferevent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "connections.h"
#include "deadline_queue.h"
#include "head_copy.h"
#include "message/chunk_check.h"
#include "wire.h"

struct delivery;
struct evbuffer;
struct event;
struct evhttp_connection;

enum connection_state {
    CONNECTION_IDLE,
    CONNECTION_READING,  /* a request has begun */
    CONNECTION_REPLYING, /* its reply is being made, held back or sent */
    CONNECTION_STALLED,  /* it gets no reply */
    CONNECTION_LINGERING /* all is sent; see linger() */
};

enum after_reply { READ_ON, CLOSE, LINGER };

struct connection {
    TAILQ_ENTRY(connection) link;
    struct connections *all;
    struct bufferevent *bufferevent;
    struct evhttp_connection *evhttp; /* NULL until it is watched */
    struct evhttp_request *request;   /* the request that is being answered */
    enum connection_state state;
    enum after_reply after_reply;
    struct delivery *delivery; /* the reply that is held back, or NULL */
    struct deadline deadline;
    struct head_copy head;
    bool is_chunked;
    struct chunk_check chunks; /* of a chunked body */
    size_t unread; /* bytes at the front of the input that evhttp has seen */
    size_t unsent; /* bytes of the reply that the client has not taken */
};

TAILQ_HEAD(connection_list, connection);

struct connection_callbacks {
    bufferevent_data_cb read;
    bufferevent_data_cb write;
    bufferevent_event_cb event;
    void (*delivered)(struct connection *connection); /* its reply has left */
};

struct connections {
    const struct connection_callbacks *callbacks;
    const struct connection_handler *handler;
    void *context;
    struct connection_limits limits;
    struct deadline_queue *idle;
    struct deadline_queue *request;
    struct deadline_queue *unsent; /* for the next bytes of a reply to go */
    struct deadline_queue *linger;
    struct event *watch; /* fires once evhttp has made new connections */
    struct connection_list fresh; /* the new connections */
    struct connection_list list;
    size_t count; /* of that list */
    bool stopping;
    /* evhttp's own callback for input, which turns it into requests. */
    bufferevent_data_cb evhttp_read;
    struct connection *reading;   /* whose request evhttp reads */
    struct evhttp_request *shown; /* the request that evhttp showed */
    struct evbuffer *early;       /* input withheld from evhttp */
    struct outgoing reply;        /* the current reply */
    int unconnected;              /* a socket; see connection_reset() */
};

/* Closes the connection now, whatever it is doing. */
void connection_close(struct connection *connection);

/* The same by a TCP reset, which the client sees as an error. */
void connection_reset(struct connection *connection);

/* Sets our callbacks in place of evhttp's. */
void connection_set_callbacks(struct connection *connection);

/* Waits for a request; the idle deadline starts, unless it runs already. */
void connection_become_idle(struct connection *connection);

/*
 * To be called when bytes of a reply wait for the client to read those before.
 */
void connection_await_reader(struct connection *connection);

/* Stops the request's deadline: a reply is being made. */
void connection_begin_reply(struct connection *connection);

/*
 * What to do when time is up: stuck() if the client takes nothing of a reply,
 * expired() for all else.
 */
deadline_expired connection_stuck;
deadline_expired connection_expired;

#endif
