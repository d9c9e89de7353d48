/* libcurl connects and encrypts, and leaves HTTP to us; see tls_client.h. */
#include "tls_client.h"

#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "check.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"

#define ALERT 0x15 /* the type of a record (RFC 5246 6.2.1) */

struct tls_client {
    CURL *curl;
    struct curl_slist *addresses;
    char error[CURL_ERROR_SIZE];
};

#define set(client, option, value)                                             \
    assert_int_equal(curl_easy_setopt((client)->curl, option, value), CURLE_OK)

void tls_client_free(struct tls_client *client)
{
    if (!client)
        return;
    curl_easy_cleanup(client->curl);
    curl_slist_free_all(client->addresses);
    free(client);
}

static struct tls_client *create(void)
{
    struct tls_client *client = calloc(1, sizeof *client);

    if (!client)
        abort();
    client->curl = curl_easy_init();
    assert_non_null(client->curl);
    return client;
}

static void set_way(struct test *test, struct tls_client *client,
                    const struct server *server, const struct tls_way *way)
{
    const char *name = way->name ? way->name : "localhost";
    const int port = way->by_proxy ? 443 : server_port(server);

    client->addresses = curl_slist_append(
        NULL, test_printf(test, "%s:%d:127.0.0.1", name, port));
    set(client, CURLOPT_RESOLVE, client->addresses);
    set(client, CURLOPT_URL, test_printf(test, "https://%s:%d/", name, port));
    set(client, CURLOPT_PROXY, way->by_proxy ? server_origin(server) : "");
    set(client, CURLOPT_HTTPPROXYTUNNEL, (long)way->by_proxy);
    set(client, CURLOPT_CAINFO, way->authority);
}

static CURLcode try_to_connect(struct test *test, struct tls_client *client,
                               const struct server *server,
                               const struct tls_way *way)
{
    const long patience = deadline_left(deadline_from_now());

    set_way(test, client, server, way);
    set(client, CURLOPT_CONNECT_ONLY, 1L);
    set(client, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_MAX_TLSv1_2);
    set(client, CURLOPT_NOSIGNAL, 1L);
    set(client, CURLOPT_TIMEOUT_MS, patience);
    set(client, CURLOPT_ERRORBUFFER, client->error);
    return curl_easy_perform(client->curl);
}

struct tls_client *tls_client_create(struct test *test,
                                     const struct server *server,
                                     const struct tls_way *way)
{
    struct tls_client *client = create();
    CURLcode result = try_to_connect(test, client, server, way);

    if (result != CURLE_OK) {
        const char *error = test_printf(test, "%s", client->error);

        tls_client_free(client);
        client = NULL;
        fail_msg("no TLS with %s: %s", way->name ? way->name : "localhost",
                 error);
    }
    return client;
}

const char *tls_client_refusal(struct test *test, const struct server *server,
                               const struct tls_way *way)
{
    struct tls_client *client = create();
    CURLcode result = try_to_connect(test, client, server, way);
    const char *error =
        result == CURLE_OK ? NULL : test_printf(test, "%s", client->error);

    tls_client_free(client);
    return error;
}

int tls_client_socket(const struct tls_client *client)
{
    curl_socket_t descriptor = CURL_SOCKET_BAD;

    (void)curl_easy_getinfo(client->curl, CURLINFO_ACTIVESOCKET, &descriptor);
    return descriptor;
}

static void wait_for(const struct tls_client *client, short what, deadline end)
{
    struct pollfd state = {tls_client_socket(client), what, 0};

    if (poll(&state, 1, deadline_left(end)) != 1)
        fail_msg("a connection in TLS is stuck");
}

ssize_t tls_client_send(struct tls_client *client, const char *bytes,
                        size_t length)
{
    deadline end = deadline_from_now();
    size_t sent = 0;
    CURLcode result;

    while ((result = curl_easy_send(client->curl, bytes, length, &sent)) ==
           CURLE_AGAIN)
        wait_for(client, POLLOUT, end);
    return result == CURLE_OK ? (ssize_t)sent : -1;
}

/*
 * libcurl takes any end for a proper one. In TLS 1.2 the type of what comes
 * next is there to be seen: libcurl reads record by record. A reset is reported
 * once, and to whoever looks first.
 */
static void look_ahead(const struct tls_client *client,
                       struct tls_received *received)
{
    unsigned char type;
    ssize_t got =
        recv(tls_client_socket(client), &type, 1, MSG_PEEK | MSG_DONTWAIT);

    received->was_announced = got == 1 && type == ALERT;
    received->was_reset = got < 0 && errno == ECONNRESET;
}

struct tls_received tls_client_receive(struct tls_client *client, char *bytes,
                                       size_t room, deadline end)
{
    struct tls_received received = {0};
    CURLcode result;

    look_ahead(client, &received);
    while ((result = curl_easy_recv(client->curl, bytes, room,
                                    &received.length)) == CURLE_AGAIN) {
        wait_for(client, POLLIN, end);
        look_ahead(client, &received);
    }
    if (result != CURLE_OK)
        received.length = 0;
    return received;
}

bool tls_is_there(struct test *test)
{
    const struct program_run *run = program_run(test, ARGUMENTS("--version"));

    return !strstr(run->out, "without TLS");
}

void tls_skip_without(struct test *test)
{
    if (!tls_is_there(test))
        skip();
}
