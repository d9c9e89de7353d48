/*
 * The life of a link: its hello, what happens on its two sides, its owner.
 */
#include "link.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/xalloc.h"
#include "pass.h"

/* ---- the hello of TLS ---- */

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

static void lose_client(struct front_link *link)
{
    break_off(link, link->client_reset
                        ? "the client reset the connection within its hello"
                        : "the client closed the connection within its hello");
}

static void shake_hands(struct front_link *link)
{
    switch (tls_session_handshake(link->tls)) {
    case TLS_DONE:
        (void)event_del(&link->timer);
        link_open(link);
        break;
    case TLS_WAIT:
        if (link->client_ended)
            lose_client(link);
        break;
    case TLS_ENDED:
        fail_hello(link, "the client broke off");
        break;
    case TLS_FAILED:
        fail_hello(link, tls_session_problem(link->tls));
        break;
    }
}

static void plan_greeting(struct front *front)
{
    const struct timeval at_once = {0, 0};

    if (!TAILQ_EMPTY(&front->greeting))
        (void)event_add(&front->greeter, &at_once);
}

/*
 * A hello takes milliseconds, and many may come at once: one is gone on with
 * in each turn of the loop, so that calls need not wait for all.
 */
void link_greet_next(evutil_socket_t fd, short what, void *argument)
{
    struct front *front = argument;
    struct front_link *link = TAILQ_FIRST(&front->greeting);

    (void)fd;
    (void)what;
    if (!link)
        return;
    TAILQ_REMOVE(&front->greeting, link, greeting);
    link->is_greeting = false;
    plan_greeting(front);
    if (!link->is_last)
        shake_hands(link);
}

static void greet(struct front_link *link)
{
    if (link->is_greeting)
        return;
    link->is_greeting = true;
    TAILQ_INSERT_TAIL(&link->front->greeting, link, greeting);
    plan_greeting(link->front);
}

/* ---- events ---- */

static void on_client_read(struct bufferevent *client, void *argument)
{
    struct front_link *link = argument;

    if (link->is_last || link->server_ended)
        (void)evbuffer_drain(bufferevent_get_input(client), (size_t)-1);
    else if (link->is_open)
        link_pass_in(link);
    else if (link->tls)
        greet(link);
}

static void on_client_write(struct bufferevent *client, void *argument)
{
    struct front_link *link = argument;

    if (link->is_open)
        link_pass_out(link);
    else if (link->is_last && link_is_flushed(client))
        link_finish(link);
}

static void on_client_end(struct front_link *link)
{
    link->client_ended = true;
    if (link->is_last && link_is_flushed(link->client))
        link_finish(link);
    else if (link->is_open)
        link_pass_in(link);
    else if (!link->tls || link->is_last)
        link_drop(link);
    else if (!link->is_greeting) /* else what it sent says more */
        lose_client(link);
}

static void on_client_event(struct bufferevent *client, short what,
                            void *argument)
{
    struct front_link *link = argument;

    (void)client;
    link->client_reset = what != (BEV_EVENT_READING | BEV_EVENT_EOF);
    if (!link->client_reset || (link->tls && !link->is_open && !link->is_last))
        on_client_end(link);
    else
        link_drop(link);
}

static void on_server_read(struct bufferevent *server, void *argument)
{
    struct front_link *link = argument;

    (void)server;
    if (link->is_open)
        link_pass_out(link);
}

static void on_server_write(struct bufferevent *server, void *argument)
{
    struct front_link *link = argument;

    (void)server;
    if (link->is_open)
        link_pass_in(link);
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
        link_drop_by_reset(link);
        return;
    }
    link->server_ended = true;
    if (link->is_open)
        link_pass_out(link);
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
    bufferevent_setwatermark(side, EV_READ, 0, LINK_FULL);
    bufferevent_setwatermark(side, EV_WRITE, LINK_FULL / 2, 0);
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
    link_pass_in(link);
}

/* ---- what the owner asks for ---- */

void front_link_cut(struct front_link *link)
{
    link->is_cut = true;
}

void front_link_reset(struct front_link *link)
{
    link->owner = NULL;
    if (link->is_open)
        link_send_now(link);
    link_drop_by_reset(link);
}

void front_link_leave(struct front_link *link)
{
    if (!link->owner)
        return;
    link->owner = NULL;
    if (!link->tls || (link->is_lingering && link->client_ended))
        link_free(link);
}
