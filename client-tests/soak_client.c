/* HTTP over a connection, with a deadline for each reply; see soak_client.h. */
#include "soak_client.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

void soak_client_init(struct soak_client *client, int port,
                      const char *authority)
{
    memset(client, 0, sizeof *client);
    client->port = port;
    client->authority = authority;
    client->connection = (struct soak_connection)SOAK_CONNECTION_INIT;
    client->body = "";
}

bool soak_client_open(struct soak_client *client)
{
    if (client->connection.descriptor >= 0)
        return true;
    client->length = 0;
    client->consumed = 0;
    return soak_connection_open(&client->connection, client->port,
                                client->authority);
}

bool soak_client_send(struct soak_client *client, const char *text)
{
    return soak_connection_send(&client->connection, text);
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
    enum soak_end result;

    if (client->length == SOAK_INPUT_SIZE)
        return SOAK_BROKEN;
    result = soak_connection_receive(
        &client->connection, client->input + client->length,
        SOAK_INPUT_SIZE - client->length, &client->length, end);
    client->input[client->length] = '\0';
    return result == SOAK_CLOSED && client->length > 0 ? SOAK_BROKEN : result;
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
    soak_connection_finish(&client->connection);
}

void soak_client_close(struct soak_client *client)
{
    soak_connection_close(&client->connection);
}

void soak_client_reset(struct soak_client *client)
{
    soak_connection_reset(&client->connection);
}
