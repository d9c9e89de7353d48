/*
 * The life of a connection. All callbacks of its bufferevent are ours. evhttp
 * parses: its read callback is called from here, and what it does is seen
 * afterwards. It may have shown a request, be sending an error of its own, or
 * want more. It puts its own callbacks in place when it sends or begins a
 * request, so ours are set again after every call that may do that.
 *
 * Replies go straight to the socket, and into the bufferevent only as far as
 * the socket does not take them. evhttp stops reading while a request is with
 * us, so a client that sends more, or leaves, is met after the reply.
 */
#include "connection.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "head_check.h"
#include "mock.h"
#include "request_head.h"

static void on_read(struct bufferevent *bufferevent, void *argument);
static void on_write(struct bufferevent *bufferevent, void *argument);
static void on_event(struct bufferevent *bufferevent, short what,
                     void *argument);

static void set_callbacks(struct connection *connection)
{
    bufferevent_setcb(connection->bufferevent, on_read, on_write, on_event,
                      connection);
}

static struct evbuffer *input_of(struct connection *connection)
{
    return bufferevent_get_input(connection->bufferevent);
}

static void become_idle(struct connection *connection)
{
    connection->state = CONNECTION_IDLE;
    deadline_start(connection->all->idle, &connection->deadline, connection);
}

/* However it comes about, evhttp tells us before it frees a connection. */
static void on_close(struct evhttp_connection *evhttp, void *argument)
{
    struct connection *connection = argument;
    struct connections *all = connection->all;

    (void)evhttp;
    deadline_stop(&connection->deadline);
    TAILQ_REMOVE(&all->list, connection, link);
    all->count--;
    if (all->reading == connection)
        all->reading = NULL;
    buffer_free(&connection->head);
    free(connection);
    if (all->stopping && !all->count)
        all->handler->emptied(all->context);
}

void connection_watch(struct connection *connection,
                      struct evhttp_connection *evhttp)
{
    connection->evhttp = evhttp;
    TAILQ_INSERT_TAIL(&connection->all->list, connection, link);
    connection->all->count++;
    evhttp_connection_set_closecb(evhttp, on_close, connection);
    set_callbacks(connection);
    become_idle(connection);
}

void connection_close(struct connection *connection)
{
    evhttp_connection_free(connection->evhttp);
}

/*
 * To close while the client still sends would reset the connection, and the
 * reply might be lost on the way. So we say that we are done, and read and
 * forget until the client is done too, or its time is.
 */
static void linger(struct connection *connection)
{
    connection->state = CONNECTION_LINGERING;
    (void)shutdown(bufferevent_getfd(connection->bufferevent), SHUT_WR);
    bufferevent_enable(connection->bufferevent, EV_READ);
    deadline_start(connection->all->linger, &connection->deadline, connection);
}

/*
 * Has evhttp end the request; false if it closes the connection then. It must
 * find no input: it would plan to read that by itself later, through a callback
 * of ours with an argument of its own.
 */
static bool end_request(struct connection *connection)
{
    struct evbuffer *input = input_of(connection);
    struct connections *all = connection->all;
    struct evhttp_request *request = connection->request;

    connection->request = NULL;
    all->reading = connection;
    /* It was chunked if the client's was, and evhttp would end it as such. */
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
 * Lets evhttp await the next request. Returns whether bytes of it have been
 * read already.
 */
static bool next_request(struct connection *connection)
{
    if (!end_request(connection))
        return false;
    set_callbacks(connection);
    buffer_clear(&connection->head);
    connection->head_length = 0;
    connection->head_checked = 0;
    connection->unread = 0;
    if (evbuffer_get_length(input_of(connection)))
        return true;
    become_idle(connection);
    return false;
}

/* True if the client has sent what nobody has read. */
static bool has_unread(const struct connection *connection)
{
    char byte;

    return recv(bufferevent_getfd(connection->bufferevent), &byte, sizeof byte,
                MSG_PEEK | MSG_DONTWAIT) > 0;
}

/* The reply has left. Returns what next_request() does. */
static bool end_reply(struct connection *connection)
{
    if (connection->after_reply == READ_ON && !connection->all->stopping)
        return next_request(connection);
    if (connection->after_reply == LINGER || has_unread(connection))
        linger(connection);
    else
        connection_close(connection);
    return false;
}

/* Sends the reply at hand. Returns what next_request() does. */
static bool send_reply(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->bufferevent);
    const struct buffer *reply = &connection->all->reply;
    ssize_t sent = 0;

    /* Something is there when the client did not wait for `100 Continue`. */
    if (evbuffer_get_length(output) == 0)
        sent = send(bufferevent_getfd(connection->bufferevent), reply->data,
                    reply->length, MSG_NOSIGNAL);
    if (sent == (ssize_t)reply->length)
        return end_reply(connection);
    /* If it was an error the bufferevent will meet it too, and report it. */
    if (sent < 0)
        sent = 0;
    evbuffer_add(output, reply->data + sent, reply->length - (size_t)sent);
    bufferevent_enable(connection->bufferevent, EV_WRITE);
    return false;
}

static void begin_reply(struct connection *connection)
{
    deadline_stop(&connection->deadline);
    connection->state = CONNECTION_REPLYING;
    buffer_clear(&connection->all->reply);
}

/* Answers the request that evhttp showed. Returns what next_request() does. */
static bool answer(struct connection *connection)
{
    struct connections *all = connection->all;

    begin_reply(connection);
    connection->request = all->shown;
    connection->after_reply =
        all->handler->answer(all->context, all->shown, &all->reply) ? READ_ON
                                                                    : CLOSE;
    return send_reply(connection);
}

/* No more of the request will come: answers it if at least its head has. */
static void cut_short(struct connection *connection, enum after_reply after)
{
    struct connections *all = connection->all;

    if (!connection->head_length) {
        connection_close(connection);
        return;
    }
    begin_reply(connection);
    connection->after_reply = after;
    all->handler->answer_cut_short(all->context, connection->head.data,
                                   connection->head_length, &all->reply);
    (void)send_reply(connection);
}

/* evhttp is sending an error, after which the connection is of no use. */
static void refuse(struct connection *connection)
{
    const struct connections *all = connection->all;
    char status_line[] = "HTTP/1.1 000";

    deadline_stop(&connection->deadline);
    connection->state = CONNECTION_REPLYING;
    connection->after_reply = LINGER;
    set_callbacks(connection);
    (void)evbuffer_copyout(bufferevent_get_output(connection->bufferevent),
                           status_line, sizeof status_line - 1);
    all->handler->refused(all->context, connection->head.data,
                          connection->head.length,
                          (int)strtol(status_line + 9, NULL, 10));
}

/* The bytes come in any number of pieces; evhttp takes them away by lines. */
static void keep_head(struct connection *connection)
{
    struct evbuffer *input = input_of(connection);
    size_t added = evbuffer_get_length(input) - connection->unread;
    struct evbuffer_ptr place;
    char piece[1024];

    if (connection->head_length || !added)
        return;
    (void)evbuffer_ptr_set(input, &place, connection->unread, EVBUFFER_PTR_SET);
    while (added > 0) {
        size_t size = added < sizeof piece ? added : sizeof piece;

        (void)evbuffer_copyout_from(input, &place, piece, size);
        (void)evbuffer_ptr_set(input, &place, size, EVBUFFER_PTR_ADD);
        buffer_add(&connection->head, piece, size);
        added -= size;
    }
}

/* The head cannot be taken: says why, and closes. */
static void refuse_head(struct connection *connection, int status,
                        const char *error, const char *problem)
{
    struct connections *all = connection->all;
    const struct refusal refusal = {status, error, problem};

    begin_reply(connection);
    connection->after_reply = LINGER;
    all->handler->answer_malformed(all->context, connection->head.data,
                                   connection->head.length, &refusal,
                                   &all->reply);
    (void)send_reply(connection);
}

/* More of the request must come. */
static void await_more(struct connection *connection)
{
    connection->unread = evbuffer_get_length(input_of(connection));
    /* It is not running yet if these were the first bytes. */
    if (!connection->deadline.queue)
        deadline_start(connection->all->request, &connection->deadline,
                       connection);
}

/*
 * evhttp gets a head only once it is whole and was looked at. False if it is
 * not yet to be passed on, or never.
 */
static bool head_is_ready(struct connection *connection)
{
    const struct buffer *head = &connection->head;

    if (connection->head_length)
        return true;
    connection->head_length =
        request_head_length(head->data, head->length, connection->head_checked);
    connection->head_checked = head->length;
    if (connection->head_length) {
        const char *problem = head_check(head->data, connection->head_length);

        if (!problem)
            return true;
        refuse_head(connection, 400, "bad_request", problem);
    } else if (head->length <= HEAD_MAX) {
        await_more(connection);
    } else if (!memchr(head->data, '\n', head->length)) {
        refuse_head(connection, 414, "uri_too_long",
                    "the request line is longer than 64 KiB");
    } else {
        refuse_head(connection, 431, "header_too_large",
                    "the head is longer than 64 KiB");
    }
    return false;
}

/* evhttp wants more of the request. */
static void read_more(struct connection *connection)
{
    await_more(connection);
    /* A chunk's size may be a line without end: evhttp sets it no limit. */
    if (connection->unread > connection->all->limits.body + HEAD_MAX)
        connection_close(connection);
}

/* Passes the input on to evhttp. Returns what next_request() does. */
static bool read_request(struct connection *connection)
{
    struct connections *all = connection->all;
    bufferevent_data_cb reader;

    if (connection->state == CONNECTION_IDLE)
        deadline_stop(&connection->deadline);
    connection->state = CONNECTION_READING;
    keep_head(connection);
    if (!head_is_ready(connection))
        return false;
    all->reading = connection;
    all->shown = NULL;
    all->evhttp_read(connection->bufferevent, connection->evhttp);
    if (all->reading != connection)
        return false;
    if (all->shown)
        return answer(connection);
    bufferevent_getcb(connection->bufferevent, &reader, NULL, NULL, NULL);
    if (reader) {
        if (reader != on_read)
            set_callbacks(connection); /* it has sent `100 Continue` */
        read_more(connection);
    } else {
        refuse(connection);
    }
    return false;
}

static void read_requests(struct connection *connection)
{
    bool again;

    do
        again = read_request(connection);
    while (again);
}

static void on_read(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    if (connection->state == CONNECTION_IDLE ||
        connection->state == CONNECTION_READING)
        read_requests(connection);
    else
        evbuffer_drain(bufferevent_get_input(bufferevent), (size_t)-1);
}

/* All that was to be written has been. */
static void on_write(struct bufferevent *bufferevent, void *argument)
{
    struct connection *connection = argument;

    (void)bufferevent;
    if (connection->state == CONNECTION_REPLYING && end_reply(connection))
        read_requests(connection);
}

static void on_event(struct bufferevent *bufferevent, short what,
                     void *argument)
{
    struct connection *connection = argument;
    bool half_closed = what == (BEV_EVENT_READING | BEV_EVENT_EOF);

    (void)bufferevent;
    if (half_closed && connection->state == CONNECTION_READING)
        cut_short(connection, CLOSE);
    else if (half_closed && connection->state == CONNECTION_REPLYING)
        connection->after_reply = CLOSE;
    else
        connection_close(connection);
}

void connection_timed_out(void *owner)
{
    cut_short(owner, LINGER);
}

void connection_expired(void *owner)
{
    connection_close(owner);
}
