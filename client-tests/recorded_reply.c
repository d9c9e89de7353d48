/* Sends, receives and writes down; see recorded_reply.h. */
#include "recorded_reply.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "deadline.h"
#include "server_fixture.h"
#include "test_case.h"

#define HEAD_END "\r\n\r\n"

struct conversation {
    int socket;   /* -1: closed */
    bool is_head; /* the reply to HEAD has no body */
    bool half_closed;
    bool was_reset;
    struct recorded_bytes reply;
    struct recorded_bytes text;
};

static void hang_up(struct conversation *talk)
{
    if (talk->socket >= 0)
        (void)close(talk->socket);
    talk->socket = -1;
}

static int release(void *thing)
{
    struct conversation *talk = thing;

    hang_up(talk);
    free(talk->reply.data);
    free(talk->text.data);
    free(talk);
    return 0;
}

/* ---- the connection ---- */

static void connect_to(struct conversation *talk, const struct server *server)
{
    struct sockaddr_in address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)server_port(server));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    talk->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(talk->socket, (const struct sockaddr *)&address,
                sizeof address) != 0)
        fail_msg("cannot connect: %s", strerror(errno));
}

static void half_close(struct conversation *talk)
{
    if (talk->half_closed)
        return;
    talk->half_closed = true;
    /* A server that has reset the connection is heard of by recv(). */
    if (shutdown(talk->socket, SHUT_WR) != 0 && errno != ENOTCONN)
        fail_msg("cannot half-close: %s", strerror(errno));
}

static void send_request(struct conversation *talk,
                         struct recorded_bytes request)
{
    /* One piece: what a server makes of it must not hang on the pieces. */
    ssize_t sent =
        send(talk->socket, request.data, request.length, MSG_NOSIGNAL);

    if (sent != (ssize_t)request.length)
        fail_msg("cannot send: %s", strerror(errno));
}

/* ---- the reply ---- */

/* What a head announces of a body; -1 if it does not. */
static long announced(const char *head, const char *end)
{
    static const char name[] = "Content-Length:";

    for (; head < end; head = strchr(head, '\n') + 1)
        if (strncasecmp(head, name, strlen(name)) == 0)
            return strtol(head + strlen(name), NULL, 10);
    return -1;
}

/* As its Content-Length says; a reply 100 goes before another. */
static bool is_whole(const struct conversation *talk)
{
    const char *reply = talk->reply.data;
    const char *end;
    long length;

    while (reply && strncmp(reply, "HTTP/1.1 1", 10) == 0)
        reply = (end = strstr(reply, HEAD_END)) ? end + 4 : NULL;
    end = reply ? strstr(reply, HEAD_END) : NULL;
    if (!end)
        return false;
    length = talk->is_head ? 0 : announced(reply, end);
    end += strlen(HEAD_END);
    return length >= 0 && talk->reply.data + talk->reply.length >= end + length;
}

/* Receives more; false at the end of the connection. */
static bool receive(struct conversation *talk, deadline end)
{
    struct pollfd readable = {talk->socket, POLLIN, 0};
    char piece[16384];
    ssize_t got;

    if (poll(&readable, 1, deadline_left(end)) != 1)
        fail_msg("no end of the reply came in time after \"%s\"; a request "
                 "that a rule stalls is to be one of [half-close]",
                 talk->reply.data ? talk->reply.data : "");
    got = recv(talk->socket, piece, sizeof piece, 0);
    if (got < 0 && errno != ECONNRESET)
        fail_msg("cannot receive: %s", strerror(errno));
    talk->was_reset = got < 0;
    if (got > 0)
        recorded_bytes_add(&talk->reply, piece, (size_t)got);
    return got > 0;
}

static void receive_all(struct conversation *talk)
{
    deadline end = deadline_from_now();

    while (receive(talk, end))
        if (is_whole(talk))
            half_close(talk);
}

/* ---- the text ---- */

static void write_byte(struct recorded_bytes *text, char byte, char next)
{
    bool is_plain = byte == '\n' || (byte >= ' ' && byte <= '~');
    char escape[5];

    if (byte == '\\' && (next == 'x' || next == '\n'))
        is_plain = false;
    if (!is_plain)
        (void)snprintf(escape, sizeof escape, "\\x%02x", (unsigned char)byte);
    recorded_bytes_add(text, is_plain ? &byte : escape, is_plain ? 1 : 4);
}

/* In the first head a bare LF is an escape, so that its CRs can go. */
static size_t write_head(struct conversation *talk)
{
    const char *bytes = talk->reply.data;
    const char *end = bytes ? strstr(bytes, HEAD_END) : NULL;
    size_t length = end ? (size_t)(end - bytes) + strlen(HEAD_END) : 0;

    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\r' && bytes[i + 1] == '\n')
            recorded_bytes_add(&talk->text, &bytes[++i], 1);
        else if (bytes[i] == '\n')
            recorded_bytes_add(&talk->text, "\\x0a", 4);
        else
            write_byte(&talk->text, bytes[i], bytes[i + 1]);
    }
    return length;
}

/* Between the entries of a list, and after it. */
static bool is_place_to_break(const char *bytes)
{
    return strncmp(bytes, "},{", 3) == 0 || strncmp(bytes, "],\"", 3) == 0;
}

static void write_text(struct conversation *talk)
{
    const char *end = talk->was_reset ? "(reset)\n" : "(end)\n";
    struct recorded_bytes *text = &talk->text;

    for (size_t i = write_head(talk); i < talk->reply.length; i++) {
        const char *bytes = talk->reply.data + i;

        write_byte(text, bytes[0], bytes[1]);
        if (i > 0 && is_place_to_break(bytes - 1))
            recorded_bytes_add(text, "\\\n", 2);
    }
    if (text->length > 0 && text->data[text->length - 1] != '\n')
        recorded_bytes_add(text, "\n", 1);
    recorded_bytes_add(text, end, strlen(end));
}

const char *recorded_reply_await(struct test *test, const struct server *server,
                                 struct recorded_bytes request,
                                 bool half_closes)
{
    struct conversation *talk = calloc(1, sizeof *talk);

    if (!talk)
        abort();
    talk->socket = -1;
    test_keep(test, talk, release);
    talk->is_head = strncmp(request.data, "HEAD ", 5) == 0;
    connect_to(talk, server);
    send_request(talk, request);
    if (half_closes)
        half_close(talk);
    receive_all(talk);
    hang_up(talk);
    write_text(talk);
    return talk->text.data;
}
