/* Changes a connection's state, starts and stops its deadline, closes it. */
#include "connection.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <sys/socket.h>
#include <unistd.h>

#include "front/front.h"

void connection_set_callbacks(struct connection *connection)
{
    const struct connection_callbacks *callbacks = connection->all->callbacks;

    bufferevent_setcb(connection->bufferevent, callbacks->read,
                      callbacks->write, callbacks->event, connection);
}

void connection_start_deadline(struct connection *connection,
                               const struct deadline_kind *kind)
{
    evtimer_assign(&connection->deadline,
                   bufferevent_get_base(connection->bufferevent), kind->expired,
                   connection);
    (void)event_add(&connection->deadline, kind->duration);
}

bool connection_has_deadline(const struct connection *connection)
{
    return event_pending(&connection->deadline, EV_TIMEOUT, NULL) != 0;
}

void connection_stop_deadline(struct connection *connection)
{
    (void)event_del(&connection->deadline);
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
