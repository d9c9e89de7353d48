/*
 * Looks up a name without waiting for the answer, connects to the first address
 * that takes it, and tells the client. Where HTTPS_PROXY named a proxy, that
 * one is connected to and asked for the rest.
 */
#include "tunnel.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/xalloc.h"
#include "link.h"
#include "message/host_name.h"
#include "proxy_bypass.h"
#include "json/json_writer.h"

#define REPLY_MOST  16384 /* bytes of a proxy's head */
#define NAME_SIZE   (HOST_NAME_SIZE + 16)
#define ESTABLISHED "HTTP/1.1 200 Connection established\r\n\r\n"

struct tunnel {
    struct front_link *link;
    struct authority_form target;
    struct authority_form hop; /* who is connected to: the target or a proxy */
    bool is_proxied;
    struct event timer; /* to begin, then for the whole to be over */
    struct evdns_getaddrinfo_request *lookup;
    struct evutil_addrinfo *addresses;
    const struct evutil_addrinfo *next;
    struct bufferevent *server;
};

static void try_next(struct tunnel *tunnel);

void tunnel_free(struct tunnel *tunnel)
{
    if (!tunnel)
        return;
    (void)event_del(&tunnel->timer);
    if (tunnel->lookup)
        evdns_getaddrinfo_cancel(tunnel->lookup);
    if (tunnel->addresses)
        evutil_freeaddrinfo(tunnel->addresses);
    if (tunnel->server)
        bufferevent_free(tunnel->server);
    free(tunnel);
}

/* ---- what the client is told ---- */

static void print_name(const struct authority_form *form, char *name)
{
    const bool is_v6 = strchr(form->host, ':') != NULL;

    snprintf(name, NAME_SIZE, is_v6 ? "[%s]:%u" : "%s:%u", form->host,
             (unsigned)form->port);
}

static void add_body(struct buffer *body, const char *error,
                     const char *message)
{
    struct json_writer writer = {.output = body};

    json_write_object(&writer, NULL);
    json_write_boolean(&writer, "ok", false);
    json_write_text(&writer, "error", error);
    json_write_text(&writer, "message", message);
    json_write_object_end(&writer);
}

static void refuse(struct tunnel *tunnel, const char *status, const char *error,
                   const char *message)
{
    struct front_link *link = tunnel->link;
    struct front *front = link->front;
    struct buffer body = BUFFER_INIT;
    char name[NAME_SIZE];

    print_name(&tunnel->target, name);
    add_body(&body, error, message);
    (void)evbuffer_add_printf(bufferevent_get_output(link->client),
                              "HTTP/1.1 %s\r\n"
                              "Content-Type: application/json; "
                              "charset=utf-8\r\n"
                              "Content-Length: %zu\r\n"
                              "Connection: close\r\n\r\n%s",
                              status, body.length, buffer_text(&body));
    buffer_free(&body);
    front->handler->failed(front->context, "CONNECT", name, message);
    link->tunnel = NULL;
    tunnel_free(tunnel);
    link_end_client(link);
}

static void refuse_unreachable(struct tunnel *tunnel, const char *message)
{
    refuse(tunnel, "502 Bad Gateway", "bad_gateway", message);
}

static void establish(struct tunnel *tunnel)
{
    struct front_link *link = tunnel->link;
    struct bufferevent *server = tunnel->server;

    tunnel->server = NULL;
    link->tunnel = NULL;
    tunnel_free(tunnel);
    (void)bufferevent_write(link->client, ESTABLISHED, strlen(ESTABLISHED));
    link_set_server(link, server);
    link_open(link);
}

/* ---- a proxy on the way ---- */

static void ask_proxy(struct tunnel *tunnel)
{
    const char *authorization =
        tunnel->link->front->options.upstream_authorization;
    struct evbuffer *output = bufferevent_get_output(tunnel->server);
    char name[NAME_SIZE];

    print_name(&tunnel->target, name);
    (void)evbuffer_add_printf(output, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n",
                              name, name);
    if (authorization)
        (void)evbuffer_add_printf(output, "Proxy-Authorization: %s\r\n",
                                  authorization);
    (void)evbuffer_add_printf(output, "\r\n");
}

static void on_proxy_read(struct bufferevent *server, void *argument)
{
    struct tunnel *tunnel = argument;
    struct evbuffer *input = bufferevent_get_input(server);
    struct evbuffer_ptr end =
        evbuffer_search(input, "\r\n\r\n", strlen("\r\n\r\n"), NULL);
    char status[] = "HTTP/1.1 200";

    if (!tunnel->is_proxied)
        return;
    if (end.pos < 0) {
        if (evbuffer_get_length(input) > REPLY_MOST)
            refuse_unreachable(tunnel, "the proxy of HTTPS_PROXY answers "
                                       "without end");
        return;
    }
    (void)evbuffer_copyout(input, status, sizeof status - 1);
    if (strcmp(status + strlen("HTTP/1.1"), " 200") != 0) {
        refuse_unreachable(tunnel,
                           strcmp(status + strlen("HTTP/1.1"), " 407") == 0
                               ? "the proxy of HTTPS_PROXY wants another user "
                                 "or password"
                               : "the proxy of HTTPS_PROXY refuses");
        return;
    }
    (void)evbuffer_drain(input, (size_t)end.pos + strlen("\r\n\r\n"));
    establish(tunnel);
}

/* ---- connecting ---- */

static void on_server_event(struct bufferevent *server, short what,
                            void *argument)
{
    struct tunnel *tunnel = argument;

    (void)server;
    if (!(what & BEV_EVENT_CONNECTED)) {
        bufferevent_free(tunnel->server);
        tunnel->server = NULL;
        try_next(tunnel);
    } else if (tunnel->is_proxied) {
        ask_proxy(tunnel);
    } else {
        establish(tunnel);
    }
}

static uint16_t port_of(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET6)
        return ntohs(
            ((const struct sockaddr_in6 *)(const void *)address)->sin6_port);
    return ntohs(((const struct sockaddr_in *)(const void *)address)->sin_port);
}

/* True if it is an address of this machine: only such can be bound to. */
static bool is_of_this_machine(const struct evutil_addrinfo *found)
{
    int fd = socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool is_ours;

    if (fd < 0)
        return true;
    is_ours = bind(fd, found->ai_addr, (socklen_t)found->ai_addrlen) == 0 ||
              errno == EADDRINUSE || errno == EACCES;
    (void)close(fd);
    return is_ours;
}

/* The control API is there for programs, not for whom a proxy lets in. */
static bool is_own_port(const struct front *front, uint16_t port)
{
    for (size_t i = 0; i < front->own_port_count; i++)
        if (front->own_ports[i] == port)
            return true;
    return false;
}

/* False if it is out of the question at once. */
static bool begin_to_connect(struct tunnel *tunnel,
                             const struct evutil_addrinfo *address)
{
    tunnel->server = bufferevent_socket_new(tunnel->link->front->base, -1,
                                            BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(tunnel->server, on_proxy_read, NULL, on_server_event,
                      tunnel);
    (void)bufferevent_enable(tunnel->server, EV_READ | EV_WRITE);
    if (bufferevent_socket_connect(tunnel->server, address->ai_addr,
                                   (int)address->ai_addrlen) == 0)
        return true;
    bufferevent_free(tunnel->server);
    tunnel->server = NULL;
    return false;
}

static void try_next(struct tunnel *tunnel)
{
    const struct evutil_addrinfo *address;

    while ((address = tunnel->next)) {
        tunnel->next = address->ai_next;
        if (is_own_port(tunnel->link->front, port_of(address->ai_addr)) &&
            is_of_this_machine(address)) {
            refuse(tunnel, "403 Forbidden", "forbidden_host",
                   "the host is this server by another name; name it "
                   "localhost or as --listen does");
            return;
        }
        if (begin_to_connect(tunnel, address))
            return;
    }
    refuse_unreachable(tunnel, tunnel->is_proxied
                                   ? "the proxy of HTTPS_PROXY cannot be "
                                     "connected to"
                                   : "the host cannot be connected to");
}

/* ---- names ---- */

static void on_addresses(int error, struct evutil_addrinfo *addresses,
                         void *argument)
{
    struct tunnel *tunnel = argument;

    if (error == EVUTIL_EAI_CANCEL)
        return;
    tunnel->lookup = NULL;
    tunnel->addresses = addresses;
    tunnel->next = addresses;
    if (error)
        refuse_unreachable(tunnel, tunnel->is_proxied
                                       ? "the name of the proxy of HTTPS_PROXY "
                                         "is not known"
                                       : "the name of the host is not known");
    else
        try_next(tunnel);
}

static void look_up(struct tunnel *tunnel)
{
    const struct evutil_addrinfo wanted = {.ai_family = AF_UNSPEC,
                                           .ai_socktype = SOCK_STREAM,
                                           .ai_protocol = IPPROTO_TCP,
                                           .ai_flags = EVUTIL_AI_ADDRCONFIG};
    struct front *front = tunnel->link->front;
    struct evdns_getaddrinfo_request *lookup;
    char port[sizeof "65535"];

    if (!front->dns)
        front->dns =
            evdns_base_new(front->base, EVDNS_BASE_INITIALIZE_NAMESERVERS |
                                            EVDNS_BASE_DISABLE_WHEN_INACTIVE);
    snprintf(port, sizeof port, "%u", (unsigned)tunnel->hop.port);
    lookup = evdns_getaddrinfo(front->dns, tunnel->hop.host, port, &wanted,
                               on_addresses, tunnel);
    /* NULL: on_addresses() has been called, and the tunnel may be gone. */
    if (lookup)
        tunnel->lookup = lookup;
}

/* ---- the beginning ---- */

static void on_timer(evutil_socket_t fd, short what, void *argument)
{
    struct tunnel *tunnel = argument;

    (void)fd;
    (void)what;
    refuse(tunnel, "504 Gateway Timeout", "gateway_timeout",
           "the host did not answer within --request-timeout");
}

static void on_begin(evutil_socket_t fd, short what, void *argument)
{
    struct tunnel *tunnel = argument;
    struct front *front = tunnel->link->front;
    const int64_t time = front->options.hello_timeout;
    const struct timeval patience = {time / 1000,
                                     (suseconds_t)(time % 1000 * 1000)};

    (void)fd;
    (void)what;
    evtimer_assign(&tunnel->timer, front->base, on_timer, tunnel);
    (void)evtimer_add(&tunnel->timer, &patience);
    /* What the proxy means by a name is not known here. */
    if (tunnel->is_proxied && is_own_port(front, tunnel->target.port))
        refuse(tunnel, "403 Forbidden", "forbidden_host",
               "the port is this server's own, and the proxy of HTTPS_PROXY "
               "might lead to it");
    else
        look_up(tunnel);
}

/* Where to go: to the proxy if there is one, which was checked at the start. */
static void choose_hop(struct tunnel *tunnel,
                       const struct front_options *options)
{
    tunnel->hop = tunnel->target;
    if (options->upstream_proxy &&
        !proxy_bypass_covers(options->upstream_bypass, &tunnel->target))
        tunnel->is_proxied =
            authority_form_parse(options->upstream_proxy, &tunnel->hop);
}

struct front_link *front_begin_tunnel(struct front *front, int client,
                                      const struct authority_form *target,
                                      struct evbuffer *early, void *owner)
{
    struct front_link *link = link_create(front, client, owner, early);
    struct tunnel *tunnel = xcalloc(1, sizeof *tunnel);
    const struct timeval at_once = {0, 0};

    tunnel->link = link;
    tunnel->target = *target;
    choose_hop(tunnel, &front->options);
    link->tunnel = tunnel;
    /* Later, when the owner knows its link. */
    evtimer_assign(&tunnel->timer, front->base, on_begin, tunnel);
    (void)evtimer_add(&tunnel->timer, &at_once);
    return link;
}
