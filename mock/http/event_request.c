/*
 * Follows what Slack says of its own: two redirects, three seconds in all. An
 * event goes nowhere but to loopback and to hosts that the user named, in a
 * redirect too: a scenario may come from anybody who reaches the control API.
 */
#include "event_request.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/xalloc.h"
#include "message/http_url.h"

#define SECONDS        3
#define REDIRECTS_MOST 2
#define HEAD_MOST      16384
#define BODY_MOST      65536
#define STATUS_LEAST   100
#define STATUS_MOST    999
#define NO_HTTP        "the answer is no HTTP"

struct event_request {
    struct event_request *next;
    struct event_base *base;
    const struct event_hosts *hosts;
    const struct event_request_handler *handler;
    void *context;
    struct evhttp_connection *connection;
    struct event *timer;     /* its end, in time or not */
    struct event *next_step; /* of a redirect */
    bool is_over;            /* the outcome stands */
    struct delivery_outcome outcome;
    struct buffer note;
    struct buffer answer;
    struct buffer body;
    struct buffer location; /* of the redirect at hand */
    struct http_url url;    /* where it goes now; its path is not kept */
    struct {
        const char *name;
        char *value;
    } headers[SENDING_HEADERS];
    size_t header_count;
    int redirects;
};

struct event_request **event_request_next(struct event_request *request)
{
    return &request->next;
}

/* ---- the end ---- */

/* From the timer, since libevent is done with the connection by then. */
static void on_timer(evutil_socket_t fd, short what, void *argument)
{
    struct event_request *request = argument;
    struct delivery_outcome *outcome = &request->outcome;

    if (!request->is_over)
        outcome->problem = PROBLEM_TIMEOUT;
    (void)fd;
    (void)what;
    outcome->note = request->note.length ? request->note.data : NULL;
    outcome->answer = buffer_text(&request->answer);
    outcome->answer_length = request->answer.length;
    request->handler->done(request->context, request, outcome);
    event_request_free(request);
}

static void end(struct event_request *request, enum delivery_problem problem,
                const char *note)
{
    static const struct timeval now = {0, 0};

    if (request->is_over)
        return;
    request->is_over = true;
    request->outcome.problem = problem;
    if (note) {
        buffer_clear(&request->note);
        buffer_add_text(&request->note, note);
    }
    evtimer_add(request->timer, &now);
}

/* Nothing is sent, and a retry would not be either. */
static void refuse(struct event_request *request, const char *host)
{
    buffer_printf(&request->note,
                  "events go to loopback alone; --allow-events-to %s lets them "
                  "go to this host",
                  host);
    request->outcome.is_refused = true;
    end(request, PROBLEM_UNKNOWN, NULL);
}

/* ---- a request ---- */

static bool is_allowed(const struct event_request *request, const char *host)
{
    if (host_name_is_loopback(host))
        return true;
    for (size_t i = 0; i < request->hosts->count; i++)
        if (strcmp(request->hosts->list[i], host) == 0)
            return true;
    return false;
}

/* An address is looked up nowhere, and neither is localhost. */
static const char *address_of(const char *host)
{
    return strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
}

static bool is_address(const char *host)
{
    unsigned char bytes[16];

    return evutil_inet_pton(AF_INET, host, bytes) == 1 ||
           evutil_inet_pton(AF_INET6, host, bytes) == 1;
}

static void on_reply(struct evhttp_request *reply, void *argument);

static void on_error(enum evhttp_request_error error, void *argument)
{
    struct event_request *request = argument;

    if (error == EVREQ_HTTP_DATA_TOO_LONG)
        end(request, PROBLEM_UNKNOWN, "the answer is longer than 64 KiB");
    else if (error == EVREQ_HTTP_INVALID_HEADER)
        end(request, PROBLEM_HTTP, NO_HTTP);
    else if (error != EVREQ_HTTP_REQUEST_CANCEL)
        end(request, PROBLEM_CONNECTION, NULL);
}

static void add_authority(struct buffer *text, const struct http_url *url)
{
    const bool is_v6 = strchr(url->host, ':') != NULL;

    buffer_printf(text, "%s%s%s", is_v6 ? "[" : "", url->host,
                  is_v6 ? "]" : "");
    if (url->port != 80)
        buffer_printf(text, ":%d", url->port);
}

static void add_host(struct evkeyvalq *headers, const struct http_url *url)
{
    struct buffer host = BUFFER_INIT;

    add_authority(&host, url);
    evhttp_add_header(headers, "Host", host.data);
    buffer_free(&host);
}

static struct evhttp_request *create_request(struct event_request *request,
                                             const struct http_url *url)
{
    struct evhttp_request *made = evhttp_request_new(on_reply, request);
    struct evkeyvalq *headers = evhttp_request_get_output_headers(made);

    evhttp_request_set_error_cb(made, on_error);
    add_host(headers, url);
    for (size_t i = 0; i < request->header_count; i++)
        evhttp_add_header(headers, request->headers[i].name,
                          request->headers[i].value);
    evhttp_add_header(headers, "Connection", "close");
    evbuffer_add(evhttp_request_get_output_buffer(made),
                 buffer_text(&request->body), request->body.length);
    return made;
}

static void drop_connection(struct event_request *request)
{
    if (request->connection)
        evhttp_connection_free(request->connection);
    request->connection = NULL;
}

static bool connect_to(struct event_request *request,
                       const struct http_url *url)
{
    const char *address = address_of(url->host);
    struct evdns_base *resolver = NULL;

    if (!is_address(address)) {
        resolver = request->handler->resolver(request->context);
        if (!resolver)
            return false; /* without one libevent would wait for the answer */
    }
    request->connection =
        evhttp_connection_base_new(request->base, resolver, address, url->port);
    if (!request->connection)
        return false;
    evhttp_connection_set_max_headers_size(request->connection, HEAD_MOST);
    evhttp_connection_set_max_body_size(request->connection, BODY_MOST);
    evhttp_connection_set_timeout(request->connection, SECONDS + 1);
    /* Interim answers and sizes of chunks count towards neither. */
    bufferevent_setwatermark(
        evhttp_connection_get_bufferevent(request->connection), EV_READ, 0,
        HEAD_MOST + BODY_MOST);
    return true;
}

static void post(struct event_request *request, const char *text)
{
    struct http_url url;
    const char *wanted = http_url_parse(text, &url);

    if (wanted) {
        end(request,
            strncasecmp(text, "https:", strlen("https:")) == 0 ? PROBLEM_TLS
                                                               : PROBLEM_HTTP,
            wanted);
        return;
    }
    request->url = url;
    if (!is_allowed(request, url.host)) {
        refuse(request, url.host);
        return;
    }
    if (!connect_to(request, &url)) {
        end(request, PROBLEM_CONNECTION, "the host's name cannot be resolved");
        return;
    }
    /* It owns the request, and tells of a failure by on_error() or NULL. */
    if (evhttp_make_request(request->connection, create_request(request, &url),
                            EVHTTP_REQ_POST, *url.path ? url.path : "/") != 0)
        end(request, PROBLEM_CONNECTION, NULL);
}

/* ---- an answer ---- */

static void keep_answer(struct event_request *request,
                        struct evhttp_request *reply)
{
    struct evbuffer *body = evhttp_request_get_input_buffer(reply);
    const char *no_retry = evhttp_find_header(
        evhttp_request_get_input_headers(reply), "X-Slack-No-Retry");
    const size_t length = evbuffer_get_length(body);

    request->outcome.status = evhttp_request_get_response_code(reply);
    request->outcome.no_retry = no_retry && strcmp(no_retry, "1") == 0;
    buffer_clear(&request->answer);
    if (length)
        buffer_add(&request->answer, evbuffer_pullup(body, -1), length);
}

/* The connection is libevent's until its callback is over. */
static void on_redirect(evutil_socket_t fd, short what, void *argument)
{
    struct event_request *request = argument;

    (void)fd;
    (void)what;
    drop_connection(request);
    post(request, request->location.data);
}

/* A path leads to the same server, two slashes to another. */
static void set_location(struct event_request *request, const char *location)
{
    buffer_clear(&request->location);
    if (location[0] == '/' && location[1] != '/') {
        buffer_add_text(&request->location, "http://");
        add_authority(&request->location, &request->url);
    }
    buffer_add_text(&request->location, location);
}

static void redirect(struct event_request *request,
                     struct evhttp_request *reply)
{
    static const struct timeval now = {0, 0};
    const char *location =
        evhttp_find_header(evhttp_request_get_input_headers(reply), "Location");

    if (!location) {
        end(request, PROBLEM_HTTP, "a redirect without a Location");
    } else if (request->redirects++ == REDIRECTS_MOST) {
        end(request, PROBLEM_REDIRECTS, NULL);
    } else {
        set_location(request, location);
        evtimer_add(request->next_step, &now);
    }
}

static void on_reply(struct evhttp_request *reply, void *argument)
{
    struct event_request *request = argument;
    const int status = reply ? evhttp_request_get_response_code(reply) : 0;

    /* After on_error(); or the connection was refused. */
    if (!status) {
        end(request, PROBLEM_CONNECTION, NULL);
        return;
    }
    if (status < STATUS_LEAST || status > STATUS_MOST) {
        end(request, PROBLEM_HTTP, NO_HTTP);
        return;
    }
    keep_answer(request, reply);
    if (status == 301 || status == 302)
        redirect(request, reply);
    else
        end(request, status / 100 == 2 ? PROBLEM_NONE : PROBLEM_HTTP, NULL);
}

/* ---- the request itself ---- */

struct event_request *
event_request_create(struct event_base *base, const struct event_hosts *hosts,
                     const struct event_request_handler *handler, void *context)
{
    struct event_request *request = xcalloc(1, sizeof *request);

    request->base = base;
    request->hosts = hosts;
    request->handler = handler;
    request->context = context;
    request->timer = evtimer_new(base, on_timer, request);
    request->next_step = evtimer_new(base, on_redirect, request);
    return request;
}

static void add_header(struct event_request *request,
                       const struct request_header *header)
{
    request->headers[request->header_count].name = header->name;
    request->headers[request->header_count++].value = xstrdup(header->value);
}

void event_request_send(struct event_request *request,
                        const struct sending *sending)
{
    static const struct timeval patience = {SECONDS, 0};

    request->outcome.ticket = sending->ticket;
    buffer_add(&request->body, sending->body, sending->body_length);
    for (size_t i = 0; i < sending->header_count; i++)
        add_header(request, &sending->headers[i]);
    evtimer_add(request->timer, &patience);
    post(request, sending->url);
}

void event_request_free(struct event_request *request)
{
    drop_connection(request);
    event_free(request->timer);
    event_free(request->next_step);
    for (size_t i = 0; i < request->header_count; i++)
        free(request->headers[i].value);
    buffer_free(&request->note);
    buffer_free(&request->answer);
    buffer_free(&request->body);
    buffer_free(&request->location);
    free(request);
}
