/*
 * Turns evhttp's requests into the core's, and the core's replies into bytes.
 * evhttp serves as a parser alone: it would add headers of its own to a reply,
 * give HEAD a body, and spend more on each header than the core on a call.
 */
#include "responder.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>

#include "base/xalloc.h"
#include "control/control.h"
#include "control/control_access.h"
#include "host_time.h"
#include "message/request_head.h"
#include "mock/mock.h"
#include "mock/sandboxes.h"
#include "request_log.h"
#include "route.h"
#include "wire.h"

struct responder {
    struct sandboxes *sandboxes;
    const struct control_access *access;
    struct request_log *log;
    /* For the request at hand. */
    struct reply reply;
    struct buffer target; /* cut by route_read() */
    struct request_header *headers;
    size_t header_room;
};

/* A request that is being answered. */
struct exchange {
    struct request request;
    const char *connection; /* the header's value, NULL for none */
};

struct verb_name {
    enum evhttp_cmd_type command;
    enum verb verb;
    const char *name;
};

static const struct verb_name verb_names[] = {
    {EVHTTP_REQ_POST, VERB_POST, "POST"},
    {EVHTTP_REQ_GET, VERB_GET, "GET"},
    {EVHTTP_REQ_HEAD, VERB_HEAD, "HEAD"},
    {EVHTTP_REQ_OPTIONS, VERB_OPTIONS, "OPTIONS"},
    {EVHTTP_REQ_PUT, VERB_PUT, "PUT"},
    {EVHTTP_REQ_PATCH, VERB_PATCH, "PATCH"},
    {EVHTTP_REQ_DELETE, VERB_DELETE, "DELETE"},
    {EVHTTP_REQ_TRACE, VERB_OTHER, "TRACE"},
    {EVHTTP_REQ_CONNECT, VERB_OTHER, "CONNECT"},
};

#define VERB_COUNT (sizeof verb_names / sizeof verb_names[0])

static const struct verb_name *verb_of_command(enum evhttp_cmd_type command)
{
    size_t i = 0;

    while (i + 1 < VERB_COUNT && verb_names[i].command != command)
        i++;
    return &verb_names[i];
}

static enum verb verb_of_name(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (strcmp(verb_names[i].name, name) == 0)
            return verb_names[i].verb;
    return VERB_OTHER;
}

/* Finds out what the request's target means, for itself and for the request. */
static struct route read_target(struct responder *responder,
                                struct request *request)
{
    struct route route;

    buffer_clear(&responder->target);
    buffer_add(&responder->target, request->target,
               strlen(request->target) + 1);
    route = route_read(responder->target.data);
    request->query = route.query;
    request->query_length = route.query ? strlen(route.query) : 0;
    request->host_time = host_time();
    request->method = route.method ? route.method : "";
    return route;
}

/* The mock that is meant, NULL if it is a sandbox that is not there. */
static struct mock *find_mock(const struct responder *responder,
                              const struct route *route)
{
    if (!route->sandbox)
        return sandboxes_main(responder->sandboxes);
    return sandboxes_find(responder->sandboxes, route->sandbox,
                          route->sandbox_length);
}

/*
 * Refuses what is no call of a mock, or of none that is there. Control requests
 * are in no journal; others are in that of the mock that they are nearest to.
 */
static void refuse(struct responder *responder, const struct route *route,
                   const struct request *request, const struct refusal *refusal)
{
    struct mock *mock = find_mock(responder, route);

    if (route->kind == ROUTE_CONTROL)
        control_refuse_request(&responder->reply, refusal->status,
                               refusal->error, refusal->message);
    else
        mock_refuse(mock ? mock : sandboxes_main(responder->sandboxes), request,
                    refusal, &responder->reply);
}

static void refuse_path(struct responder *responder, const struct route *route,
                        const struct request *request)
{
    struct buffer message = BUFFER_INIT;
    struct refusal refusal = {404, "not_found", NULL};

    if (find_mock(responder, route))
        route_explain(route, &message);
    else
        route_explain_sandbox(route, &message);
    refusal.message = buffer_text(&message);
    refuse(responder, route, request, &refusal);
    buffer_free(&message);
}

/* False, after a refusal, if this client may not use the control API. */
static bool may_control(struct responder *responder,
                        const struct request *request)
{
    const struct access_refusal refusal =
        control_access_check(responder->access, request);

    if (!refusal.status)
        return true;
    control_refuse_request(&responder->reply, refusal.status, refusal.error,
                           refusal.message);
    if (refusal.status == 401)
        reply_set_header_static(&responder->reply, "WWW-Authenticate",
                                "Bearer");
    return false;
}

static void ask_mock(struct responder *responder, struct request *request)
{
    const struct route route = read_target(responder, request);
    struct mock *mock = find_mock(responder, &route);

    if (route.kind == ROUTE_CONTROL && !may_control(responder, request))
        return;
    if (!mock || route.kind == ROUTE_NOWHERE)
        refuse_path(responder, &route, request);
    else if (route.kind == ROUTE_METHOD)
        mock_handle(mock, request, &responder->reply);
    else
        control_handle(responder->sandboxes, mock, request, &responder->reply);
}

static void log_request(struct responder *responder,
                        const struct request *request)
{
    request_log_write(responder->log,
                      &(struct logged_request){
                          .time = request->host_time,
                          .verb = request->verb_name,
                          .target = request->target,
                          .status = reply_status_sent(&responder->reply),
                          .record = &responder->reply.record,
                      });
}

/* The reply is made: writes it out, and a line of it into the log. */
static void finish(struct responder *responder, struct exchange *exchange,
                   struct outgoing *output)
{
    if (responder->reply.close)
        exchange->connection = "close";
    wire_set_reply(output, &responder->reply,
                   exchange->request.verb == VERB_HEAD, exchange->connection);
    log_request(responder, &exchange->request);
}

/* Lends evhttp's headers to the request, in an array as the core wants them. */
static void lend_headers(struct responder *responder, struct request *request,
                         const struct evkeyvalq *fields)
{
    const struct evkeyval *field;
    size_t count = 0;

    TAILQ_FOREACH (field, fields, next) {
        if (count == responder->header_room) {
            responder->header_room += 32;
            responder->headers =
                xreallocarray(responder->headers, responder->header_room,
                              sizeof *responder->headers);
        }
        responder->headers[count++] =
            (struct request_header){field->key, field->value};
    }
    request->headers = responder->headers;
    request->header_count = count;
}

/*
 * What the Connection header of the reply must say, NULL for nothing. evhttp
 * closes a connection to a proxy's request and to one of HTTP/1.0 that wants
 * anything else, whether the client was told or not.
 */
static const char *decide_connection(const struct evhttp_request *source,
                                     const struct request *request)
{
    const char *wanted = request_header(request, "Connection");
    bool is_old = source->major < 1 || (source->major == 1 && !source->minor);

    if ((source->flags & EVHTTP_PROXY_REQUEST) ||
        request_header_lists(request, "Connection", "close"))
        return "close";
    if (is_old)
        return wanted && strcasecmp(wanted, "keep-alive") == 0 ? "keep-alive"
                                                               : "close";
    return NULL;
}

bool responder_answer(struct responder *responder,
                      struct evhttp_request *source, struct outgoing *output)
{
    const struct verb_name *verb = verb_of_command(source->type);
    struct exchange exchange = {
        .request = {.verb = verb->verb,
                    .verb_name = verb->name,
                    .target = source->uri},
    };
    struct request *request = &exchange.request;

    lend_headers(responder, request, source->input_headers);
    request->body_length = evbuffer_get_length(source->input_buffer);
    request->body = (const char *)evbuffer_pullup(source->input_buffer, -1);
    exchange.connection = decide_connection(source, request);
    ask_mock(responder, &exchange.request);
    finish(responder, &exchange, output);
    if (output->course == COURSE_CLOSE)
        return false;
    return !exchange.connection || strcmp(exchange.connection, "close") != 0;
}

void responder_answer_cut_short(struct responder *responder, const char *head,
                                size_t length, struct outgoing *output)
{
    struct request_head parsed = request_head_parse(head, length);
    struct exchange exchange = {
        .request =
            {
                .verb = verb_of_name(parsed.verb),
                .verb_name = parsed.verb,
                .target = parsed.target,
                .headers = parsed.headers,
                .header_count = parsed.header_count,
                .cut_short = true,
            },
        .connection = "close",
    };

    ask_mock(responder, &exchange.request);
    finish(responder, &exchange, output);
    request_head_free(&parsed);
}

void responder_answer_malformed(struct responder *responder, const char *head,
                                size_t length, const struct refusal *refusal,
                                struct outgoing *output)
{
    struct request_head parsed = request_head_parse(head, length);
    struct exchange exchange = {
        .request =
            {
                .verb = verb_of_name(parsed.verb),
                .verb_name = parsed.verb,
                .target = parsed.target,
                .headers = parsed.headers,
                .header_count = parsed.header_count,
            },
        .connection = "close",
    };
    const struct route route = read_target(responder, &exchange.request);

    refuse(responder, &route, &exchange.request, refusal);
    finish(responder, &exchange, output);
    request_head_free(&parsed);
}

void responder_note_lost(struct responder *responder, const char *head,
                         size_t length, const char *problem)
{
    struct request_head parsed = request_head_parse(head, length);
    struct request request = {
        .verb_name = parsed.verb,
        .target = parsed.target,
        .headers = parsed.headers,
        .header_count = parsed.header_count,
    };
    const struct route route = read_target(responder, &request);
    struct mock *mock = find_mock(responder, &route);

    if (route.kind != ROUTE_CONTROL && *request.target) {
        mock_note(mock ? mock : sandboxes_main(responder->sandboxes), &request,
                  problem, &responder->reply);
        log_request(responder, &request);
    }
    request_head_free(&parsed);
}

struct responder *responder_create(struct sandboxes *sandboxes,
                                   const struct control_access *access,
                                   struct request_log *log)
{
    struct responder *responder = xcalloc(1, sizeof *responder);

    responder->sandboxes = sandboxes;
    responder->access = access;
    responder->log = log;
    responder->reply = (struct reply)REPLY_INIT;
    return responder;
}

void responder_free(struct responder *responder)
{
    if (!responder)
        return;
    reply_free(&responder->reply);
    buffer_free(&responder->target);
    free(responder->headers);
    free(responder);
}
