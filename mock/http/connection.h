/*
 * One connection of a server, and what it shares with the others. For those
 * that make one up, from low to high: connection.c,
 * connection_input.c, handover.c, connection_output.c, watching.c, delivery.c,
 * reply_end.c, proxy_request.c, request_reader.c, connection_watch.c,
 * connections.c. Who is high calls who is low; the way up is a callback.
 */
#ifndef SLACKMOCK_CONNECTION_H
#define SLACKMOCK_CONNECTION_H

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "connections.h"
#include "head_copy.h"
#include "message/chunk_check.h"
#include "responder.h"
#include "wire.h"

struct delivery;
struct evbuffer;
struct evhttp_connection;
struct front_link;
struct handover;
struct reader;
struct watching;

#define TLS_HANDSHAKE 0x16 /* the first byte of a record; none of HTTP's */

enum connection_state {
    CONNECTION_IDLE,
    CONNECTION_READING,  /* a request has begun */
    CONNECTION_REPLYING, /* its reply is being made, held back or sent */
    CONNECTION_STALLED,  /* it gets no reply */
    CONNECTION_WATCHING, /* it gets one that does not end */
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
    struct waiting_request waiting; /* for its reply */
    struct delivery *delivery;      /* of a reply that is held back, or NULL */
    struct reader *reader;          /* of a reply that does not end, or NULL */
    struct handover *handover;      /* while the client goes to the front */
    struct front_link *front;       /* what stands before it, or NULL */
    const struct deadline_kind *deadline_kind; /* of the timer; NULL: unset */
    struct event timer;
    struct event incoming; /* bytes of the client; see connection_input.h */
    bool is_deaf;          /* that event is not waited for */
    int64_t deadline;      /* by host_monotonic_time(); 0: none */
    struct head_copy head;
    bool is_silent; /* no request has begun on it */
    bool is_held;   /* bytes of its replies are; see connection_output.h */
    bool is_chunked;
    bool takes_scenario;       /* evhttp has the limit of a scenario's body */
    struct chunk_check chunks; /* of a chunked body */
    size_t unread; /* bytes at the front of the input that evhttp has seen */
    size_t unsent; /* bytes of the reply that the client has not taken */
};

TAILQ_HEAD(connection_list, connection);

/*
 * Deadlines of one kind have one duration, so libevent keeps them in a list in
 * which starting or stopping one costs the same however many there are
 * (event_base_init_common_timeout()).
 */
struct deadline_kind {
    int64_t milliseconds;
    const struct timeval *duration; /* the same, as libevent knows it */
    event_callback_fn expired;      /* gets the connection */
};

struct connection_callbacks {
    bufferevent_data_cb read;
    bufferevent_data_cb write;
    bufferevent_event_cb event;
    void (*delivered)(struct connection *connection); /* its reply has left */
};

/* Bytes of replies that leave together; see connection_output.h. */
struct held_reply {
    struct connection *connection;
    size_t length;
};

struct held_replies {
    struct event *turn_end;
    struct buffer bytes; /* of all of them, in the order of the list */
    struct held_reply *list;
    size_t count;
    size_t room;
};

struct connections {
    const struct connection_callbacks *callbacks;
    const struct connection_handler *handler;
    void *context;
    struct connection_limits limits;
    struct deadline_kind idle;
    struct deadline_kind request;
    struct deadline_kind unsent; /* for the next bytes of a reply to go */
    struct deadline_kind linger;
    struct event *watch;           /* for the new ones */
    struct connection_list fresh;  /* evhttp is still making these */
    struct connection_list silent; /* no request has begun; oldest first */
    struct connection_list list;   /* the others */
    size_t count;                  /* of both lists */
    struct front *front;
    bool stopping;
    /* evhttp's own callback for input, which turns it into requests. */
    bufferevent_data_cb evhttp_read;
    struct connection *reading;   /* whose request evhttp reads */
    struct evhttp_request *shown; /* the request that evhttp showed */
    struct evbuffer *early;       /* input withheld from evhttp */
    struct buffer short_head;     /* what evhttp gets of the head at hand */
    struct watching *watching;    /* the replies that do not end */
    struct outgoing reply;        /* the current reply */
    struct held_replies held;     /* until the end of the turn */
    int unconnected;              /* a socket; see connection_reset() */
};

/* Closes the connection now, whatever it is doing. */
void connection_close(struct connection *connection);

/* The same by a TCP reset, which the client sees as an error. */
void connection_reset(struct connection *connection);

/* Sets our callbacks in place of evhttp's. */
void connection_set_callbacks(struct connection *connection);

/* In place of another one. */
void connection_start_deadline(struct connection *connection,
                               const struct deadline_kind *kind);

/* False also once it has expired. */
bool connection_has_deadline(const struct connection *connection);

/* Does nothing if there is none. */
void connection_stop_deadline(struct connection *connection);

/* A request has begun. */
void connection_end_silence(struct connection *connection);

/* Before the connection's memory goes. */
void connection_end_timer(struct connection *connection);

/* Awaits a request, from now on unless it does so already. */
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
void connection_stuck(evutil_socket_t fd, short what, void *argument);
void connection_expired(evutil_socket_t fd, short what, void *argument);

#endif
