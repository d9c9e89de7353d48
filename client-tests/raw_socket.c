/* Bytes out, replies in, each read with a deadline; see raw_socket.h. */
#include "raw_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "tls_client.h"

#define INPUT_MAX 65536 /* what may lie here unread */

struct raw_socket {
    struct test *test;
    int descriptor;
    struct tls_client *tls; /* NULL: plain */
    bool was_reset;
    bool was_announced;
    char input[INPUT_MAX]; /* received and not yet looked at */
    size_t length;
};

static int release(void *thing)
{
    struct raw_socket *raw = thing;

    if (raw->tls)
        tls_client_free(raw->tls);
    else if (raw->descriptor >= 0)
        (void)close(raw->descriptor);
    free(raw);
    return 0;
}

static struct raw_socket *create(struct test *test)
{
    struct raw_socket *raw = calloc(1, sizeof *raw);

    if (!raw)
        abort();
    raw->test = test;
    raw->descriptor = -1;
    test_keep(test, raw, release);
    return raw;
}

struct raw_socket *raw_connect_tls(struct test *test,
                                   const struct server *server,
                                   const struct tls_way *way)
{
    struct raw_socket *raw = create(test);

    raw->tls = tls_client_create(test, server, way);
    raw->descriptor = tls_client_socket(raw->tls);
    return raw;
}

bool raw_was_announced(const struct raw_socket *raw)
{
    return raw->was_announced;
}

static void open_socket(struct raw_socket *raw)
{
    raw->descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (raw->descriptor < 0)
        fail_msg("cannot open a socket: %s", strerror(errno));
}

static void connect_to(const struct raw_socket *raw,
                       const struct server *server)
{
    struct sockaddr_in address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)server_port(server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(raw->descriptor, (const struct sockaddr *)&address,
                sizeof address) != 0)
        fail_msg("cannot connect: %s", strerror(errno));
}

struct raw_socket *raw_connect(struct test *test, const struct server *server)
{
    struct raw_socket *raw = create(test);

    open_socket(raw);
    connect_to(raw, server);
    return raw;
}

struct raw_socket *raw_connect_narrow(struct test *test,
                                      const struct server *server)
{
    const int segment = 536;
    const int window = 2048;
    struct raw_socket *raw = create(test);

    open_socket(raw);
    if (setsockopt(raw->descriptor, IPPROTO_TCP, TCP_MAXSEG, &segment,
                   sizeof segment) != 0 ||
        setsockopt(raw->descriptor, SOL_SOCKET, SO_RCVBUF, &window,
                   sizeof window) != 0)
        fail_msg("cannot narrow a socket: %s", strerror(errno));
    connect_to(raw, server);
    return raw;
}

void raw_send_bytes(struct raw_socket *raw, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = raw->tls
                           ? tls_client_send(raw->tls, bytes, length)
                           : send(raw->descriptor, bytes, length, MSG_NOSIGNAL);

        if (sent <= 0)
            fail_msg("cannot send: %s", strerror(errno));
        bytes += sent;
        length -= (size_t)sent;
    }
}

void raw_send(struct raw_socket *raw, const char *text)
{
    raw_send_bytes(raw, text, strlen(text));
}

void raw_send_exchange(struct raw_socket *raw)
{
    raw_send(raw, test_printf(raw->test,
                              "POST " EXCHANGE " HTTP/1.1\r\n"
                              "Host: 127.0.0.1\r\n" FORM
                              "\r\nContent-Length: %zu\r\n\r\n" BOT_FORM,
                              strlen(BOT_FORM)));
}

void raw_end(struct raw_socket *raw)
{
    if (shutdown(raw->descriptor, SHUT_WR) != 0)
        fail_msg("cannot half-close: %s", strerror(errno));
}

void raw_reset(struct raw_socket *raw)
{
    const struct linger at_once = {1, 0};

    if (setsockopt(raw->descriptor, SOL_SOCKET, SO_LINGER, &at_once,
                   sizeof at_once) != 0 ||
        (!raw->tls && close(raw->descriptor) != 0))
        fail_msg("cannot reset: %s", strerror(errno));
    tls_client_free(raw->tls);
    raw->tls = NULL;
    raw->descriptor = -1;
}

static bool receive_tls(struct raw_socket *raw, deadline end)
{
    struct tls_received got = tls_client_receive(
        raw->tls, raw->input + raw->length, INPUT_MAX - raw->length, end);

    raw->was_reset = got.was_reset;
    raw->was_announced = got.was_announced;
    raw->length += got.length;
    return got.length > 0;
}

/* Receives more bytes; false at the end of the connection. */
static bool receive(struct raw_socket *raw, deadline end)
{
    struct pollfd readable = {raw->descriptor, POLLIN, 0};
    ssize_t got;

    if (raw->length == INPUT_MAX)
        fail_msg("more input than a test expects");
    if (raw->tls)
        return receive_tls(raw, end);
    if (poll(&readable, 1, deadline_left(end)) != 1)
        fail_msg("nothing came in time after \"%.*s\"", (int)raw->length,
                 raw->input);
    got = recv(raw->descriptor, raw->input + raw->length,
               INPUT_MAX - raw->length, 0);
    if (got < 0 && errno != ECONNRESET)
        fail_msg("cannot receive: %s", strerror(errno));
    raw->was_reset = got < 0;
    raw->length += got > 0 ? (size_t)got : 0;
    return got > 0;
}

static void receive_more(struct raw_socket *raw, deadline end)
{
    if (!receive(raw, end))
        fail_msg("the connection was closed after \"%.*s\"", (int)raw->length,
                 raw->input);
}

static void forget(struct raw_socket *raw, size_t length)
{
    raw->length -= length;
    memmove(raw->input, raw->input + length, raw->length);
}

/* Moves a line of the head into the reply; false at the empty line. */
static bool await_line(struct raw_socket *raw, struct http_reply *reply,
                       deadline end)
{
    const char *feed;
    size_t length;

    while (!(feed = memchr(raw->input, '\n', raw->length)))
        receive_more(raw, end);
    length = (size_t)(feed + 1 - raw->input);
    http_reply_add_line(reply, raw->input, length);
    forget(raw, length);
    return length > 2;
}

static struct http_reply *await_head(struct raw_socket *raw, deadline end)
{
    struct http_reply *reply = http_reply_create(raw->test);

    while (await_line(raw, reply, end))
        if (reply->status == 0)
            fail_msg("a reply that does not begin with a status line");
    return reply;
}

const struct http_reply *raw_await_head(struct raw_socket *raw)
{
    return await_head(raw, deadline_from_now());
}

const struct http_reply *raw_await_broken_reply(struct raw_socket *raw)
{
    deadline end = deadline_from_now();
    struct http_reply *reply = await_head(raw, end);
    bool more;

    do
        more = receive(raw, end);
    while (more);
    http_reply_add_body(reply, raw->input, raw->length);
    forget(raw, raw->length);
    return reply;
}

char raw_await_byte(struct raw_socket *raw)
{
    deadline end = deadline_from_now();
    char byte;

    while (raw->length == 0)
        receive_more(raw, end);
    byte = raw->input[0];
    forget(raw, 1);
    return byte;
}

const struct http_reply *raw_await_reply(struct raw_socket *raw)
{
    deadline end = deadline_from_now();
    struct http_reply *reply;
    const char *announced;
    size_t length;

    do
        reply = await_head(raw, end);
    while (reply->status == 100);
    announced = http_header(reply, "Content-Length");
    if (!announced)
        fail_msg("a reply with status %d and no Content-Length", reply->status);
    length = announced ? strtoul(announced, NULL, 10) : 0;
    while (raw->length < length)
        receive_more(raw, end);
    http_reply_add_body(reply, raw->input, length);
    forget(raw, length);
    http_reply_finish(reply);
    return reply;
}

size_t raw_await_long_reply(struct raw_socket *raw)
{
    deadline end = deadline_from_now();
    const char *announced = http_header(await_head(raw, end), "Content-Length");
    size_t length = announced ? strtoul(announced, NULL, 10) : 0;
    size_t left = length;

    while (left > 0) {
        size_t piece;

        if (raw->length == 0)
            receive_more(raw, end);
        piece = raw->length < left ? raw->length : left;
        forget(raw, piece);
        left -= piece;
    }
    return length;
}

const char *raw_await_text(struct raw_socket *raw)
{
    const char *text;

    (void)receive(raw, deadline_from_now());
    text = test_printf(raw->test, "%.*s", (int)raw->length, raw->input);
    forget(raw, raw->length);
    return text;
}

bool raw_has_input(struct raw_socket *raw)
{
    struct pollfd readable = {raw->descriptor, POLLIN, 0};

    return raw->length > 0 || poll(&readable, 1, 0) == 1;
}

void raw_await_close(struct raw_socket *raw)
{
    deadline end = deadline_from_now();

    while (raw->length == 0)
        if (!receive(raw, end))
            return;
    fail_msg("\"%.*s\" came before the close", (int)raw->length, raw->input);
}

void raw_await_reset(struct raw_socket *raw)
{
    raw_await_close(raw);
    if (!raw->was_reset)
        fail_msg("the connection was ended, not reset");
}

void raw_await_end(struct raw_socket *raw)
{
    raw_await_close(raw);
    if (raw->was_reset)
        fail_msg("the connection was reset");
}
