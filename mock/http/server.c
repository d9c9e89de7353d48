/*
 * Puts the server together from its parts: libevent's loop, evhttp, the
 * connections, the responder.
 */
#include "server.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "control/control_access.h"
#include "control/proxy_access.h"
#include "entrance/entrance.h"
#include "front/front.h"
#include "front/tls.h"
#include "host_time.h"
#include "intake.h"
#include "libevent_setup.h"
#include "message/request_head.h"
#include "request_log.h"
#include "responder.h"

#define STOP_SECONDS 5

struct server {
    struct event_base *base;
    struct evhttp *http;
    struct connections *connections;
    struct event *stop_timer;
    struct event *flush; /* of the log */
    struct intake *intake;
    struct responder *responder;
    struct event_sender *events;
    struct control_access access;
    struct proxy_access proxy;
    struct front *front;
    struct ordered_log *order;
    struct request_log *log;
    struct entrance *entrance;
    int port;
    bool is_stopping;
    bool is_emptied; /* of connections, after server_stop() */
};

static bool on_request(void *context, struct evhttp_request *request,
                       const struct head_copy *head,
                       struct waiting_request *waiting, struct outgoing *reply)
{
    const struct server *server = context;

    return responder_answer(server->responder, request, head, waiting, reply);
}

static bool on_head(void *context, const char *head, size_t length)
{
    const struct server *server = context;

    return responder_takes_scenario(server->responder, head, length);
}

static bool on_cut_short(void *context, const char *head, size_t length,
                         struct waiting_request *waiting)
{
    const struct server *server = context;

    return responder_answer_cut_short(server->responder, head, length, waiting);
}

static bool on_malformed(void *context, const char *head, size_t length,
                         const struct refusal *refusal,
                         struct waiting_request *waiting)
{
    const struct server *server = context;

    return responder_answer_malformed(server->responder, head, length, refusal,
                                      waiting);
}

static void on_lost(void *context, const char *head, size_t length,
                    const char *problem)
{
    const struct server *server = context;

    responder_note_lost(server->responder, head, length, problem);
}

static bool on_tell(void *context, struct watcher *watcher, struct buffer *text)
{
    const struct server *server = context;

    return entrance_tell(server->entrance, watcher, text);
}

static void on_input(void *context)
{
    server_note_change(context);
}

static void on_full(void *context, const char *text)
{
    const struct server *server = context;

    request_log_message(server->log, host_time(), "%s", text);
}

/* Plain connections may be gone before the front has sent what they said. */
static void on_connections_emptied(void *context)
{
    struct server *server = context;

    server->is_emptied = true;
    if (front_is_empty(server->front))
        event_base_loopbreak(server->base);
}

static void on_front_emptied(void *context)
{
    const struct server *server = context;

    if (server->is_emptied)
        event_base_loopbreak(server->base);
}

static struct proxy_ruling on_proxy_request(void *context, const char *head,
                                            size_t length)
{
    const struct server *server = context;
    struct request_head parsed = request_head_parse(head, length);
    const struct request request = {
        .verb_name = parsed.verb,
        .target = parsed.target,
        .headers = parsed.headers,
        .header_count = parsed.header_count,
    };
    struct proxy_ruling ruling = proxy_access_judge(&server->proxy, &request);

    request_head_free(&parsed);
    return ruling;
}

/* Nobody sees it as a request, so it is journalled as one that was lost. */
static void on_front_failed(void *context, const char *kind, const char *name,
                            const char *problem)
{
    const struct server *server = context;
    struct buffer head = BUFFER_INIT;

    buffer_printf(&head, "%s %s HTTP/1.1\r\n\r\n", kind, *name ? name : "-");
    responder_note_lost(server->responder, head.data, head.length, problem);
    buffer_free(&head);
}

static void on_stop_timer(evutil_socket_t fd, short what, void *argument)
{
    const struct server *server = argument;

    (void)fd;
    (void)what;
    event_base_loopbreak(server->base);
}

static void on_flush(evutil_socket_t fd, short what, void *argument)
{
    const struct server *server = argument;

    (void)fd;
    (void)what;
    request_log_flush(server->log);
}

/* Behind all that this turn of the loop has to do: the replies leave first. */
static void plan_flush(void *context)
{
    const struct server *server = context;

    event_active(server->flush, EV_TIMEOUT, 0);
}

/* -1 with the reason added to `why`. */
static int set_up_http(struct server *server,
                       const struct connection_limits *limits,
                       struct buffer *why)
{
    static const struct connection_handler handler = {
        .answer = on_request,
        .takes_scenario = on_head,
        .answer_cut_short = on_cut_short,
        .answer_malformed = on_malformed,
        .forget = responder_forget,
        .judge_proxy = on_proxy_request,
        .lost = on_lost,
        .tell = on_tell,
        .full = on_full,
        .emptied = on_connections_emptied,
    };

    server->http = libevent_server(server->base, limits->head, limits->body);
    server->connections = connections_create(server->base, server->http, limits,
                                             &handler, server);
    if (!server->connections)
        buffer_printf(why, "cannot make a socket: %s", strerror(errno));
    return server->connections ? 0 : -1;
}

static int set_up_front(struct server *server,
                        const struct server_options *options,
                        struct buffer *why)
{
    static const struct front_handler handler = {
        .left = connection_client_left,
        .failed = on_front_failed,
        .emptied = on_front_emptied,
    };
    const struct front_options wanted = {
        .directory = options->ca_directory,
        .upstream_proxy = options->upstream_proxy,
        .upstream_authorization = options->upstream_authorization,
        .upstream_bypass = options->upstream_bypass,
        .hello_timeout = options->limits.request_timeout,
        .idle_timeout = options->limits.idle_timeout,
    };

    server->front = front_create(server->base, &wanted, &handler, server, why);
    connections_set_front(server->connections, server->front);
    server->proxy.control = &server->access;
    server->proxy.pass_through = options->pass_through;
    server->proxy.has_tls = tls_library() != NULL;
    return server->front ? 0 : -1;
}

static void serve_address(struct server *server,
                          const struct listen_address *address,
                          const struct listener *listener)
{
    struct control_access *access = &server->access;

    listener_serve(listener, server->http);
    if (access->host_count == 0)
        server->port = listener->port;
    server->proxy.ports[server->proxy.port_count++] = (uint16_t)listener->port;
    front_add_own_port(server->front, listener->port);
    access->hosts[access->host_count++] = address->host;
    access->loopback_only = access->loopback_only && listener->is_loopback;
}

/* Port file and ready line name the first alone. */
static void log_ports(const struct server *server,
                      const struct server_options *options,
                      const struct listener *listeners)
{
    struct buffer line = BUFFER_INIT;

    for (size_t i = 0; i < options->address_count; i++) {
        buffer_clear(&line);
        listen_address_print(&line, options->addresses[i].host,
                             listeners[i].port);
        request_log_message(server->log, host_time(), "listening on %s",
                            buffer_text(&line));
    }
    buffer_free(&line);
}

/* -1 with the reason added to `why`. */
static int open_addresses(struct server *server,
                          const struct server_options *options,
                          struct buffer *why)
{
    const size_t count = options->address_count;
    struct listener listeners[ADDRESSES_MAX];

    if (shared_port_open(server->base, options->addresses, count, listeners,
                         why) != 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        serve_address(server, &options->addresses[i], &listeners[i]);
    if (count > 1 && !options->addresses[1].port &&
        listeners[1].port != server->port)
        log_ports(server, options, listeners);
    return 0;
}

static void set_up_intake(struct server *server,
                          const struct server_options *options,
                          struct entrance *entrance, struct ordered_log *order)
{
    entrance_set_access(entrance, &server->access);
    server->intake = intake_create(server->base, entrance, order, server->log);
    intake_on_input(server->intake, on_input, server);
    server->events = event_sender_create(server->base, server->intake, entrance,
                                         &options->event_hosts);
    server->responder =
        responder_create(server->intake, entrance, server->log, server->front);
}

struct server *server_create(const struct server_options *options,
                             struct request_log *log, struct entrance *entrance,
                             struct ordered_log *order, struct buffer *why)
{
    struct server *server = xcalloc(1, sizeof *server);

    server->log = log;
    server->order = order;
    server->entrance = entrance;
    server->base = libevent_loop();
    if (!server->base) {
        buffer_add_text(why, "libevent finds no way to wait for events");
        log_close(order);
        free(server);
        return NULL;
    }
    server->stop_timer = evtimer_new(server->base, on_stop_timer, server);
    server->flush = event_new(server->base, -1, 0, on_flush, server);
    request_log_on_line(log, plan_flush, server);
    server->access.token = options->control_token;
    server->access.loopback_only = true;
    if (set_up_http(server, &options->limits, why) != 0 ||
        set_up_front(server, options, why) != 0 ||
        open_addresses(server, options, why) != 0) {
        server_free(server);
        return NULL;
    }
    set_up_intake(server, options, entrance, order);
    return server;
}

int server_port(const struct server *server)
{
    return server->port;
}

const char *server_certificate(const struct server *server)
{
    return front_authority(server->front);
}

struct intake *server_intake(const struct server *server)
{
    return server->intake;
}

struct event_base *server_event_base(const struct server *server)
{
    return server->base;
}

void server_run(struct server *server)
{
    const struct log_engine *engine = server->order->engine;

    event_sender_start(server->events, engine->is_kept, engine->is_shared);
    (void)event_base_dispatch(server->base);
}

void server_note_change(const struct server *server)
{
    connections_note_change(server->connections);
}

void server_stop(struct server *server)
{
    const struct timeval patience = {STOP_SECONDS, 0};

    if (server->is_stopping) {
        event_base_loopbreak(server->base);
        return;
    }
    server->is_stopping = true;
    evtimer_add(server->stop_timer, &patience);
    listener_stop_all(server->http);
    connections_stop(server->connections);
}

bool server_control_is_off(const struct server *server)
{
    return !server->access.token && !server->access.loopback_only;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    event_sender_free(server->events);
    evhttp_free(server->http);
    front_free(server->front);
    connections_free(server->connections);
    request_log_on_line(server->log, NULL, NULL);
    event_free(server->flush);
    event_free(server->stop_timer);
    responder_free(server->responder);
    intake_free(server->intake);
    log_close(server->order);
    event_base_free(server->base);
    free(server);
}
