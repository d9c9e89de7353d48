/*
 * Makes and ends connections. evhttp asks for a bufferevent before its own
 * connection exists, and does not tell when that does. So each bufferevent
 * waits in a list until, in the same turn of the loop and before anything can
 * be read, its evhttp connection can be found in its callback's argument.
 */
#include "connections.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "connection_output.h"
#include "connection_watch.h"
#include "watching.h"

#define LINGER_MS 2000
/* One in so many; a connection over TLS takes three. */
#define DESCRIPTORS_LEFT 16
#define FULL             ": as many as --max-connections allows are open"

static struct bufferevent *on_accept(struct event_base *base, void *argument)
{
    struct connections *connections = argument;
    struct connection *connection = xcalloc(1, sizeof *connection);

    connection->all = connections;
    connection->bufferevent = bufferevent_socket_new(base, -1, 0);
    bufferevent_incref(connection->bufferevent);
    TAILQ_INSERT_TAIL(&connections->fresh, connection, link);
    event_active(connections->watch, EV_TIMEOUT, 0);
    return connection->bufferevent;
}

static struct connection *take_fresh(struct connections *connections)
{
    struct connection *connection = TAILQ_FIRST(&connections->fresh);

    if (connection)
        TAILQ_REMOVE(&connections->fresh, connection, link);
    return connection;
}

/* Its request waits to be read: a hello of TLS is none. */
static bool has_spoken(const struct connection *connection)
{
    char byte;

    return recv(bufferevent_getfd(connection->bufferevent), &byte, sizeof byte,
                MSG_PEEK | MSG_DONTWAIT) > 0 &&
           byte != TLS_HANDSHAKE;
}

static struct connection *oldest_silent(const struct connections *connections)
{
    struct connection *connection = TAILQ_FIRST(&connections->silent);

    while (connection && has_spoken(connection))
        connection = TAILQ_NEXT(connection, link);
    return connection;
}

static void give_up(struct connection *connection, const char *text)
{
    connection->all->handler->full(connection->all->context, text);
    connection_close(connection);
}

/*
 * Who opens many and says nothing keeps nobody out: of the silent ones the
 * oldest gives way.
 */
static void make_room(struct connection *connection)
{
    const struct connections *connections = connection->all;
    const bool is_full = connections->count > connections->limits.connections;
    struct connection *oldest = oldest_silent(connections);

    if (oldest && oldest != connection)
        give_up(oldest, is_full ? "a connection that said nothing was closed "
                                  "for a new one" FULL
                                : "a connection that said nothing was closed "
                                  "for a new one: descriptors run short");
    else if (is_full)
        give_up(connection, "a connection was closed at once" FULL);
}

/* The lowest numbers are taken first. */
static bool is_short_of_descriptors(const struct connection *connection)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
           (rlim_t)bufferevent_getfd(connection->bufferevent) >=
               limit.rlim_cur - limit.rlim_cur / DESCRIPTORS_LEFT;
}

static void watch(struct connection *connection)
{
    struct connections *connections = connection->all;
    bufferevent_data_cb evhttp_read;
    void *evhttp;

    bufferevent_getcb(connection->bufferevent, &evhttp_read, NULL, NULL,
                      &evhttp);
    bufferevent_decref(connection->bufferevent);
    if (!evhttp_read) { /* evhttp made no connection of it */
        free(connection);
        return;
    }
    connections->evhttp_read = evhttp_read;
    connection_watch(connection, evhttp);
    if (connections->stopping)
        connection_close(connection);
    else if (connections->count > connections->limits.connections ||
             is_short_of_descriptors(connection))
        make_room(connection);
}

static void on_watch(evutil_socket_t fd, short what, void *argument)
{
    struct connections *connections = argument;
    struct connection *connection;

    (void)fd;
    (void)what;
    while ((connection = take_fresh(connections)))
        watch(connection);
}

/* evhttp shows requests only within the calls of read_request(). */
static void on_request(struct evhttp_request *request, void *argument)
{
    struct connections *connections = argument;

    connections->shown = request;
}

static struct deadline_kind deadlines(struct event_base *base,
                                      int64_t milliseconds,
                                      event_callback_fn expired)
{
    const struct timeval duration = {milliseconds / 1000,
                                     (suseconds_t)(milliseconds % 1000 * 1000)};

    return (struct deadline_kind){
        milliseconds, event_base_init_common_timeout(base, &duration), expired};
}

struct connections *connections_create(struct event_base *base,
                                       struct evhttp *http,
                                       const struct connection_limits *limits,
                                       const struct connection_handler *handler,
                                       void *context)
{
    int unconnected = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct connections *connections;

    if (unconnected < 0)
        return NULL;
    connections = xcalloc(1, sizeof *connections);
    connections->callbacks = &connection_callbacks;
    connections->handler = handler;
    connections->context = context;
    connections->limits = *limits;
    connections->idle =
        deadlines(base, limits->idle_timeout, connection_expired);
    connections->request =
        deadlines(base, limits->request_timeout, connection_timed_out);
    connections->unsent =
        deadlines(base, limits->idle_timeout, connection_stuck);
    connections->linger = deadlines(base, LINGER_MS, connection_expired);
    connections->watch = event_new(base, -1, 0, on_watch, connections);
    connections->early = evbuffer_new();
    connections->watching = watching_create(base, connections);
    connections->unconnected = unconnected;
    connection_output_start(connections, base);
    TAILQ_INIT(&connections->fresh);
    TAILQ_INIT(&connections->silent);
    TAILQ_INIT(&connections->list);
    evhttp_set_bevcb(http, on_accept, connections);
    evhttp_set_gencb(http, on_request, connections);
    return connections;
}

void connections_set_front(struct connections *connections, struct front *front)
{
    connections->front = front;
}

void connections_note_change(struct connections *connections)
{
    watching_note_change(connections->watching);
}

static void stop_all(struct connection *connection)
{
    while (connection) {
        struct connection *next = TAILQ_NEXT(connection, link);

        if (connection->state != CONNECTION_REPLYING)
            connection_close(connection);
        connection = next;
    }
}

void connections_stop(struct connections *connections)
{
    connections->stopping = true;
    if (!connections->count)
        connections->handler->emptied(connections->context);
    stop_all(TAILQ_FIRST(&connections->silent));
    stop_all(TAILQ_FIRST(&connections->list));
}

void connections_free(struct connections *connections)
{
    struct connection *connection;

    if (!connections)
        return;
    while ((connection = take_fresh(connections))) {
        bufferevent_decref(connection->bufferevent);
        free(connection);
    }
    watching_free(connections->watching);
    event_free(connections->watch);
    evbuffer_free(connections->early);
    buffer_free(&connections->reply.bytes);
    connection_output_end(connections);
    buffer_free(&connections->short_head);
    (void)close(connections->unconnected);
    free(connections);
}
