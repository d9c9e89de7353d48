/* Changes a connection's state, starts and stops its deadline, closes it. */
#include "connection.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <sys/socket.h>
#include <unistd.h>

void connection_set_callbacks(struct connection *connection)
{
    const struct connection_callbacks *callbacks = connection->all->callbacks;

    bufferevent_setcb(connection->bufferevent, callbacks->read,
                      callbacks->write, callbacks->event, connection);
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

    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)dup2(connection->all->unconnected, fd);
    connection_close(connection);
}

void connection_begin_reply(struct connection *connection)
{
    deadline_stop(&connection->deadline);
    connection->state = CONNECTION_REPLYING;
}

void connection_expired(void *owner)
{
    connection_close(owner);
}
