/*
 * Makes links, and what they need when the first one needs it: a server that
 * nobody asks for TLS pays nothing for it.
 */
#include "front.h"

#include <event2/buffer.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "link.h"

/* Makes it now if it is not there. NULL, after a complaint, if that fails. */
static struct tls *take_tls(struct front *front)
{
    struct buffer why = BUFFER_INIT;

    if (front->tls || !tls_library())
        return front->tls;
    front->tls = tls_create(NULL, &why);
    if (!front->tls)
        front->handler->failed(front->context, "TLS", "", buffer_text(&why));
    buffer_free(&why);
    return front->tls;
}

struct front *front_create(struct event_base *base,
                           const struct front_options *options,
                           const struct front_handler *handler, void *context,
                           struct buffer *why)
{
    struct front *front = xcalloc(1, sizeof *front);

    front->base = base;
    front->options = *options;
    front->handler = handler;
    front->context = context;
    TAILQ_INIT(&front->links);
    TAILQ_INIT(&front->greeting);
    evtimer_assign(&front->greeter, base, link_greet_next, front);
    if (!options->directory)
        return front;
    front->tls = tls_create(options->directory, why);
    if (front->tls)
        return front;
    free(front);
    return NULL;
}

const char *front_authority(struct front *front)
{
    const struct tls *tls = take_tls(front);

    return tls ? tls_authority(tls) : NULL;
}

void front_add_own_port(struct front *front, int port)
{
    if (front->own_port_count < OWN_PORTS_MOST)
        front->own_ports[front->own_port_count++] = port;
}

static void start_hello(struct front_link *link)
{
    const int64_t time = link->front->options.hello_timeout;
    const struct timeval patience = {time / 1000,
                                     (suseconds_t)(time % 1000 * 1000)};

    (void)event_add(&link->timer, &patience);
    /* Later, when the owner knows its link. */
    bufferevent_trigger(link->client, EV_READ,
                        BEV_TRIG_IGNORE_WATERMARKS | BEV_TRIG_DEFER_CALLBACKS);
}

struct front_link *front_begin_tls(struct front *front,
                                   struct front_sockets sockets,
                                   struct evbuffer *early, void *owner)
{
    struct tls *tls = take_tls(front);
    struct front_link *link;

    if (!tls) {
        (void)close(sockets.client);
        (void)close(sockets.server);
        return NULL;
    }
    link = link_create(front, sockets.client, owner, early);
    link->tls = tls_session_create(tls, bufferevent_get_input(link->client),
                                   bufferevent_get_output(link->client));
    link_set_server(link, bufferevent_socket_new(front->base, sockets.server,
                                                 BEV_OPT_CLOSE_ON_FREE));
    start_hello(link);
    return link;
}

bool front_is_empty(const struct front *front)
{
    return TAILQ_EMPTY(&front->links);
}

void front_free(struct front *front)
{
    struct front_link *link;

    if (!front)
        return;
    while ((link = TAILQ_FIRST(&front->links)))
        link_drop(link);
    (void)event_del(&front->greeter);
    if (front->dns)
        evdns_base_free(front->dns, 0);
    tls_free(front->tls);
    free(front);
}
