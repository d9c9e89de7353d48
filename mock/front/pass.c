/*
 * Carries bytes between a client and its server, and ends both. Where one side
 * reads slowly the other is read no further: each buffer has a mark, and
 * libevent stops reading into one that is full.
 */
#include "pass.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "tunnel.h"

#define PIECE          16384 /* as many as a record of TLS holds */
#define LINGER_SECONDS 2

/* ---- the end of a link ---- */

void link_free(struct front_link *link)
{
    struct front *front = link->front;

    (void)event_del(&link->timer);
    TAILQ_REMOVE(&front->links, link, link);
    if (link->is_greeting)
        TAILQ_REMOVE(&front->greeting, link, greeting);
    tls_session_free(link->tls);
    bufferevent_free(link->client);
    if (link->server)
        bufferevent_free(link->server);
    tunnel_free(link->tunnel);
    free(link);
    if (TAILQ_EMPTY(&front->links))
        front->handler->emptied(front->context);
}

static void tell_owner(struct front_link *link)
{
    void *owner = link->owner;

    link->owner = NULL;
    if (owner)
        link->front->handler->left(owner);
}

void link_drop(struct front_link *link)
{
    tell_owner(link);
    link_free(link);
}

void link_drop_by_reset(struct front_link *link)
{
    const struct linger at_once = {1, 0};

    (void)setsockopt(bufferevent_getfd(link->client), SOL_SOCKET, SO_LINGER,
                     &at_once, sizeof at_once);
    link_drop(link);
}

static struct evbuffer *output_of(struct bufferevent *side)
{
    return bufferevent_get_output(side);
}

static bool is_full(struct bufferevent *side)
{
    return evbuffer_get_length(output_of(side)) >= LINK_FULL;
}

bool link_is_flushed(struct bufferevent *side)
{
    return evbuffer_get_length(output_of(side)) == 0;
}

/* To close would be a reset, which may overtake what was sent. */
static bool has_unread(const struct front_link *link)
{
    char byte;

    return recv(bufferevent_getfd(link->client), &byte, sizeof byte,
                MSG_PEEK | MSG_DONTWAIT) > 0;
}

static void linger(struct front_link *link)
{
    const struct timeval patience = {LINGER_SECONDS, 0};

    link->is_lingering = true;
    (void)shutdown(bufferevent_getfd(link->client), SHUT_WR);
    (void)event_add(&link->timer, &patience);
}

void link_finish(struct front_link *link)
{
    if (link->client_ended || (!link->owner && !has_unread(link)))
        link_drop(link);
    else if (!link->is_lingering)
        linger(link);
}

void link_end_client(struct front_link *link)
{
    tell_owner(link);
    link->is_cut = true;
    link->is_last = true;
    if (link_is_flushed(link->client))
        link_finish(link);
}

/* ---- from the server to the client ---- */

/* False if TLS fails. */
static bool send_piece(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->server);
    char piece[PIECE];
    int length;

    if (!link->tls)
        return evbuffer_add_buffer(output_of(link->client), input) == 0;
    length = evbuffer_remove(input, piece, sizeof piece);
    return length <= 0 ||
           tls_session_write(link->tls, piece, (size_t)length) == TLS_DONE;
}

/* The server has ended, and all it sent is on its way. */
static void send_end(struct front_link *link)
{
    link->is_last = true;
    if (link->tls && !link->is_cut)
        tls_session_end(link->tls);
}

void link_pass_out(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->server);

    while (evbuffer_get_length(input) && !is_full(link->client))
        if (!send_piece(link)) {
            link_drop(link);
            return;
        }
    if (link->server_ended && !link->is_last && !evbuffer_get_length(input))
        send_end(link);
    if (link->is_last && link_is_flushed(link->client))
        link_finish(link);
}

void link_send_now(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->server);
    struct evbuffer *output = output_of(link->client);

    (void)evbuffer_unfreeze(input, 0);
    (void)evbuffer_unfreeze(output, 1);
    while (evbuffer_read(input, bufferevent_getfd(link->server), PIECE) > 0)
        ;
    while (evbuffer_get_length(input) && send_piece(link))
        ;
    while (evbuffer_write(output, bufferevent_getfd(link->client)) > 0)
        ;
}

/* ---- from the client to the server ---- */

static enum tls_result receive_piece(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->client);
    enum tls_result result;
    char piece[PIECE];
    size_t length;

    if (!link->tls) {
        (void)evbuffer_add_buffer(output_of(link->server), input);
        return TLS_WAIT;
    }
    result = tls_session_read(link->tls, piece, sizeof piece, &length);
    if (length)
        (void)bufferevent_write(link->server, piece, length);
    return result;
}

void link_pass_in(struct front_link *link)
{
    enum tls_result result = TLS_DONE;

    while (result == TLS_DONE && !is_full(link->server))
        result = receive_piece(link);
    if (result == TLS_FAILED) {
        link_drop(link);
        return;
    }
    if (result == TLS_ENDED)
        link->client_ended = true;
    if (link->client_ended && result != TLS_DONE &&
        link_is_flushed(link->server))
        (void)shutdown(bufferevent_getfd(link->server), SHUT_WR);
}
