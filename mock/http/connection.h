/*
 * One connection of a server, and what it shares with the others. For the use
 * of connections.c alone.
 */
#ifndef SLACKMOCK_CONNECTION_H
#define SLACKMOCK_CONNECTION_H

#include <event2/bufferevent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "buffer.h"
#include "connections.h"
#include "deadline_queue.h"

struct evbuffer;
struct event;
struct evhttp_connection;

enum connection_state {
    CONNECTION_IDLE,
    CONNECTION_READING,  /* a request has begun */
    CONNECTION_REPLYING, /* its reply is being made or sent */
    CONNECTION_LINGERING /* all is sent; see linger() */
};

enum after_reply { READ_ON, CLOSE, LINGER };

struct connection {
    TAILQ_ENTRY(connection) link;
    struct connections *all;
    struct bufferevent *bufferevent;
    struct evhttp_connection *evhttp; /* NULL until it is watched */
    struct evhttp_request *request;   /* whose reply is under way */
    enum connection_state state;
    enum after_reply after_reply;
    struct deadline deadline;
    struct buffer head;  /* the request's first bytes, with all of its head */
    size_t head_length;  /* 0 until the end of the head is there */
    size_t head_checked; /* so many bytes have been searched for that end */
    size_t unread;       /* what evhttp saw of the input and left there */
};

TAILQ_HEAD(connection_list, connection);

struct connections {
    const struct connection_handler *handler;
    void *context;
    struct connection_limits limits;
    struct deadline_queue *idle;
    struct deadline_queue *request;
    struct deadline_queue *linger;
    struct event *watch;          /* for the new ones */
    struct connection_list fresh; /* evhttp is still making these */
    struct connection_list list;
    size_t count; /* of that list */
    bool stopping;
    /* evhttp's own callback for input, which turns it into requests. */
    bufferevent_data_cb evhttp_read;
    struct connection *reading;   /* the one whose input evhttp looks at */
    struct evhttp_request *shown; /* what it found there */
    struct evbuffer *early;       /* input that evhttp is not to see yet */
    struct buffer reply;          /* for the reply at hand */
};

/* Begins to watch a connection that evhttp has just made. */
void connection_watch(struct connection *connection,
                      struct evhttp_connection *evhttp);

/* Closes it now, whatever it is doing. */
void connection_close(struct connection *connection);

/* A connection's time is up: to send a request, or to do anything else. */
deadline_expired connection_timed_out;
deadline_expired connection_expired;

#endif
