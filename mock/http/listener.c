/*
 * Opens listening sockets as a service should: without waiting for the old
 * connections of an earlier run, with a long backlog, and with a pause after a
 * failed accept().
 */
#include "listener.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "log_output.h"

#define BACKLOG      1024
#define PORT_SIZE    6
#define PAUSE_MICROS 100000

void listen_address_print(struct buffer *output, const char *host, int port)
{
    if (strchr(host, ':'))
        buffer_printf(output, "[%s]:%d", host, port);
    else
        buffer_printf(output, "%s:%d", host, port);
}

static void resume(evutil_socket_t fd, short what, void *listener)
{
    (void)fd;
    (void)what;
    evconnlistener_enable(listener);
}

/*
 * accept() failed, most likely for want of file descriptors. The connection
 * still waits, so trying again at once would only keep the processor busy. A
 * listener lives as long as its base, so `resume` never comes after its end.
 */
static void on_accept_error(struct evconnlistener *listener, void *http)
{
    const struct timeval pause = {0, PAUSE_MICROS};
    char line[256];
    int length = snprintf(line, sizeof line,
                          "slackmock: cannot accept a connection: %s\n",
                          strerror(errno));

    /* evhttp passes no argument of ours by which to reach the log */
    (void)http;
    (void)log_output_write(line, (size_t)length);
    if (event_base_once(evconnlistener_get_base(listener), -1, EV_TIMEOUT,
                        resume, listener, &pause) == 0)
        evconnlistener_disable(listener);
}

int listen_address_fail(const struct listen_address *address,
                        const char *reason, struct buffer *why)
{
    buffer_add_text(why, "cannot listen on ");
    listen_address_print(why, address->host, address->port);
    buffer_printf(why, ": %s", reason);
    return -1;
}

struct addrinfo *listener_resolve(const struct listen_address *address,
                                  struct buffer *why)
{
    const struct addrinfo wanted = {
        .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
        .ai_socktype = SOCK_STREAM,
    };
    struct addrinfo *found = NULL;
    char port[PORT_SIZE];
    int error;

    snprintf(port, sizeof port, "%u", (unsigned)address->port);
    error = getaddrinfo(address->host, port, &wanted, &found);
    if (error)
        (void)listen_address_fail(address, gai_strerror(error), why);
    return error ? NULL : found;
}

static struct evconnlistener *bind_first(struct event_base *base,
                                         const struct addrinfo *found,
                                         bool ipv6_only)
{
    struct evconnlistener *listener = NULL;

    for (; found && !listener; found = found->ai_next) {
        unsigned flags =
            LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE;

        if (ipv6_only && found->ai_family == AF_INET6)
            flags |= LEV_OPT_BIND_IPV6ONLY;
        listener =
            evconnlistener_new_bind(base, NULL, NULL, flags, BACKLOG,
                                    found->ai_addr, (int)found->ai_addrlen);
    }
    return listener;
}

static bool is_loopback_address(const struct sockaddr_storage *address)
{
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;

    if (address->ss_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr) ||
               (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr) &&
                v6->sin6_addr.s6_addr[12] == IN_LOOPBACKNET);
    return ntohl(v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

/* The port that was really bound, -1 if it cannot be found out. */
static int look_at(int fd, bool *is_loopback)
{
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;

    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0)
        return -1;
    *is_loopback = is_loopback_address(&address);
    if (address.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((const struct sockaddr_in *)&address)->sin_port);
}

int listener_open(struct listener *listener, struct event_base *base,
                  const struct addrinfo *found, bool ipv6_only)
{
    const int on = 1;
    int fd;

    listener->socket = bind_first(base, found, ipv6_only);
    if (!listener->socket)
        return -1;
    fd = evconnlistener_get_fd(listener->socket);
    /* Accepted sockets inherit it. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    evconnlistener_set_error_cb(listener->socket, on_accept_error);
    listener->port = look_at(fd, &listener->is_loopback);
    return 0;
}

void listener_close(struct listener *listener)
{
    if (listener->socket)
        evconnlistener_free(listener->socket);
    listener->socket = NULL;
}

void listener_serve(const struct listener *listener, struct evhttp *http)
{
    (void)evhttp_bind_listener(http, listener->socket);
}

static void stop(struct evhttp_bound_socket *bound, void *unused)
{
    struct evconnlistener *listener = evhttp_bound_socket_get_listener(bound);

    (void)unused;
    evconnlistener_disable(listener);
    (void)shutdown(evconnlistener_get_fd(listener), SHUT_RDWR);
}

void listener_stop_all(struct evhttp *http)
{
    evhttp_foreach_bound_socket(http, stop, NULL);
}
