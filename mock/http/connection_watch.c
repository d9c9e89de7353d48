/*
 * Reacts to what happens on a connection, by callbacks of its bufferevent in
 * place of evhttp's; the input is passed on to evhttp by request_reader.c.
 *
 * Nothing is read while a request is being answered, so a client that
 * sends more, or leaves, is noticed only after the reply.
 */
#include "connection_watch.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <stdlib.h>

#include "connection.h"
#include "connection_input.h"
#include "connection_output.h"
#include "delivery.h"
#include "front/front.h"
#include "handover.h"
#include "reply_end.h"
#include "request_reader.h"
#include "watching.h"

static void on_read(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    if (connection->state == CONNECTION_IDLE ||
        connection->state == CONNECTION_READING)
        request_reader_read(connection);
    else
        evbuffer_drain(bufferevent_get_input(bufferevent), (size_t)-1);
}

static void on_delivered(struct connection *connection)
{
    if (reply_end(connection))
        request_reader_read(connection);
}

static void finish_reply(struct connection *connection)
{
    connection_stop_deadline(connection);
    if (!connection->delivery && !waiting_request_is_late(&connection->waiting))
        on_delivered(connection);
}

/* The bufferevent's output is empty. */
static void on_write(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    if (connection->state == CONNECTION_WATCHING)
        connection_stop_deadline(connection);
    /* The client has read on; see connection_output.c. */
    if (connection->state == CONNECTION_IDLE ||
        connection->state == CONNECTION_READING)
        connection_input_resume(connection);
    if (connection->state == CONNECTION_IDLE &&
        evbuffer_get_length(bufferevent_get_input(bufferevent)) > 0)
        request_reader_read(connection);
    else if (connection->state == CONNECTION_REPLYING)
        finish_reply(connection);
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

const struct connection_callbacks connection_callbacks = {
    .read = on_read,
    .write = on_write,
    .event = on_event,
    .delivered = on_delivered,
};

void connection_client_left(void *owner)
{
    leave(owner);
}

void connection_timed_out(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    request_reader_cut_short(argument, LINGER);
}

/* evhttp calls this before it frees a connection, for whatever reason. */
static void on_close(struct evhttp_connection *evhttp, void *argument)
{
    struct connection *connection = argument;
    struct connections *all = connection->all;

    (void)evhttp;
    connection_output_flush(all);
    connection_end_timer(connection);
    connection_input_pause(connection);
    TAILQ_REMOVE(connection->is_silent ? &all->silent : &all->list, connection,
                 link);
    all->count--;
    if (all->reading == connection)
        all->reading = NULL;
    all->handler->forget(&connection->waiting);
    delivery_cancel(connection);
    watching_leave(all->watching, connection);
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
    connection->waiting.answered = request_reader_answered;
    connection->is_silent = true;
    TAILQ_INSERT_TAIL(&connection->all->silent, connection, link);
    connection->all->count++;
    evhttp_connection_set_closecb(evhttp, on_close, connection);
    connection_set_callbacks(connection);
    connection_input_start(connection);
    connection_start_deadline(connection, &connection->all->idle);
}
