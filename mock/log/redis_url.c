/* libevent takes it apart; what is in its parts is read here. */
#include "log/redis_url.h"

#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/buffer.h"
#include "base/text.h"
#include "base/xalloc.h"

#define KEY_DEFAULT   "slackmock"
#define PORT_DEFAULT  6379
#define DATABASE_MOST 999999

bool redis_url_is_one(const char *text)
{
    return strstr(text, "://") != NULL;
}

static char *decoded(const char *text, size_t length)
{
    struct buffer plain = BUFFER_INIT;

    for (size_t i = 0; i < length; i++) {
        const int high = i + 2 < length ? text_hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < length ? text_hex_digit(text[i + 2]) : -1;

        if (text[i] == '%' && high >= 0 && low >= 0) {
            buffer_add_byte(&plain, (char)(high * 16 + low));
            i += 2;
        } else {
            buffer_add_byte(&plain, text[i]);
        }
    }
    return buffer_take(&plain);
}

static void read_user(struct redis_url *url, const char *text)
{
    const char *colon = text ? strchr(text, ':') : NULL;

    if (!text)
        return;
    if (colon && colon != text)
        url->user = decoded(text, (size_t)(colon - text));
    url->password = colon ? decoded(colon + 1, strlen(colon + 1))
                          : decoded(text, strlen(text));
}

/* `/3`, `/` or nothing. */
static bool read_database(struct redis_url *url, const char *path)
{
    const char *digits = path && *path == '/' ? path + 1 : "";

    if (digits[strspn(digits, "0123456789")] || strlen(digits) > 6)
        return false;
    url->database = (int)strtol(digits, NULL, 10);
    return url->database <= DATABASE_MOST;
}

/* The only thing that a query can have is the key. */
static bool read_query(struct redis_url *url, const char *query)
{
    static const char name[] = "key=";
    struct buffer snapshot = BUFFER_INIT;

    if (query && (strncmp(query, name, strlen(name)) != 0 ||
                  !query[strlen(name)] || strchr(query, '&')))
        return false;
    url->key = query
                   ? decoded(query + strlen(name), strlen(query) - strlen(name))
                   : xstrdup(KEY_DEFAULT);
    buffer_printf(&snapshot, "%s:snapshot", url->key);
    url->snapshot_key = buffer_take(&snapshot);
    return true;
}

static const char *problem(struct redis_url *url, const struct evhttp_uri *uri)
{
    const char *scheme = uri ? evhttp_uri_get_scheme(uri) : NULL;
    const char *host = uri ? evhttp_uri_get_host(uri) : NULL;
    const int port = uri ? evhttp_uri_get_port(uri) : 0;

    if (scheme && strcmp(scheme, "rediss") == 0)
        return "this slackmock's hiredis has no TLS: wanted redis://, by a "
               "tunnel if need be";
    if (!scheme || strcmp(scheme, "redis") != 0 || !host || !*host || !port)
        return "wanted a path, or redis://[:PASSWORD@]HOST:PORT/DB?key=NAME";
    url->host = xstrdup(host);
    url->port = port < 0 ? PORT_DEFAULT : port;
    read_user(url, evhttp_uri_get_userinfo(uri));
    if (!read_database(url, evhttp_uri_get_path(uri)))
        return "wanted the number of a database after the slash";
    if (!read_query(url, evhttp_uri_get_query(uri)))
        return "wanted nothing but key=NAME after the question mark";
    return NULL;
}

bool redis_url_parse(const char *text, struct redis_url *url,
                     struct buffer *why)
{
    struct evhttp_uri *uri = evhttp_uri_parse(text);
    const char *wanted;

    *url = (struct redis_url){.host = NULL};
    wanted = problem(url, uri);
    if (uri)
        evhttp_uri_free(uri);
    if (wanted)
        buffer_add_text(why, wanted);
    return !wanted;
}

void redis_url_clear(struct redis_url *url)
{
    free(url->host);
    free(url->user);
    free(url->password);
    free(url->key);
    free(url->snapshot_key);
}
