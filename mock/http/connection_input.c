/*
 * While a reply is being made nothing is read, so that what the client sends
 * stays in order. Most replies are there at once, so the event of the socket is
 * left alone until it tells of bytes that come too early.
 */
#include "connection_input.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <sys/socket.h>

#include "connection.h"

#define READ_MOST 16384

/* The input of a bufferevent is frozen against adding bytes. */
static void add(struct evbuffer *input, const char *bytes, size_t length)
{
    (void)evbuffer_unfreeze(input, 0);
    (void)evbuffer_add(input, bytes, length);
    (void)evbuffer_freeze(input, 0);
}

static bool is_passing(int error)
{
    return error == EAGAIN || error == EINTR;
}

static void on_incoming(evutil_socket_t fd, short what, void *argument)
{
    static char bytes[READ_MOST];
    struct connection *connection = argument;
    struct bufferevent *bufferevent = connection->bufferevent;
    const struct connection_callbacks *callbacks = connection->all->callbacks;
    ssize_t length;

    (void)what;
    if (connection->state == CONNECTION_REPLYING) {
        connection_input_pause(connection);
        return;
    }
    length = recv(fd, bytes, sizeof bytes, 0);
    if (length > 0) {
        add(bufferevent_get_input(bufferevent), bytes, (size_t)length);
        callbacks->read(bufferevent, connection);
    } else if (length == 0 || !is_passing(errno)) {
        connection_input_pause(connection);
        callbacks->event(bufferevent,
                         length ? BEV_EVENT_READING | BEV_EVENT_ERROR
                                : BEV_EVENT_READING | BEV_EVENT_EOF,
                         connection);
    }
}

void connection_input_start(struct connection *connection)
{
    (void)event_assign(&connection->incoming,
                       bufferevent_get_base(connection->bufferevent),
                       bufferevent_getfd(connection->bufferevent),
                       EV_READ | EV_PERSIST, on_incoming, connection);
    connection->is_deaf = true;
    connection_input_resume(connection);
}

void connection_input_resume(struct connection *connection)
{
    bufferevent_disable(connection->bufferevent, EV_READ);
    if (!connection->is_deaf)
        return;
    connection->is_deaf = false;
    (void)event_add(&connection->incoming, NULL);
}

void connection_input_pause(struct connection *connection)
{
    if (connection->is_deaf)
        return;
    connection->is_deaf = true;
    (void)event_del(&connection->incoming);
}
