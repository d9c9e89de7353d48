/*
 * Most replies are not held back.
 *
 * A reply that is held back costs its bytes and a struct delivery. Meanwhile
 * nothing is read, so that what the client sends stays in order. An event of
 * our own watches the socket for a client that resets the connection. It is
 * edge-triggered: bytes to be read, or a FIN, wake it only once.
 */
#include "delivery.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/xalloc.h"
#include "connection.h"
#include "connection_input.h"
#include "connection_output.h"
#include "host_time.h"
#include "spare_memory.h"
#include "watching.h"
#include "wire.h"

#define DRIBBLE_MS 5 /* for each byte */

/* A reply that is held back, or comes out byte by byte. */
struct delivery {
    struct connection *connection;
    struct event timer;
    struct event leaving; /* watches for a reset by the client */
    bool is_watched;
    int64_t due; /* on host_monotonic_time(): libevent's clock is coarser */
    enum fault_course course;
    char *bytes;
    size_t length;
    size_t head_length;
    size_t sent;
};

static void on_due(evutil_socket_t fd, short what, void *argument);

static void schedule(struct delivery *delivery, int64_t milliseconds)
{
    const struct timeval time = {milliseconds / 1000,
                                 (suseconds_t)(milliseconds % 1000 * 1000)};

    event_add(&delivery->timer, &time);
}

/* ---- the client leaves ---- */

static bool is_reset(const struct connection *connection)
{
    struct pollfd state = {bufferevent_getfd(connection->bufferevent), 0, 0};

    return poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP));
}

static void on_leaving(evutil_socket_t fd, short what, void *argument)
{
    const struct delivery *delivery = argument;

    (void)fd;
    (void)what;
    if (is_reset(delivery->connection))
        connection_close(delivery->connection);
}

/*
 * libevent wants all events of a socket edge-triggered, or none. So one on
 * which a `100 Continue` is still being written is not watched.
 */
static void watch(struct delivery *delivery)
{
    struct bufferevent *bufferevent = delivery->connection->bufferevent;

    if (connection_output_waiting(delivery->connection) > 0)
        return;
    connection_input_pause(delivery->connection);
    event_assign(&delivery->leaving, bufferevent_get_base(bufferevent),
                 bufferevent_getfd(bufferevent), EV_READ | EV_ET | EV_PERSIST,
                 on_leaving, delivery);
    delivery->is_watched = event_add(&delivery->leaving, NULL) == 0;
}

static void stop_watching(struct delivery *delivery)
{
    if (delivery->is_watched)
        (void)event_del(&delivery->leaving);
    delivery->is_watched = false;
}

/* ---- what is held back ---- */

/* Frees what the request was made of: it may be large. */
static void let_request_go(struct connection *connection)
{
    head_copy_free(&connection->head);
    if (connection->request)
        evbuffer_drain(evhttp_request_get_input_buffer(connection->request),
                       (size_t)-1);
}

static struct delivery *hold(struct connection *connection,
                             struct outgoing *reply)
{
    struct delivery *delivery = xcalloc(1, sizeof *delivery);

    delivery->connection = connection;
    delivery->course = reply->course;
    delivery->length = reply->bytes.length;
    delivery->head_length = reply->head_length;
    if (delivery->length)
        delivery->bytes = xmemdup0(reply->bytes.data, delivery->length);
    spare_memory_clear(&reply->bytes);
    evtimer_assign(&delivery->timer,
                   bufferevent_get_base(connection->bufferevent), on_due,
                   delivery);
    connection->delivery = delivery;
    let_request_go(connection);
    return delivery;
}

void delivery_cancel(struct connection *connection)
{
    struct delivery *delivery = connection->delivery;

    if (!delivery)
        return;
    connection->delivery = NULL;
    stop_watching(delivery);
    (void)event_del(&delivery->timer);
    free(delivery->bytes);
    free(delivery);
}

/* ---- a reply byte by byte ---- */

static void on_tick(evutil_socket_t fd, short what, void *argument)
{
    struct delivery *delivery = argument;
    struct connection *connection = delivery->connection;
    bool is_out;

    (void)fd;
    (void)what;
    if (connection_output_waiting(connection) > 0)
        return;
    is_out =
        connection_output_push(connection, delivery->bytes + delivery->sent, 1);
    if (++delivery->sent < delivery->length)
        return;
    delivery_cancel(connection);
    if (is_out)
        connection->all->callbacks->delivered(connection);
}

/* Sends the head at once, then the body byte by byte. */
static void dribble(struct delivery *delivery)
{
    struct connection *connection = delivery->connection;

    (void)connection_output_push(connection, delivery->bytes,
                                 delivery->head_length);
    delivery->sent = delivery->head_length;
    event_assign(&delivery->timer,
                 bufferevent_get_base(connection->bufferevent), -1, EV_PERSIST,
                 on_tick, delivery);
    schedule(delivery, DRIBBLE_MS);
}

/* ---- a reply that is late ---- */

/* Sends the reply that was held back. True if all of it is out. */
static bool release(struct delivery *delivery)
{
    struct connection *connection = delivery->connection;
    bool is_out;

    stop_watching(delivery);
    if (delivery->course == COURSE_RESET) {
        connection_output_flush(connection->all);
        connection_reset(connection);
        return false;
    }
    if (delivery->course == COURSE_DRIBBLE &&
        delivery->length > delivery->head_length) {
        dribble(delivery);
        return false;
    }
    is_out =
        connection_output_push(connection, delivery->bytes, delivery->length);
    delivery_cancel(connection);
    return is_out;
}

static void on_due(evutil_socket_t fd, short what, void *argument)
{
    struct delivery *delivery = argument;
    struct connection *connection = delivery->connection;
    int64_t left = delivery->due - host_monotonic_time();

    (void)fd;
    (void)what;
    if (left > 0)
        schedule(delivery, left);
    else if (release(delivery))
        connection->all->callbacks->delivered(connection);
}

static void delay(struct delivery *delivery, int64_t milliseconds)
{
    delivery->due = host_monotonic_time() + milliseconds;
    schedule(delivery, milliseconds);
    watch(delivery);
}

/* ---- a reply that is never sent ---- */

/* Reads and drops input until the client leaves. */
static void stall(struct connection *connection)
{
    let_request_go(connection);
    connection->state = CONNECTION_STALLED;
    evbuffer_drain(bufferevent_get_input(connection->bufferevent), (size_t)-1);
    connection_input_resume(connection);
}

bool delivery_start(struct connection *connection, struct outgoing *reply)
{
    if (reply->watcher) {
        let_request_go(connection);
        watching_join(connection->all->watching, connection, &reply->bytes,
                      reply->watcher);
        return false;
    }
    if (reply->course == COURSE_STALL) {
        stall(connection);
        return false;
    }
    if (reply->delay > 0) {
        delay(hold(connection, reply), reply->delay);
        return false;
    }
    if (reply->course == COURSE_RESET || reply->course == COURSE_DRIBBLE)
        return release(hold(connection, reply));
    return connection_output_push_reply(connection, &reply->bytes);
}
