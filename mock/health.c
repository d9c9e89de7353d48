/* One request by libevent's HTTP client. */
#include "health.h"

#include <cjson/cJSON.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdbool.h>
#include <string.h>

#include "options.h"
#include "process.h"

#define HEALTH       "/_mock/health"
#define DEFAULT_PORT 80 /* of http:// */

/* Where to ask. */
struct place {
    struct listen_address address;
    struct buffer target; /* path and query */
};

struct probe {
    const struct options *options;
    struct event_base *base;
    bool is_answered;  /* or it is known that no answer comes */
    struct buffer why; /* nothing: all is well */
};

/* ---- where to ask ---- */

static void take_host(struct listen_address *address, const char *host)
{
    size_t length = strlen(host);

    if (*host == '[') {
        host++;
        length -= 2;
    }
    if (length >= sizeof address->host)
        length = sizeof address->host - 1;
    memcpy(address->host, host, length);
    address->host[length] = '\0';
}

/* One that was looked at when it was read; without a path it is a server's. */
static void place_of_url(struct place *place, const char *url)
{
    struct evhttp_uri *uri = evhttp_uri_parse(url);
    const char *path = evhttp_uri_get_path(uri);
    const char *query = evhttp_uri_get_query(uri);
    int port = evhttp_uri_get_port(uri);

    take_host(&place->address, evhttp_uri_get_host(uri));
    place->address.port = (uint16_t)(port < 0 ? DEFAULT_PORT : port);
    buffer_add_text(&place->target,
                    *path && strcmp(path, "/") != 0 ? path : HEALTH);
    if (query)
        buffer_printf(&place->target, "?%s", query);
    evhttp_uri_free(uri);
}

/* -1 with the reason added to `why`. */
static int place_of_server(struct place *place, const struct options *options,
                           struct buffer *why)
{
    struct listen_address *address = &place->address;
    int port;

    *address = options->server.addresses[0];
    port = address->port ? address->port
                         : process_read_port(options->port_file, why);
    if (port < 0)
        return -1;
    address->port = (uint16_t)port;
    if (strcmp(address->host, "0.0.0.0") == 0)
        take_host(address, "127.0.0.1");
    else if (strcmp(address->host, "::") == 0)
        take_host(address, "::1");
    buffer_add_text(&place->target, HEALTH);
    return 0;
}

/* ---- the answer ---- */

static bool is_slackmock(struct evhttp_request *request)
{
    struct evbuffer *body = evhttp_request_get_input_buffer(request);
    size_t length = evbuffer_get_length(body);
    cJSON *json =
        cJSON_ParseWithLength((const char *)evbuffer_pullup(body, -1), length);
    const char *program =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "program"));
    bool is_one = program && strcmp(program, "slackmock") == 0;

    cJSON_Delete(json);
    return is_one;
}

static void on_answer(struct evhttp_request *request, void *argument)
{
    struct probe *probe = argument;
    int status = request ? evhttp_request_get_response_code(request) : 0;

    probe->is_answered = true;
    if (!status) /* evhttp does not keep the reason */
        buffer_add_text(&probe->why, "nobody answers");
    else if (status != HTTP_OK)
        buffer_printf(&probe->why, "found HTTP %d", status);
    else if (!is_slackmock(request))
        buffer_printf(&probe->why, "found HTTP %d and no slackmock behind it",
                      status);
    (void)event_base_loopexit(probe->base, NULL);
}

/* ---- asking ---- */

static struct evhttp_connection *send_to(struct probe *probe,
                                         const struct place *place)
{
    const struct listen_address *address = &place->address;
    struct evhttp_connection *connection = evhttp_connection_base_new(
        probe->base, NULL, address->host, address->port);
    struct evhttp_request *request = evhttp_request_new(on_answer, probe);
    struct buffer host = BUFFER_INIT;

    listen_address_print(&host, address->host, address->port);
    (void)evhttp_add_header(evhttp_request_get_output_headers(request), "Host",
                            host.data);
    (void)evhttp_add_header(evhttp_request_get_output_headers(request),
                            "Connection", "close");
    buffer_free(&host);
    (void)evhttp_make_request(connection, request, EVHTTP_REQ_GET,
                              place->target.data);
    return connection;
}

static void ask(struct probe *probe, const struct place *place)
{
    const int64_t most = probe->options->server.limits.request_timeout;
    const struct timeval patience = {most / 1000,
                                     (suseconds_t)(most % 1000 * 1000)};
    struct evhttp_connection *connection;

    probe->base = event_base_new();
    connection = send_to(probe, place);
    (void)event_base_loopexit(probe->base, &patience);
    if (!probe->is_answered)
        (void)event_base_dispatch(probe->base);
    if (!probe->is_answered)
        buffer_printf(&probe->why, "no answer within %g seconds",
                      (double)most / 1000);
    evhttp_connection_free(connection);
    event_base_free(probe->base);
}

static void explain(const struct place *place, const struct buffer *why)
{
    struct buffer line = BUFFER_INIT;

    buffer_add_text(&line, "http://");
    listen_address_print(&line, place->address.host, place->address.port);
    buffer_printf(&line, "%s: %s", place->target.data, why->data);
    process_complain(line.data);
    buffer_free(&line);
}

int health(const struct options *options)
{
    struct probe probe = {.options = options};
    struct place place = {.target = BUFFER_INIT};
    int result = 0;

    if (options->health_url)
        place_of_url(&place, options->health_url);
    else
        result = place_of_server(&place, options, &probe.why);
    if (result != 0) {
        process_complain(buffer_text(&probe.why));
    } else {
        ask(&probe, &place);
        if (probe.why.length)
            explain(&place, &probe.why);
        result = probe.why.length ? -1 : 0;
    }
    buffer_free(&place.target);
    buffer_free(&probe.why);
    return result;
}
