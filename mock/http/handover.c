/*
 * evhttp can neither give a socket away nor take one, but it knows a socket by
 * its number alone: the client's is duplicated, and the number is given to
 * another socket.
 *
 * That takes two turns of the loop. libevent tells the kernel to watch a socket
 * no longer only when it next waits, and a socket that still has another number
 * would be watched on.
 */
#include "handover.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "connection.h"
#include "connection_input.h"
#include "front/front.h"
#include "front/tls.h"
#include "message/host_name.h"

struct handover {
    struct event timer;
    struct evbuffer *early; /* what the client has sent already */
    bool is_tunnel;
    struct authority_form target;
};

void handover_cancel(struct connection *connection)
{
    struct handover *handover = connection->handover;

    if (!handover)
        return;
    connection->handover = NULL;
    (void)event_del(&handover->timer);
    evbuffer_free(handover->early);
    free(handover);
}

/* Returns the client's socket by another number, or -1. */
static int replace_socket(const struct connection *connection, int other)
{
    int fd = bufferevent_getfd(connection->bufferevent);
    int client = fcntl(fd, F_DUPFD_CLOEXEC, 0);

    if (client < 0)
        return -1;
    if (dup3(other, fd, O_CLOEXEC) >= 0)
        return client;
    (void)close(client);
    return -1;
}

static void begin_tunnel(struct connection *connection)
{
    const struct handover *handover = connection->handover;
    int client = replace_socket(connection, connection->all->unconnected);

    if (client >= 0)
        connection->front =
            front_begin_tunnel(connection->all->front, client,
                               &handover->target, handover->early, connection);
}

static void begin_tls(struct connection *connection)
{
    struct front_sockets sockets;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
                   pair) != 0)
        return;
    sockets.server = pair[0];
    sockets.client = replace_socket(connection, pair[1]);
    (void)close(pair[1]);
    if (sockets.client < 0) {
        (void)close(pair[0]);
        return;
    }
    connection->front =
        front_begin_tls(connection->all->front, sockets,
                        connection->handover->early, connection);
    if (!connection->front)
        return;
    connection_become_idle(connection);
    connection_input_resume(connection);
}

static void on_next_turn(evutil_socket_t fd, short what, void *argument)
{
    struct connection *connection = argument;

    (void)fd;
    (void)what;
    if (connection->handover->is_tunnel)
        begin_tunnel(connection);
    else
        begin_tls(connection);
    handover_cancel(connection);
    if (!connection->front) /* for want of descriptors */
        connection_close(connection);
}

/* Nothing is read or written meanwhile. */
static struct handover *begin(struct connection *connection)
{
    struct handover *handover = xcalloc(1, sizeof *handover);
    struct bufferevent *bufferevent = connection->bufferevent;
    const struct timeval at_once = {0, 0};

    connection->handover = handover;
    connection->state = CONNECTION_STALLED;
    connection_stop_deadline(connection);
    handover->early = evbuffer_new();
    (void)evbuffer_add_buffer(handover->early,
                              bufferevent_get_input(bufferevent));
    connection_input_pause(connection);
    bufferevent_disable(bufferevent, EV_WRITE);
    evtimer_assign(&handover->timer, bufferevent_get_base(bufferevent),
                   on_next_turn, connection);
    (void)evtimer_add(&handover->timer, &at_once);
    return handover;
}

bool handover_to_tls(struct connection *connection)
{
    if (connection->front || !tls_library())
        return false;
    (void)begin(connection);
    return true;
}

void handover_to_tunnel(struct connection *connection,
                        const struct authority_form *target)
{
    struct handover *handover = begin(connection);

    handover->is_tunnel = true;
    handover->target = *target;
}
