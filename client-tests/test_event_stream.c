/*
 * GET /_mock/events: what readers are told, when they come and when they come
 * back, and who may read. How a stream ends is in test_event_stream_ends.c.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "event_stream.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define GUARDED ARGUMENTS("--control-token", "letmein")

static struct event_stream *open_stream(struct test *test,
                                        const struct server *server,
                                        const char *target, const char *headers)
{
    return event_stream_open(test, raw_connect(test, server), target, headers);
}

static void call(struct test *test, const struct server *server)
{
    (void)http_exchange(test, server, BOT_FORM);
}

static void await_request(struct event_stream *stream, const char *id)
{
    assert_text(event_stream_await(stream, "request").data, id);
}

static const char *resume_from(struct test *test, const char *id)
{
    return test_printf(test, "Last-Event-ID: %s\r\n", id);
}

/* ---- what is told ---- */

static void test_call(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");

    assert_text(event_stream_next(stream).name, "");
    call(test, server);
    await_request(stream, "1");
    assert_text(event_stream_await(stream, "tokens").name, "tokens");
    call(test, server);
    await_request(stream, "2");
}

/* Streams are no requests of a test: the journal is as it was. */
static void test_not_journalled(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    (void)open_stream(test, server, EVENTS, "");
    assert_json(control_journal(test, server, ""), "requests", "[]");
}

static void test_head(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *head;

    raw_send(raw, "GET " EVENTS " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    head = raw_await_head(raw);
    assert_text(http_header_names(test, head),
                "cache-control,connection,content-type,x-accel-buffering");
    assert_text(http_header(head, "Content-Type"), "text/event-stream");
    assert_text(http_header(head, "Cache-Control"), "no-store");
    assert_text(http_header(head, "Connection"), "close");
}

static void test_verbs(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *refusal =
        control_call(test, server, "POST " EVENTS, "");

    control_refused(refusal, 405, "method_not_allowed");
    assert_text(http_header(refusal, "Allow"), "GET, HEAD");
    control_refused(control_call(test, server, "GET " EVENTS "?since=1", NULL),
                    422, "invalid_request");
    raw_send(raw, "HEAD " EVENTS " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_text(http_header(raw_await_head(raw), "Content-Type"),
                "text/event-stream");
    raw_await_end(raw);
}

static void test_changes(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");

    control_do(test, server, "POST /_mock/clock", "{\"advance\":1}");
    (void)event_stream_await(stream, "clock");
    control_do(test, server, "DELETE /_mock/rules", NULL);
    (void)event_stream_await(stream, "rules");
    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    (void)event_stream_await(stream, "sandboxes");
    control_do(test, server, "POST /_mock/reset", "");
    (void)event_stream_await(stream, "gap");
    (void)event_stream_await(stream, "state");
    server_signal(server, SIGHUP);
    (void)event_stream_await(stream, "gap");
    (void)event_stream_await(stream, "state");
}

static void test_delete(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");

    call(test, server);
    await_request(stream, "1");
    control_do(test, server, "DELETE /_mock/requests", NULL);
    assert_text(event_stream_await(stream, "gap").data, "2");
    call(test, server);
    await_request(stream, "2");
}

static void test_tls(struct test *test)
{
    const struct tls_way way = {.authority = test_path(test, "ca/ca.pem")};
    struct server *server;
    struct raw_socket *raw;
    struct event_stream *stream;

    tls_skip_without(test);
    server =
        server_start(test, NULL, ARGUMENTS("--ca-dir", test_path(test, "ca")));
    raw = raw_connect_tls(test, server, &way);
    stream = event_stream_open(test, raw, EVENTS, "");
    (void)event_stream_next(stream);
    call(test, server);
    await_request(stream, "1");
    (void)event_stream_await(stream, "tokens");
    server_signal(server, SIGTERM);
    server_end(server);
    raw_await_end(raw);
    assert_true(raw_was_announced(raw));
}

/* ---- coming back ---- */

static void test_resume(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");
    const char *id;

    call(test, server);
    id = event_stream_await(stream, "request").id;
    call(test, server);
    call(test, server);
    stream = open_stream(test, server, EVENTS, resume_from(test, id));
    await_request(stream, "2");
    await_request(stream, "3");
    (void)event_stream_await(stream, "clock");
    call(test, server);
    assert_text(event_stream_next(stream).data, "4");
}

/* The other server has given the same ids to other calls. */
static void test_restart(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");
    const char *id;

    call(test, server);
    id = event_stream_await(stream, "request").id;
    server = server_start(test, NULL, NULL);
    call(test, server);
    call(test, server);
    stream = open_stream(test, server, EVENTS, resume_from(test, id));
    assert_text(event_stream_await(stream, "gap").data, "1");
}

static void test_gap(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *stream = open_stream(test, server, EVENTS, "");
    const char *id;

    call(test, server);
    id = event_stream_await(stream, "request").id;
    control_do(test, server, "DELETE /_mock/requests", NULL);
    stream = open_stream(test, server, EVENTS, resume_from(test, id));
    assert_text(event_stream_await(stream, "gap").data, "2");
    stream = open_stream(test, server, EVENTS, resume_from(test, "no id"));
    assert_text(event_stream_await(stream, "gap").data, "2");
}

/* ---- sandboxes ---- */

static void test_sandbox(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_request in_it = {.target = "/sandbox/mine" EXCHANGE,
                                       .headers = {FORM},
                                       .body = BOT_FORM};
    struct event_stream *outside;
    struct event_stream *stream;

    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    outside = open_stream(test, server, EVENTS, "");
    stream = event_stream_open(test, raw, "/sandbox/mine" EVENTS, "");
    (void)event_stream_next(outside);
    (void)http_send(test, server, &in_it);
    await_request(stream, "1");
    assert_text(event_stream_next(outside).name, "sandboxes");
    (void)event_stream_await(stream, "tokens");
    control_do(test, server, "DELETE /_mock/sandboxes/mine", NULL);
    raw_await_end(raw);
}

static void test_no_sandbox(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_refused(
        control_call(test, server, "GET /sandbox/none" EVENTS, NULL), 404,
        "not_found");
}

/* ---- who may read ---- */

struct access {
    const char *const *options; /* of the server; NULL for none */
    const char *header;
    int status;
    const char *error;
};

static void test_refused(struct test *test)
{
    const struct access *row = test_row(test);
    struct server *server = server_start(test, NULL, row->options);
    const struct http_request request = {.target = EVENTS,
                                         .headers = {row->header}};

    control_refused(http_send(test, server, &request), row->status, row->error);
}

static void test_token(struct test *test)
{
    struct server *server = server_start(test, NULL, GUARDED);
    struct event_stream *stream =
        open_stream(test, server, EVENTS, "Authorization: Bearer letmein\r\n");

    call(test, server);
    await_request(stream, "1");
}

#define REFUSED(title, ...)                                                    \
    {                                                                          \
        "event stream: refused: " title, test_refused, &(const struct access)  \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }

static const char *const guarded[] = {"--control-token", "letmein", NULL};
static const char *const anywhere[] = {"--listen", "0.0.0.0:0", NULL};

static const struct test_case cases[] = {
    {"event stream: a call is told by its id", test_call, NULL},
    {"event stream: it is not journalled", test_not_journalled, NULL},
    {"event stream: its head", test_head, NULL},
    {"event stream: it takes GET and HEAD, and no query", test_verbs, NULL},
    {"event stream: changes are told", test_changes, NULL},
    {"event stream: an emptied journal is a gap", test_delete, NULL},
    {"event stream: over TLS", test_tls, NULL},
    {"event stream: who comes back misses nothing", test_resume, NULL},
    {"event stream: another server is a gap", test_restart, NULL},
    {"event stream: what is lost is a gap", test_gap, NULL},
    {"event stream: a sandbox has one, until it is removed", test_sandbox,
     NULL},
    {"event stream: no sandbox, no stream", test_no_sandbox, NULL},
    REFUSED("a foreign page", NULL, "Origin: http://evil.test", 403,
            "forbidden_origin"),
    REFUSED("a page without an origin", NULL, "Origin: null", 403,
            "forbidden_origin"),
    REFUSED("a name that DNS was made to give", NULL, "Host: evil.test", 403,
            "forbidden_host"),
    REFUSED("no token", guarded, NULL, 401, "unauthorized"),
    REFUSED("a wrong token", guarded, "Authorization: Bearer x", 401,
            "unauthorized"),
    REFUSED("beyond this machine", anywhere, NULL, 403, "control_api_off"),
    {"event stream: the right token", test_token, NULL},
};

int run_event_stream_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
