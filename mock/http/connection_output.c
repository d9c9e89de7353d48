/* Most replies go out by one send(), at the end of their turn of the loop. */
#include "connection_output.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/xalloc.h"
#include "connection.h"
#include "connection_input.h"
#include "spare_memory.h"

#define HELD_MOST 65536 /* bytes of all that is held */

static struct evbuffer *output_of(const struct connection *connection)
{
    return bufferevent_get_output(connection->bufferevent);
}

size_t connection_output_waiting(const struct connection *connection)
{
    return evbuffer_get_length(output_of(connection));
}

bool connection_output_is_out(const struct connection *connection)
{
    connection_output_flush(connection->all);
    return connection_output_waiting(connection) == 0;
}

/* Sends what the socket takes at once; returns how much. */
static size_t send_some(const struct connection *connection, const char *bytes,
                        size_t length)
{
    const ssize_t sent = send(bufferevent_getfd(connection->bufferevent), bytes,
                              length, MSG_NOSIGNAL);

    /* After an error the bufferevent meets it too, and reports it. */
    return sent < 0 ? 0 : (size_t)sent;
}

static void send_rest(struct connection *connection)
{
    bufferevent_enable(connection->bufferevent, EV_WRITE);
    connection_await_reader(connection);
}

/* ---- what is held ---- */

/*
 * A later request's `100 Continue` may stand in the output already. Until the
 * client has read the rest no more of its requests are read.
 */
static void put_rest_first(struct connection *connection, const char *bytes,
                           size_t length)
{
    struct evbuffer *output = output_of(connection);

    (void)evbuffer_unfreeze(output, 1);
    (void)evbuffer_prepend(output, bytes, length);
    (void)evbuffer_freeze(output, 1);
    connection_input_pause(connection);
    send_rest(connection);
}

void connection_output_flush(struct connections *connections)
{
    struct held_replies *held = &connections->held;
    const char *bytes = held->bytes.data;

    for (size_t i = 0; i < held->count; i++) {
        const struct held_reply *reply = &held->list[i];
        const size_t sent = send_some(reply->connection, bytes, reply->length);

        reply->connection->is_held = false;
        if (sent < reply->length)
            put_rest_first(reply->connection, bytes + sent,
                           reply->length - sent);
        bytes += reply->length;
    }
    held->count = 0;
    buffer_clear(&held->bytes);
}

static void on_turn_end(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    connection_output_flush(argument);
}

void connection_output_start(struct connections *connections,
                             struct event_base *base)
{
    connections->held.turn_end =
        event_new(base, -1, 0, on_turn_end, connections);
}

void connection_output_end(struct connections *connections)
{
    event_free(connections->held.turn_end);
    buffer_free(&connections->held.bytes);
    free(connections->held.list);
}

static struct held_reply *last_held(struct held_replies *held)
{
    return held->count ? &held->list[held->count - 1] : NULL;
}

/*
 * True if the reply may be held: bytes of the connection stand in one place, so
 * that none can overtake those that its socket did not take.
 */
static bool can_hold(const struct connection *connection, size_t length)
{
    struct held_replies *held = &connection->all->held;
    const struct held_reply *last = last_held(held);

    if (held->bytes.length + length > HELD_MOST ||
        (connection->is_held && last->connection != connection))
        connection_output_flush(connection->all);
    return length <= KEPT_MOST && connection->after_reply == READ_ON &&
           connection_output_waiting(connection) == 0;
}

/* Requests that a client sent together have one send() for their replies. */
static void hold(struct connection *connection, const struct buffer *bytes)
{
    struct held_replies *held = &connection->all->held;

    if (!held->count)
        event_active(held->turn_end, EV_TIMEOUT, 0);
    buffer_add(&held->bytes, bytes->data, bytes->length);
    if (connection->is_held) {
        last_held(held)->length += bytes->length;
        return;
    }
    if (held->count == held->room) {
        held->room = held->room ? held->room * 2 : 32;
        held->list = xreallocarray(held->list, held->room, sizeof *held->list);
    }
    held->list[held->count++] = (struct held_reply){connection, bytes->length};
    connection->is_held = true;
}

/* ---- what is not ---- */

/*
 * Sends what the socket takes at once, unless other bytes wait; returns how
 * much.
 */
static size_t send_now(const struct connection *connection, const char *bytes,
                       size_t length)
{
    connection_output_flush(connection->all);
    /*
     * A `100 Continue` may still wait if the client sent its body without it.
     */
    if (!length || connection_output_waiting(connection) > 0)
        return 0;
    return send_some(connection, bytes, length);
}

bool connection_output_push(struct connection *connection, const char *bytes,
                            size_t length)
{
    size_t sent = send_now(connection, bytes, length);

    if (sent == length)
        return true;
    evbuffer_add(output_of(connection), bytes + sent, length - sent);
    send_rest(connection);
    return false;
}

static void release_block(const void *bytes, size_t length, void *block)
{
    (void)bytes;
    free(block);
    spare_memory_freed(length);
}

bool connection_output_push_reply(struct connection *connection,
                                  struct buffer *bytes)
{
    const size_t length = bytes->length;
    size_t sent;
    char *block;

    if (can_hold(connection, length)) {
        hold(connection, bytes);
        return true;
    }
    if (length <= KEPT_MOST)
        return connection_output_push(connection, bytes->data, length);
    sent = send_now(connection, bytes->data, length);
    if (sent == length) {
        spare_memory_clear(bytes);
        return true;
    }
    block = buffer_take(bytes);
    (void)evbuffer_add_reference(output_of(connection), block + sent,
                                 length - sent, release_block, block);
    send_rest(connection);
    return false;
}
