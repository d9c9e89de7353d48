/* Has evhttp end the request, then waits for the next one or closes. */
#include "reply_end.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <sys/socket.h>

#include "connection.h"
#include "connection_input.h"

/*
 * To close while the client still sends would reset the connection, and the
 * reply might be lost. So the socket is shut down for writing, and input is
 * read and dropped until the client closes too, or its time is up.
 */
static void linger(struct connection *connection)
{
    connection->state = CONNECTION_LINGERING;
    (void)shutdown(bufferevent_getfd(connection->bufferevent), SHUT_WR);
    connection_input_resume(connection);
    connection_start_deadline(connection, &connection->all->linger);
}

/*
 * Has evhttp end the request; false if that closed the connection. evhttp must
 * find no input then: it would schedule a read of its own, by our callback with
 * the wrong argument.
 */
static bool end_request(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);
    struct connections *all = connection->all;
    struct evhttp_request *request = connection->request;

    connection->request = NULL;
    all->reading = connection;
    /*
     * evhttp marked the reply chunked if the request was, and would end it so.
     */
    request->chunked = 0;
    evbuffer_add_buffer(all->early, input);
    evhttp_send_reply_end(request);
    if (all->reading != connection) {
        evbuffer_drain(all->early, (size_t)-1);
        return false;
    }
    evbuffer_prepend_buffer(input, all->early);
    return true;
}

/*
 * Lets evhttp wait for the next request. True if bytes of that are there
 * already.
 */
static bool next_request(struct connection *connection)
{
    if (!end_request(connection))
        return false;
    connection_set_callbacks(connection);
    connection_input_resume(connection);
    head_copy_clear(&connection->head);
    connection->chunks = (struct chunk_check){0};
    connection->unread = 0;
    if (evbuffer_get_length(bufferevent_get_input(connection->bufferevent)))
        return true;
    connection_become_idle(connection);
    return false;
}

/* True if the socket holds bytes that were not read. */
static bool has_unread(const struct connection *connection)
{
    char byte;

    return recv(bufferevent_getfd(connection->bufferevent), &byte, sizeof byte,
                MSG_PEEK | MSG_DONTWAIT) > 0;
}

bool reply_end(struct connection *connection)
{
    if (connection->after_reply == READ_ON && !connection->all->stopping)
        return next_request(connection);
    if (connection->after_reply == LINGER || has_unread(connection))
        linger(connection);
    else
        connection_close(connection);
    return false;
}
