/* Blocking sockets with a deadline for each wait; see soak_client.h. */
#include "soak_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deadline.h"

const char *soak_end_name(enum soak_end end)
{
    static const char *const names[SOAK_ENDS] = {
        [SOAK_REPLY] = "a reply",        [SOAK_BROKEN] = "a broken reply",
        [SOAK_CLOSED] = "an end",        [SOAK_RESET] = "a reset",
        [SOAK_LATE] = "no sign in time",
    };

    return names[end];
}

void soak_client_init(struct soak_client *client, int port)
{
    memset(client, 0, sizeof *client);
    client->port = port;
    client->descriptor = -1;
    client->body = "";
}

bool soak_client_open(struct soak_client *client)
{
    const int yes = 1;
    struct sockaddr_in address;

    if (client->descriptor >= 0)
        return true;
    client->descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (client->descriptor < 0)
        return false;
    client->length = 0;
    client->consumed = 0;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)client->port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(client->descriptor, IPPROTO_TCP, TCP_NODELAY, &yes,
                     sizeof yes);
    if (connect(client->descriptor, (const struct sockaddr *)&address,
                sizeof address) == 0)
        return true;
    soak_client_close(client);
    return false;
}

bool soak_client_send(struct soak_client *client, const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        ssize_t sent = send(client->descriptor, text, length, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        text += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* ---- receiving ---- */

/* Makes room by dropping the reply before. */
static void forget_last(struct soak_client *client)
{
    if (client->consumed == 0)
        return;
    client->input[client->consumed] = client->held;
    client->length -= client->consumed;
    memmove(client->input, client->input + client->consumed, client->length);
    client->consumed = 0;
}

/* SOAK_REPLY: some bytes more came. */
static enum soak_end receive(struct soak_client *client, deadline end)
{
    struct pollfd readable = {client->descriptor, POLLIN, 0};
    ssize_t got;

    if (client->length == SOAK_INPUT_SIZE)
        return SOAK_BROKEN;
    if (poll(&readable, 1, deadline_left(end)) != 1)
        return SOAK_LATE;
    got = recv(client->descriptor, client->input + client->length,
               SOAK_INPUT_SIZE - client->length, 0);
    if (got < 0)
        return SOAK_RESET;
    if (got == 0)
        return client->length > 0 ? SOAK_BROKEN : SOAK_CLOSED;
    client->length += (size_t)got;
    client->input[client->length] = '\0';
    return SOAK_REPLY;
}

/* The value of a field in the head, which ends where the body begins. */
static const char *field(const struct soak_client *client, const char *name)
{
    const char *line = client->input;

    while ((line = strstr(line, "\r\n")) != NULL && line + 2 < client->body) {
        line += 2;
        if (strncasecmp(line, name, strlen(name)) == 0)
            return line + strlen(name);
    }
    return NULL;
}

/* SOAK_REPLY: the head is here, and what can be known from it. */
static enum soak_end await_head(struct soak_client *client, deadline end)
{
    const char *blank;
    const char *connection;

    client->input[client->length] = '\0';
    while (!(blank = strstr(client->input, "\r\n\r\n"))) {
        enum soak_end result = receive(client, end);

        if (result != SOAK_REPLY)
            return result;
    }
    client->body = blank + 4;
    client->status = (int)strtol(client->input + strlen("HTTP/1.1 "), NULL, 10);
    connection = field(client, "Connection: ");
    client->will_close =
        connection && strncasecmp(connection, "close", strlen("close")) == 0;
    return SOAK_REPLY;
}

enum soak_end soak_client_await(struct soak_client *client)
{
    deadline end = deadline_from_now();
    enum soak_end result;
    const char *announced;
    size_t whole;

    forget_last(client);
    result = await_head(client, end);
    if (result != SOAK_REPLY)
        return result;
    announced = field(client, "Content-Length: ");
    whole = (size_t)(client->body - client->input) +
            (announced ? strtoul(announced, NULL, 10) : 0);
    while (client->length < whole) {
        result = receive(client, end);
        if (result != SOAK_REPLY)
            return result;
    }
    client->consumed = whole;
    client->held = client->input[whole];
    client->input[whole] = '\0';
    return SOAK_REPLY;
}

/* ---- ending ---- */

void soak_client_finish(struct soak_client *client)
{
    (void)shutdown(client->descriptor, SHUT_WR);
}

void soak_client_close(struct soak_client *client)
{
    if (client->descriptor >= 0)
        (void)close(client->descriptor);
    client->descriptor = -1;
}

void soak_client_reset(struct soak_client *client)
{
    const struct linger at_once = {1, 0};

    (void)setsockopt(client->descriptor, SOL_SOCKET, SO_LINGER, &at_once,
                     sizeof at_once);
    soak_client_close(client);
}
