/*
 * The life of a connection. All callbacks of its bufferevent are ours; what
 * evhttp does with the input is seen in request_reader.c.
 *
 * evhttp stops reading while a request is with us, so a client that sends more,
 * or leaves, is met after the reply.
 */
#include "connection.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "delivery.h"
#include "front/front.h"
#include "handover.h"
#include "request_reader.h"

static void on_read(struct bufferevent *bufferevent, void *argument);
static void on_write(struct bufferevent *bufferevent, void *argument);
static void on_event(struct bufferevent *bufferevent, short what,
                     void *argument);

void connection_set_callbacks(struct connection *connection)
{
    bufferevent_setcb(connection->bufferevent, on_read, on_write, on_event,
                      connection);
}

static struct evbuffer *input_of(struct connection *connection)
{
    return bufferevent_get_input(connection->bufferevent);
}

void connection_become_idle(struct connection *connection)
{
    if (connection->state == CONNECTION_IDLE && connection->deadline.queue)
        return;
    connection->state = CONNECTION_IDLE;
    deadline_start(connection->all->idle, &connection->deadline, connection);
}

static size_t unsent(const struct connection *connection)
{
    return evbuffer_get_length(bufferevent_get_output(connection->bufferevent));
}

void connection_await_reader(struct connection *connection)
{
    connection->unsent = unsent(connection);
    if (!connection->deadline.queue)
        deadline_start(connection->all->unsent, &connection->deadline,
                       connection);
}

void connection_stuck(void *owner)
{
    struct connection *connection = owner;

    if (unsent(connection) < connection->unsent)
        connection_await_reader(connection);
    else
        connection_close(connection);
}

/* However it comes about, evhttp tells us before it frees a connection. */
static void on_close(struct evhttp_connection *evhttp, void *argument)
{
    struct connection *connection = argument;
    struct connections *all = connection->all;

    (void)evhttp;
    deadline_stop(&connection->deadline);
    TAILQ_REMOVE(&all->list, connection, link);
    all->count--;
    if (all->reading == connection)
        all->reading = NULL;
    delivery_cancel(connection);
    handover_cancel(connection);
    if (connection->front)
        front_link_leave(connection->front);
    head_copy_free(&connection->head);
    free(connection);
    if (all->stopping && !all->count)
        all->handler->emptied(all->context);
}

void connection_watch(struct connection *connection,
                      struct evhttp_connection *evhttp)
{
    connection->evhttp = evhttp;
    TAILQ_INSERT_TAIL(&connection->all->list, connection, link);
    connection->all->count++;
    evhttp_connection_set_closecb(evhttp, on_close, connection);
    connection_set_callbacks(connection);
    connection_become_idle(connection);
}

void connection_close(struct connection *connection)
{
    evhttp_connection_free(connection->evhttp);
}

/*
 * evhttp shuts a socket down before it closes it, and a FIN would precede the
 * reset. So it finds another socket in its place.
 */
void connection_reset(struct connection *connection)
{
    const struct linger at_once = {1, 0};
    int fd = bufferevent_getfd(connection->bufferevent);

    if (connection->front)
        front_link_reset(connection->front);
    connection->front = NULL;
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)dup2(connection->all->unconnected, fd);
    connection_close(connection);
}

/*
 * To close while the client still sends would reset the connection, and the
 * reply might be lost on the way. So we say that we are done, and read and
 * forget until the client is done too, or its time is.
 */
static void linger(struct connection *connection)
{
    connection->state = CONNECTION_LINGERING;
    (void)shutdown(bufferevent_getfd(connection->bufferevent), SHUT_WR);
    bufferevent_enable(connection->bufferevent, EV_READ);
    deadline_start(connection->all->linger, &connection->deadline, connection);
}

/*
 * Has evhttp end the request; false if it closes the connection then. It must
 * find no input: it would plan to read that by itself later, through a callback
 * of ours with an argument of its own.
 */
static bool end_request(struct connection *connection)
{
    struct evbuffer *input = input_of(connection);
    struct connections *all = connection->all;
    struct evhttp_request *request = connection->request;

    connection->request = NULL;
    all->reading = connection;
    /* It was chunked if the client's was, and evhttp would end it as such. */
    request->chunked = 0;
    evbuffer_add_buffer(all->early, input);
    evhttp_send_reply_end(request);
    if (all->reading != connection) {
        evbuffer_drain(all->early, (size_t)-1);
        return false;
    }
    evbuffer_prepend_buffer(input, all->early);
    return true;
}

/*
 * Lets evhttp await the next request. Returns whether bytes of it have been
 * read already.
 */
static bool next_request(struct connection *connection)
{
    if (!end_request(connection))
        return false;
    connection_set_callbacks(connection);
    head_copy_clear(&connection->head);
    connection->chunks = (struct chunk_check){0};
    connection->unread = 0;
    if (evbuffer_get_length(input_of(connection)))
        return true;
    connection_become_idle(connection);
    return false;
}

/* True if the client has sent what nobody has read. */
static bool has_unread(const struct connection *connection)
{
    char byte;

    return recv(bufferevent_getfd(connection->bufferevent), &byte, sizeof byte,
                MSG_PEEK | MSG_DONTWAIT) > 0;
}

/* The reply has left. Returns what next_request() does. */
static bool end_reply(struct connection *connection)
{
    if (connection->after_reply == READ_ON && !connection->all->stopping)
        return next_request(connection);
    if (connection->after_reply == LINGER || has_unread(connection))
        linger(connection);
    else
        connection_close(connection);
    return false;
}

/* The reply does not end as it should, and TLS shall not say so. */
static bool is_cut(const struct outgoing *reply)
{
    return reply->fault == FAULT_CLOSE || reply->fault == FAULT_TRUNCATE;
}

bool connection_send_reply(struct connection *connection)
{
    if (connection->front && is_cut(&connection->all->reply))
        front_link_cut(connection->front);
    if (delivery_start(connection, &connection->all->reply))
        return end_reply(connection);
    return false;
}

bool connection_confirm_connect(struct connection *connection)
{
    static const char established[] =
        "HTTP/1.1 200 Connection established\r\n\r\n";
    struct evbuffer *input = input_of(connection);
    ssize_t sent;

    evbuffer_drain(input, connection->head.length);
    head_copy_clear(&connection->head);
    connection->unread = 0;
    deadline_stop(&connection->deadline);
    connection_become_idle(connection);
    sent = send(bufferevent_getfd(connection->bufferevent), established,
                strlen(established), MSG_NOSIGNAL);
    if (sent == (ssize_t)strlen(established))
        return evbuffer_get_length(input) > 0;
    connection_close(connection);
    return false;
}

void connection_begin_reply(struct connection *connection)
{
    deadline_stop(&connection->deadline);
    connection->state = CONNECTION_REPLYING;
}

static void on_read(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    if (connection->state == CONNECTION_IDLE ||
        connection->state == CONNECTION_READING)
        request_reader_read(connection);
    else
        evbuffer_drain(bufferevent_get_input(bufferevent), (size_t)-1);
}

void connection_delivered(struct connection *connection)
{
    if (end_reply(connection))
        request_reader_read(connection);
}

/* All that was to be written has been. */
static void on_write(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    (void)bufferevent;
    if (connection->state != CONNECTION_REPLYING)
        return;
    deadline_stop(&connection->deadline);
    if (!connection->delivery)
        connection_delivered(connection);
}

/* The client has left. */
static void leave(struct connection *connection)
{
    if (connection->state == CONNECTION_READING)
        request_reader_lost(connection);
    connection_close(connection);
}

static void on_event(struct bufferevent *bufferevent, short what,
                     void *argument)
{
    struct connection *connection = argument;
    bool half_closed = what == (BEV_EVENT_READING | BEV_EVENT_EOF);

    (void)bufferevent;
    if (half_closed && connection->state == CONNECTION_READING)
        request_reader_cut_short(connection, CLOSE);
    else if (half_closed && connection->state == CONNECTION_REPLYING)
        connection->after_reply = CLOSE;
    else
        leave(connection);
}

void connection_client_left(void *owner)
{
    leave(owner);
}

void connection_timed_out(void *owner)
{
    request_reader_cut_short(owner, LINGER);
}

void connection_expired(void *owner)
{
    connection_close(owner);
}
