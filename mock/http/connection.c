/* Changes a connection's state, starts and stops its deadline, closes it. */
#include "connection.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <sys/socket.h>
#include <unistd.h>

#include "front/front.h"
#include "host_time.h"

void connection_set_callbacks(struct connection *connection)
{
    const struct connection_callbacks *callbacks = connection->all->callbacks;

    bufferevent_setcb(connection->bufferevent, callbacks->read,
                      callbacks->write, callbacks->event, connection);
}

static void on_timer(evutil_socket_t fd, short what, void *argument)
{
    struct connection *connection = argument;
    int64_t left = connection->deadline - host_monotonic_time();
    const struct timeval rest = {left / 1000,
                                 (suseconds_t)(left % 1000 * 1000)};

    if (!connection->deadline)
        return;
    if (left > 0) {
        (void)event_add(&connection->timer, &rest);
        return;
    }
    connection->deadline = 0;
    connection->deadline_kind->expired(fd, what, connection);
}

/*
 * Most requests of a kept connection come whole, and each stops the deadline of
 * an idle connection and starts it anew. The timer is left alone then: when it
 * fires it sees whether it is too early.
 */
void connection_start_deadline(struct connection *connection,
                               const struct deadline_kind *kind)
{
    connection->deadline = host_monotonic_time() + kind->milliseconds;
    if (connection->deadline_kind == kind &&
        event_pending(&connection->timer, EV_TIMEOUT, NULL))
        return;
    connection_end_timer(connection);
    evtimer_assign(&connection->timer,
                   bufferevent_get_base(connection->bufferevent), on_timer,
                   connection);
    connection->deadline_kind = kind;
    (void)event_add(&connection->timer, kind->duration);
}

bool connection_has_deadline(const struct connection *connection)
{
    return connection->deadline != 0;
}

void connection_stop_deadline(struct connection *connection)
{
    connection->deadline = 0;
}

void connection_end_silence(struct connection *connection)
{
    struct connections *all = connection->all;

    if (!connection->is_silent)
        return;
    connection->is_silent = false;
    TAILQ_REMOVE(&all->silent, connection, link);
    TAILQ_INSERT_TAIL(&all->list, connection, link);
}

void connection_end_timer(struct connection *connection)
{
    if (connection->deadline_kind)
        (void)event_del(&connection->timer);
}

void connection_become_idle(struct connection *connection)
{
    if (connection->state == CONNECTION_IDLE &&
        connection_has_deadline(connection))
        return;
    connection->state = CONNECTION_IDLE;
    connection_start_deadline(connection, &connection->all->idle);
}

static size_t unsent(const struct connection *connection)
{
    return evbuffer_get_length(bufferevent_get_output(connection->bufferevent));
}

void connection_await_reader(struct connection *connection)
{
    connection->unsent = unsent(connection);
    if (!connection_has_deadline(connection))
        connection_start_deadline(connection, &connection->all->unsent);
}

void connection_stuck(evutil_socket_t fd, short what, void *argument)
{
    struct connection *connection = argument;

    (void)fd;
    (void)what;
    if (unsent(connection) < connection->unsent)
        connection_await_reader(connection);
    else
        connection_close(connection);
}

void connection_close(struct connection *connection)
{
    evhttp_connection_free(connection->evhttp);
}

/*
 * evhttp shuts a socket down before it closes it: a FIN would go out before the
 * reset. So the descriptor is first made to name another, unconnected socket.
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

void connection_begin_reply(struct connection *connection)
{
    connection_stop_deadline(connection);
    connection->state = CONNECTION_REPLYING;
}

void connection_expired(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    connection_close(argument);
}
