/* A caller's connection: it opens, sends, and reads until the reply is whole
 * and what was expected. */

#include "load_connection.h"
#include "load_options.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void load_fail(const char *form, ...)
{
    va_list arguments;
    va_start(arguments, form);
    fputs("load: ", stderr);
    vfprintf(stderr, form, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    exit(1);
}

int64_t load_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int open_socket(int port, int flags)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int opened = socket(AF_INET, SOCK_STREAM | flags, 0);
    if (opened < 0) {
        load_fail("cannot open a socket: %s", strerror(errno));
    }
    const struct sockaddr *where = (const struct sockaddr *)&address;
    if (connect(opened, where, sizeof address) != 0 && errno != EINPROGRESS) {
        load_fail("cannot connect to port %d: %s", port, strerror(errno));
    }
    return opened;
}

static void watch(struct connection *connection, int epoll, int operation)
{
    struct epoll_event event = {
        .events = (connection->writing ? EPOLLOUT : EPOLLIN) | EPOLLRDHUP,
        .data.ptr = connection,
    };
    if (epoll_ctl(epoll, operation, connection->socket, &event) != 0) {
        load_fail("cannot watch a socket: %s", strerror(errno));
    }
}

/* A loopback connection is most often open at once, so this sends without
 * being told to; else it is tried again when epoll says so. */
static void send_request(struct connection *connection, int epoll)
{
    ssize_t sent = send(connection->socket, connection->bytes,
                        connection->length, MSG_NOSIGNAL);
    bool later = sent < 0 && (errno == EAGAIN || errno == ENOTCONN);
    if (!later && sent != (ssize_t)connection->length) {
        load_fail("cannot send a request: %s", strerror(errno));
    }
    if (later != connection->writing) {
        connection->writing = later;
        watch(connection, epoll, EPOLL_CTL_MOD);
    }
    if (!later) {
        connection->length = 0;
    }
}

void connection_call(struct connection *connection, int epoll,
                     const struct load_options *options, long token)
{
    connection->started = load_clock();
    connection->answered = false;
    if (connection->socket < 0) {
        connection->socket = open_socket(options->port, SOCK_NONBLOCK);
        watch(connection, epoll, EPOLL_CTL_ADD);
    }
    connection->length =
        connection->refresh_token[0]
            ? write_refresh(connection->bytes, options,
                            connection->refresh_token)
            : write_exchange(connection->bytes, options, token);
    send_request(connection, epoll);
}

static void check_reply(struct connection *connection,
                        const struct load_options *options)
{
    const char *reply = connection->bytes;
    static const char status[] = "HTTP/1.1 200 ";
    if (strncmp(reply, status, sizeof status - 1) != 0 ||
        !strstr(reply, options->expected)) {
        load_fail("wanted status 200 and %s in each reply, found:\n%s",
                  options->expected, reply);
    }
    if (options->refresh &&
        !reply_refresh_token(reply, connection->refresh_token)) {
        load_fail("wanted a refresh_token in each reply, found:\n%s", reply);
    }
}

/* The server has closed already. A reset leaves no socket behind to wait for
 * late packets, and spares this side work that is none of the server's. */
static void close_connection(struct connection *connection)
{
    const struct linger reset = {.l_onoff = 1};
    setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(connection->socket);
    connection->socket = -1;
}

/* Reads what there is. Returns true once the reply is whole. */
static bool read_reply(struct connection *connection)
{
    char *bytes = connection->bytes;
    ssize_t got = recv(connection->socket, bytes + connection->length,
                       MESSAGE_SIZE - 1 - connection->length, 0);
    if (got < 0 && errno == EAGAIN) {
        return false;
    }
    connection->length += got > 0 ? (size_t)got : 0;
    bytes[connection->length] = '\0';
    bool whole = reply_is_whole(bytes, connection->length, got <= 0);
    if (!whole && got <= 0) {
        load_fail("the server closed a connection after %zu bytes of a reply",
                  connection->length);
    }
    return whole;
}

enum connection_news connection_act(struct connection *connection, int epoll,
                                    const struct load_options *options,
                                    bool closed)
{
    if (connection->writing) {
        send_request(connection, epoll);
        return STILL_WAITING;
    }
    if (connection->answered) {
        close_connection(connection);
        return CONNECTION_CLOSED;
    }
    if (!read_reply(connection)) {
        return STILL_WAITING;
    }
    check_reply(connection, options);
    connection->answered = true;
    if (closed) {
        close_connection(connection);
    }
    return REPLY_CAME;
}

void call_between(const struct load_options *options)
{
    char bytes[MESSAGE_SIZE];
    int length = snprintf(bytes, sizeof bytes,
                          "%s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Connection: close\r\nContent-Length: 0\r\n\r\n",
                          options->between);
    int opened = open_socket(options->port, 0);
    if (send(opened, bytes, (size_t)length, MSG_NOSIGNAL) != length) {
        load_fail("cannot send %s: %s", options->between, strerror(errno));
    }
    ssize_t got = recv(opened, bytes, sizeof bytes - 1, 0);
    bytes[got > 0 ? got : 0] = '\0';
    if (strncmp(bytes, "HTTP/1.1 200 ", 13) != 0) {
        load_fail("wanted status 200 from %s, found:\n%s", options->between,
                  bytes);
    }
    close(opened);
}
