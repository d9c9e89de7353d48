/* Most replies go out by one send(), without a turn of the loop. */
#include "connection_output.h"

#include <event2/buffer.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "connection.h"
#include "spare_memory.h"

static struct evbuffer *output_of(const struct connection *connection)
{
    return bufferevent_get_output(connection->bufferevent);
}

size_t connection_output_waiting(const struct connection *connection)
{
    return evbuffer_get_length(output_of(connection));
}

/*
 * Sends what the socket takes at once, unless other bytes wait; returns how
 * much.
 */
static size_t send_now(const struct connection *connection, const char *bytes,
                       size_t length)
{
    ssize_t sent = 0;

    /*
     * A `100 Continue` may still wait if the client sent its body without it.
     */
    if (length && connection_output_waiting(connection) == 0)
        sent = send(bufferevent_getfd(connection->bufferevent), bytes, length,
                    MSG_NOSIGNAL);
    /* After an error the bufferevent meets it too, and reports it. */
    return sent < 0 ? 0 : (size_t)sent;
}

static void send_rest(struct connection *connection)
{
    bufferevent_enable(connection->bufferevent, EV_WRITE);
    connection_await_reader(connection);
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
