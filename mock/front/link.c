/*
 * Carries bytes between a client and its server, in both directions at once.
 * Where one side reads slowly the other is read no further: each buffer has a
 * mark, and libevent stops reading into one that is full.
 */
#include "link.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/xalloc.h"
#include "tunnel.h"

#define FULL           65536 /* bytes in a buffer */
#define PIECE          16384 /* as many as a record of TLS holds */
#define LINGER_SECONDS 2

/* ---- the end of a link ---- */

static void free_link(struct front_link *link)
{
    struct front *front = link->front;

    (void)event_del(&link->timer);
    TAILQ_REMOVE(&front->links, link, link);
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
    free_link(link);
}

static void drop_by_reset(struct front_link *link)
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
    return evbuffer_get_length(output_of(side)) >= FULL;
}

static bool is_flushed(struct bufferevent *side)
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

/* All that the client gets has left. */
static void finish(struct front_link *link)
{
    if (link->client_ended || (!link->owner && !has_unread(link)))
        link_drop(link);
    else if (!link->is_lingering)
        linger(link);
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

static void pass_out(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->server);

    while (evbuffer_get_length(input) && !is_full(link->client))
        if (!send_piece(link)) {
            link_drop(link);
            return;
        }
    if (link->server_ended && !link->is_last && !evbuffer_get_length(input))
        send_end(link);
    if (link->is_last && is_flushed(link->client))
        finish(link);
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

static void pass_in(struct front_link *link)
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
    if (link->client_ended && result != TLS_DONE && is_flushed(link->server))
        (void)shutdown(bufferevent_getfd(link->server), SHUT_WR);
}

/* ---- the hello of TLS ---- */

void link_end_client(struct front_link *link)
{
    tell_owner(link);
    link->is_cut = true;
    link->is_last = true;
    if (is_flushed(link->client))
        finish(link);
}

static void note_failure(struct front_link *link, const char *problem)
{
    struct front *front = link->front;

    front->handler->failed(front->context, "TLS", tls_session_name(link->tls),
                           problem);
}

/* An alert is on its way. */
static void fail_hello(struct front_link *link, const char *problem)
{
    note_failure(link, problem);
    link_end_client(link);
}

static void break_off(struct front_link *link, const char *problem)
{
    note_failure(link, problem);
    link_drop(link);
}

static void shake_hands(struct front_link *link)
{
    switch (tls_session_handshake(link->tls)) {
    case TLS_DONE:
        (void)event_del(&link->timer);
        link_open(link);
        break;
    case TLS_WAIT:
        break;
    case TLS_ENDED:
        fail_hello(link, "the client broke off");
        break;
    case TLS_FAILED:
        fail_hello(link, tls_session_problem(link->tls));
        break;
    }
}

/* ---- events ---- */

static void on_client_read(struct bufferevent *client, void *argument)
{
    struct front_link *link = argument;

    if (link->is_last || link->server_ended)
        (void)evbuffer_drain(bufferevent_get_input(client), (size_t)-1);
    else if (link->is_open)
        pass_in(link);
    else if (link->tls)
        shake_hands(link);
}

static void on_client_write(struct bufferevent *client, void *argument)
{
    struct front_link *link = argument;

    if (link->is_open)
        pass_out(link);
    else if (link->is_last && is_flushed(client))
        finish(link);
}

static void on_client_end(struct front_link *link)
{
    link->client_ended = true;
    if (link->is_last && is_flushed(link->client))
        finish(link);
    else if (link->is_open)
        pass_in(link);
    else if (link->tls && !link->is_last)
        break_off(link, "the client closed the connection within its hello");
    else
        link_drop(link);
}

static void on_client_event(struct bufferevent *client, short what,
                            void *argument)
{
    struct front_link *link = argument;

    (void)client;
    if (what == (BEV_EVENT_READING | BEV_EVENT_EOF))
        on_client_end(link);
    else if (link->tls && !link->is_open && !link->is_last)
        break_off(link, "the client reset the connection within its hello");
    else
        link_drop(link);
}

static void on_server_read(struct bufferevent *server, void *argument)
{
    struct front_link *link = argument;

    (void)server;
    if (link->is_open)
        pass_out(link);
}

static void on_server_write(struct bufferevent *server, void *argument)
{
    struct front_link *link = argument;

    (void)server;
    if (link->is_open)
        pass_in(link);
}

/* The plain server can only end: that it resets is told otherwise. */
static void on_server_event(struct bufferevent *server, short what,
                            void *argument)
{
    struct front_link *link = argument;

    (void)server;
    if (!link->is_open && !link->is_last) {
        link_drop(link);
        return;
    }
    if (!link->tls && what & BEV_EVENT_ERROR) {
        drop_by_reset(link);
        return;
    }
    link->server_ended = true;
    if (link->is_open)
        pass_out(link);
}

static void on_timer(evutil_socket_t fd, short what, void *argument)
{
    struct front_link *link = argument;

    (void)fd;
    (void)what;
    if (link->is_last)
        link_drop(link);
    else
        break_off(link, "the hello did not end within --request-timeout");
}

/* ---- the beginning ---- */

static void watch(struct bufferevent *side)
{
    bufferevent_setwatermark(side, EV_READ, 0, FULL);
    bufferevent_setwatermark(side, EV_WRITE, FULL / 2, 0);
    (void)bufferevent_enable(side, EV_READ | EV_WRITE);
}

struct front_link *link_create(struct front *front, int client, void *owner,
                               struct evbuffer *early)
{
    struct front_link *link = xcalloc(1, sizeof *link);
    const int64_t idle = front->options.idle_timeout;
    const struct timeval patience = {idle / 1000,
                                     (suseconds_t)(idle % 1000 * 1000)};
    struct evbuffer *input;

    link->front = front;
    link->owner = owner;
    link->client =
        bufferevent_socket_new(front->base, client, BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(link->client, on_client_read, on_client_write,
                      on_client_event, link);
    bufferevent_set_timeouts(link->client, NULL, &patience);
    input = bufferevent_get_input(link->client);
    (void)evbuffer_unfreeze(input, 0);
    (void)evbuffer_add_buffer(input, early);
    (void)evbuffer_freeze(input, 0);
    evtimer_assign(&link->timer, front->base, on_timer, link);
    TAILQ_INSERT_TAIL(&front->links, link, link);
    watch(link->client);
    return link;
}

void link_set_server(struct front_link *link, struct bufferevent *server)
{
    link->server = server;
    bufferevent_setcb(server, on_server_read, on_server_write, on_server_event,
                      link);
    watch(server);
}

void link_open(struct front_link *link)
{
    link->is_open = true;
    /* What the server of a tunnel has said with its consent. */
    bufferevent_trigger(link->server, EV_READ,
                        BEV_TRIG_IGNORE_WATERMARKS | BEV_TRIG_DEFER_CALLBACKS);
    pass_in(link);
}

/* ---- what the owner asks for ---- */

/*
 * A reset follows, and what was said before it shall precede it, as far as the
 * kernel takes it now.
 */
static void send_now(struct front_link *link)
{
    struct evbuffer *input = bufferevent_get_input(link->server);
    struct evbuffer *output = output_of(link->client);

    (void)evbuffer_unfreeze(input, 0);
    (void)evbuffer_unfreeze(output, 1);
    while (evbuffer_read(input, bufferevent_getfd(link->server), PIECE) > 0)
        continue;
    while (evbuffer_get_length(input) && send_piece(link))
        continue;
    while (evbuffer_write(output, bufferevent_getfd(link->client)) > 0)
        continue;
}

void front_link_cut(struct front_link *link)
{
    link->is_cut = true;
}

void front_link_reset(struct front_link *link)
{
    link->owner = NULL;
    if (link->is_open)
        send_now(link);
    drop_by_reset(link);
}

void front_link_leave(struct front_link *link)
{
    if (!link->owner)
        return;
    link->owner = NULL;
    if (!link->tls || (link->is_lingering && link->client_ended))
        free_link(link);
}
