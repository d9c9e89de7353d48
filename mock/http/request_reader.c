/*
 * Has evhttp parse the input by calling its read callback, and then sees what
 * came of it: evhttp has shown a request, is sending an error of its own, or
 * wants more input. It sets its own callbacks when it sends or begins a
 * request, so ours are set again after every call that may do that.
 */
#include "request_reader.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "connection_output.h"
#include "delivery.h"
#include "front/front.h"
#include "handover.h"
#include "message/head_check.h"
#include "message/refusal.h"
#include "proxy_request.h"
#include "reply_end.h"

#define LONG_CHUNK_LINES                                                       \
    "the extensions or trailers of a chunked body are longer than --max-head"

static size_t body_most(const struct connection *connection)
{
    const struct connection_limits *limits = &connection->all->limits;

    return connection->takes_scenario ? limits->scenario : limits->body;
}

/* Sends the current reply. True if it is out and reply_end() returned true. */
static bool send_reply(struct connection *connection)
{
    struct outgoing *reply = &connection->all->reply;

    /* It does not end as it should, and TLS shall not say so. */
    if (connection->front && reply->course == COURSE_CLOSE)
        front_link_cut(connection->front);
    return delivery_start(connection, reply) && reply_end(connection);
}

/* The same for a reply that was waited for, or was there at once. */
static bool send_answer(struct connection *connection)
{
    if (!connection->waiting.stays_open && connection->after_reply == READ_ON)
        connection->after_reply = CLOSE;
    return send_reply(connection);
}

/* Answers the request that evhttp showed. Returns what send_reply() does. */
static bool answer(struct connection *connection)
{
    struct connections *all = connection->all;

    connection_begin_reply(connection);
    connection->request = all->shown;
    all->reply.is_secure = connection->front != NULL;
    connection->after_reply = READ_ON;
    if (connection->takes_scenario) /* nobody else is to wait for that */
        connection_output_flush(all);
    return all->handler->answer(all->context, all->shown, &connection->head,
                                &connection->waiting, &all->reply) &&
           send_answer(connection);
}

/* Refuses the request with a reason, and closes. */
static void refuse(struct connection *connection, int status, const char *error,
                   const char *problem)
{
    struct connections *all = connection->all;
    const struct refusal refusal = {status, error, problem};

    connection_begin_reply(connection);
    connection->after_reply = LINGER;
    connection->waiting.output = &all->reply;
    if (all->handler->answer_malformed(
            all->context, connection->head.bytes.data,
            connection->head.bytes.length, &refusal, &connection->waiting))
        (void)send_reply(connection);
}

/*
 * evhttp is sending an error page in HTML, of which only the status is of use.
 * A bufferevent's output is frozen against removing bytes, so it is unfrozen
 * for that. Afterwards evhttp does nothing more with the connection.
 */
static void replace_refusal(struct connection *connection)
{
    struct evbuffer *output = bufferevent_get_output(connection->bufferevent);
    char status_line[] = "HTTP/1.1 000";

    (void)evbuffer_copyout(output, status_line, sizeof status_line - 1);
    (void)evbuffer_unfreeze(output, 1);
    (void)evbuffer_drain(output, (size_t)-1);
    (void)evbuffer_freeze(output, 1);
    connection_set_callbacks(connection);
    switch (strtol(status_line + 9, NULL, 10)) {
    case 413:
        if (connection->is_chunked &&
            connection->chunks.body <= body_most(connection))
            refuse(connection, 431, "header_too_large", LONG_CHUNK_LINES);
        else
            refuse(connection, 413, "too_large",
                   connection->takes_scenario
                       ? "the body is larger than --max-scenario"
                       : "the body is larger than --max-body");
        break;
    case 417:
        refuse(connection, 417, "expectation_failed",
               "the only Expect that is met is 100-continue");
        break;
    case 501:
        refuse(connection, 501, "not_implemented", "HTTP defines no such verb");
        break;
    default:
        refuse(connection, 400, "bad_request", "this is no HTTP request");
    }
}

/* Waits for more of the request. */
static void await_more(struct connection *connection)
{
    connection->unread =
        evbuffer_get_length(bufferevent_get_input(connection->bufferevent));
    /* It is not running yet if these were the first bytes. */
    if (!connection_has_deadline(connection))
        connection_start_deadline(connection, &connection->all->request);
}

/*
 * True if the head is whole and valid, so that evhttp may have it. False if
 * more must come, or if it was refused.
 */
static bool head_is_ready(struct connection *connection)
{
    const struct connection_limits *limits = &connection->all->limits;
    struct head_copy *head = &connection->head;
    size_t so_far = head->length ? head->length : head->bytes.length;
    const char *problem;

    if (head_copy_target_length(head) > limits->url) {
        refuse(connection, 414, "uri_too_long",
               "the path and query are longer than --max-url");
        return false;
    }
    if (so_far > limits->head) {
        refuse(connection, 431, "header_too_large",
               "the request line and headers are longer than --max-head");
        return false;
    }
    if (!head->length) {
        await_more(connection);
        return false;
    }
    problem =
        head_check(head->bytes.data, head->length, &connection->is_chunked);
    if (problem)
        refuse(connection, 400, "bad_request", problem);
    return !problem;
}

/* evhttp keeps a limit from request to request. */
static void limit_body(struct connection *connection)
{
    const struct connections *all = connection->all;
    bool takes_scenario = all->handler->takes_scenario(
        all->context, connection->head.bytes.data, connection->head.length);

    if (takes_scenario == connection->takes_scenario)
        return;
    connection->takes_scenario = takes_scenario;
    evhttp_connection_set_max_body_size(connection->evhttp,
                                        (ev_ssize_t)body_most(connection));
}

/*
 * Drops empty lines, which a server ignores before a request (RFC 9112 2.2).
 * True if a request has begun.
 */
static bool has_begun(struct evbuffer *input)
{
    char start[2];
    ev_ssize_t size;

    while ((size = evbuffer_copyout(input, start, 2)) == 2 &&
           memcmp(start, "\r\n", 2) == 0)
        (void)evbuffer_drain(input, 2);
    return size == 2 || (size == 1 && *start != '\r');
}

/* After a handshake or a CONNECT, no reply from before it could go out. */
static bool must_wait(const struct connection *connection, unsigned char first)
{
    return (first == TLS_HANDSHAKE || first == 'C') &&
           !connection_output_is_out(connection);
}

static bool begin_request(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);
    unsigned char first;

    if (!has_begun(input)) {
        connection_become_idle(connection);
        return false;
    }
    first = *evbuffer_pullup(input, 1);
    if (must_wait(connection, first)) {
        connection->state = CONNECTION_IDLE; /* see connection_watch.c */
        return false;
    }
    connection_stop_deadline(connection);
    connection->state = CONNECTION_READING;
    if (first != TLS_HANDSHAKE) {
        connection_end_silence(connection);
        return true;
    }
    if (!handover_to_tls(connection))
        refuse(connection, 400, "bad_request",
               connection->front
                   ? "this is a TLS handshake within TLS"
                   : "this is a TLS handshake; this slackmock was built "
                     "without TLS and speaks http://, not https://");
    return false;
}

static bool read_head(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);

    if (connection->head.length)
        return true;
    head_copy_add(&connection->head, input, connection->unread);
    if (!head_is_ready(connection))
        return false;
    limit_body(connection);
    connection->unread = connection->head.length; /* the rest is body */
    return true;
}

/* Checks the chunks that have come, in place. False if they are refused. */
static bool check_chunks(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);
    size_t at = connection->unread;
    const char *problem = NULL;

    while (!problem && at < evbuffer_get_length(input)) {
        struct evbuffer_iovec piece;
        struct evbuffer_ptr place;

        (void)evbuffer_ptr_set(input, &place, at, EVBUFFER_PTR_SET);
        (void)evbuffer_peek(input, -1, &place, &piece, 1);
        problem =
            chunk_check(&connection->chunks, piece.iov_base, piece.iov_len);
        at += piece.iov_len;
    }
    if (problem)
        refuse(connection, 400, "bad_request", problem);
    return !problem;
}

/* Waits for more of the body. */
static void read_more(struct connection *connection)
{
    const struct connection_limits *limits = &connection->all->limits;

    await_more(connection);
    /* evhttp does not limit the length of a chunk's line. */
    if (connection->unread > body_most(connection) + limits->head)
        refuse(connection, 431, "header_too_large", LONG_CHUNK_LINES);
}

/*
 * evhttp copies each field of a head three times and reads a few. It gets those
 * alone, but for a chunked body, whose trailers it counts with the head.
 */
static void shorten_head(struct connection *connection)
{
    struct evbuffer *input = bufferevent_get_input(connection->bufferevent);
    struct buffer *head = &connection->all->short_head;

    head_copy_shorten(&connection->head, head);
    (void)evbuffer_drain(input, connection->head.length);
    (void)evbuffer_prepend(input, head->data, head->length);
}

enum proxy_step { PROXY_ON, PROXY_AGAIN, PROXY_OVER };

/* What is to be done with a request that a proxy gets. */
static enum proxy_step meet_proxy(struct connection *connection)
{
    const struct proxy_ruling ruling = proxy_request_judge(connection);

    if (ruling.decision == PROXY_REFUSE)
        refuse(connection, ruling.status, ruling.error, ruling.message);
    else if (ruling.decision == PROXY_TUNNEL)
        proxy_request_tunnel(connection, &ruling.target);
    else if (!proxy_request_is_connect(connection))
        return PROXY_ON;
    else if (proxy_request_confirm(connection))
        return PROXY_AGAIN;
    return PROXY_OVER;
}

/* Passes the input on to evhttp. Returns what send_reply() does. */
static bool read_request(struct connection *connection)
{
    struct connections *all = connection->all;
    bufferevent_data_cb reader;
    bool is_new = !connection->head.length;
    enum proxy_step step = PROXY_ON;

    if (connection->state != CONNECTION_READING && !begin_request(connection))
        return false;
    if (!read_head(connection))
        return false;
    if (is_new && proxy_request_is_one(connection))
        step = meet_proxy(connection);
    if (step != PROXY_ON)
        return step == PROXY_AGAIN;
    if (connection->is_chunked) {
        if (!check_chunks(connection))
            return false;
    } else if (is_new) {
        shorten_head(connection);
    }
    all->reading = connection;
    all->shown = NULL;
    all->evhttp_read(connection->bufferevent, connection->evhttp);
    if (all->reading != connection)
        return false;
    if (all->shown)
        return answer(connection);
    bufferevent_getcb(connection->bufferevent, &reader, NULL, NULL, NULL);
    if (reader) {
        connection_set_callbacks(connection); /* it may have sent `100` */
        read_more(connection);
    } else {
        replace_refusal(connection);
    }
    return false;
}

void request_reader_read(struct connection *connection)
{
    bool again;

    do
        again = read_request(connection);
    while (again);
}

static void note_lost(const struct connection *connection, const char *problem)
{
    const struct connections *all = connection->all;

    all->handler->lost(all->context, buffer_text(&connection->head.bytes),
                       connection->head.bytes.length, problem);
}

void request_reader_lost(const struct connection *connection)
{
    note_lost(connection, "the client reset the connection within the request");
}

void request_reader_cut_short(struct connection *connection,
                              enum after_reply after)
{
    struct connections *all = connection->all;

    if (!connection->head.length) {
        note_lost(connection, "the head of the request never ended");
        connection_close(connection);
        return;
    }
    connection_begin_reply(connection);
    connection->after_reply = after;
    connection->waiting.output = &all->reply;
    if (all->handler->answer_cut_short(
            all->context, connection->head.bytes.data, connection->head.length,
            &connection->waiting))
        (void)send_reply(connection);
}

void request_reader_answered(struct waiting_request *waiting)
{
    struct connection *connection =
        (void *)((char *)waiting - offsetof(struct connection, waiting));

    if (send_answer(connection))
        request_reader_read(connection);
}
