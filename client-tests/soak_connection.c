/* Each wait is a poll() with a deadline; see soak_connection.h. */
#include "soak_connection.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ALERT 0x15 /* the type of a record (RFC 5246 6.2.1) */

/* ---- connecting ---- */

static bool open_plain(struct soak_connection *connection, int port)
{
    const int yes = 1;
    struct sockaddr_in address;

    connection->descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->descriptor < 0)
        return false;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &yes,
                     sizeof yes);
    return connect(connection->descriptor, (const struct sockaddr *)&address,
                   sizeof address) == 0;
}

/* Up to TLS 1.2, whose records can be told apart; see look_ahead(). */
static bool shake_hands(CURL *tls, int port, const char *authority)
{
    const long patience = deadline_left(deadline_from_now());
    char url[64];

    (void)snprintf(url, sizeof url, "https://127.0.0.1:%d/", port);
    return curl_easy_setopt(tls, CURLOPT_URL, url) == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_CAINFO, authority) == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_SSLVERSION,
                            (long)CURL_SSLVERSION_MAX_TLSv1_2) == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(tls, CURLOPT_TIMEOUT_MS, patience) == CURLE_OK &&
           curl_easy_perform(tls) == CURLE_OK;
}

static bool open_tls(struct soak_connection *connection, int port,
                     const char *authority)
{
    curl_socket_t descriptor;

    connection->tls = curl_easy_init();
    if (!connection->tls || !shake_hands(connection->tls, port, authority) ||
        curl_easy_getinfo(connection->tls, CURLINFO_ACTIVESOCKET,
                          &descriptor) != CURLE_OK)
        return false;
    connection->descriptor = descriptor;
    return true;
}

bool soak_connection_open(struct soak_connection *connection, int port,
                          const char *authority)
{
    bool is_open;

    *connection = (struct soak_connection)SOAK_CONNECTION_INIT;
    is_open = authority ? open_tls(connection, port, authority)
                        : open_plain(connection, port);
    if (!is_open)
        soak_connection_close(connection);
    return is_open;
}

/* ---- sending ---- */

static bool await(const struct soak_connection *connection, short what,
                  deadline end)
{
    struct pollfd state = {connection->descriptor, what, 0};

    return poll(&state, 1, deadline_left(end)) == 1;
}

/* Returns how much was taken, 0 if nothing will be. */
static size_t send_tls(struct soak_connection *connection, const char *bytes,
                       size_t length)
{
    deadline end = deadline_from_now();
    size_t sent = 0;
    CURLcode result;

    while ((result = curl_easy_send(connection->tls, bytes, length, &sent)) ==
           CURLE_AGAIN)
        if (!await(connection, POLLOUT, end))
            return 0;
    return result == CURLE_OK ? sent : 0;
}

static size_t send_plain(struct soak_connection *connection, const char *bytes,
                         size_t length)
{
    ssize_t sent = send(connection->descriptor, bytes, length, MSG_NOSIGNAL);

    return sent > 0 ? (size_t)sent : 0;
}

bool soak_connection_send(struct soak_connection *connection, const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        size_t sent = connection->tls ? send_tls(connection, text, length)
                                      : send_plain(connection, text, length);

        if (sent == 0)
            return false;
        text += sent;
        length -= sent;
    }
    return true;
}

/* ---- receiving ---- */

static enum soak_end receive_plain(struct soak_connection *connection,
                                   char *bytes, size_t room, size_t *length)
{
    ssize_t got = recv(connection->descriptor, bytes, room, 0);

    if (got <= 0)
        return got < 0 ? SOAK_RESET : SOAK_CLOSED;
    *length += (size_t)got;
    return SOAK_REPLY;
}

/*
 * libcurl takes any end for a proper one. In TLS 1.2 the type of what comes
 * next is there to be seen: libcurl reads record by record. A reset is reported
 * once, and to whoever looks first.
 */
static enum soak_end look_ahead(struct soak_connection *connection)
{
    unsigned char type;
    ssize_t got = recv(connection->descriptor, &type, 1, MSG_PEEK);

    if (got == 0)
        return SOAK_CLOSED;
    if (got < 0)
        return SOAK_RESET;
    connection->was_announced = type == ALERT;
    return connection->was_announced ? SOAK_CLOSED : SOAK_REPLY;
}

/* What libcurl holds of a record comes before what the socket holds. */
static enum soak_end receive_tls(struct soak_connection *connection,
                                 char *bytes, size_t room, size_t *length)
{
    enum soak_end ahead = look_ahead(connection);
    size_t got = 0;
    CURLcode result;

    if (ahead != SOAK_REPLY)
        return ahead;
    result = curl_easy_recv(connection->tls, bytes, room, &got);
    if (result == CURLE_AGAIN)
        return SOAK_REPLY; /* none yet: a part of a record */
    if (result != CURLE_OK || got == 0)
        return SOAK_BROKEN;
    *length += got;
    return SOAK_REPLY;
}

enum soak_end soak_connection_receive(struct soak_connection *connection,
                                      char *bytes, size_t room, size_t *length,
                                      deadline end)
{
    if (!await(connection, POLLIN, end))
        return SOAK_LATE;
    return connection->tls ? receive_tls(connection, bytes, room, length)
                           : receive_plain(connection, bytes, room, length);
}

/* ---- ending ---- */

void soak_connection_finish(struct soak_connection *connection)
{
    (void)shutdown(connection->descriptor, SHUT_WR);
}

void soak_connection_close(struct soak_connection *connection)
{
    if (connection->tls)
        curl_easy_cleanup(connection->tls);
    else if (connection->descriptor >= 0)
        (void)close(connection->descriptor);
    connection->tls = NULL;
    connection->descriptor = -1;
}

void soak_connection_reset(struct soak_connection *connection)
{
    const struct linger at_once = {1, 0};

    (void)setsockopt(connection->descriptor, SOL_SOCKET, SO_LINGER, &at_once,
                     sizeof at_once);
    soak_connection_close(connection);
}
