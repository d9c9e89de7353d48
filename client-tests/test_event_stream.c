/*
 * GET /_mock/events: what readers are told, how a stream ends, and that nobody
 * waits for a reader who does not read.
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
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define READERS     100
#define BATCH       100 /* calls sent at once */
#define BATCHES_MAX 600 /* by then there are 3 MB of events */
#define A_CALL      "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"
#define GUARDED     ARGUMENTS("--control-token", "letmein")

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
    struct event_stream *main;
    struct event_stream *stream;

    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    main = open_stream(test, server, EVENTS, "");
    stream = event_stream_open(test, raw, "/sandbox/mine" EVENTS, "");
    (void)event_stream_next(main);
    (void)http_send(test, server, &in_it);
    await_request(stream, "1");
    assert_text(event_stream_next(main).name, "sandboxes");
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

/* ---- how it ends ---- */

static void test_stop(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    struct event_stream *stream = event_stream_open(test, raw, EVENTS, "");

    (void)event_stream_next(stream);
    server_signal(server, SIGTERM);
    server_end(server);
    raw_await_end(raw);
}

static void test_leave(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *reset = raw_connect(test, server);
    struct raw_socket *ended = raw_connect(test, server);
    int descriptors;

    call(test, server);
    descriptors = server_descriptors(server);
    (void)event_stream_next(event_stream_open(test, reset, EVENTS, ""));
    (void)event_stream_next(event_stream_open(test, ended, EVENTS, ""));
    raw_reset(reset);
    raw_end(ended);
    raw_await_end(ended);
    server_await_descriptors(server, descriptors);
    call(test, server);
}

/* The stream has no end behind which another reply could stand. */
static void test_pipelined(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    struct event_stream *stream;

    stream = event_stream_open(test, raw, EVENTS, "\r\n" A_CALL);
    raw_send(raw, A_CALL);
    call(test, server);
    await_request(stream, "1");
    assert_text(event_stream_next(stream).name, "tokens");
    assert_json(control_journal(test, server, ""), "count", "1");
}

/* Longer than the timeout of an idle connection nothing comes, then a comment.
 */
static void test_idle(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--idle-timeout", "1"));
    struct event_stream *stream = open_stream(test, server, EVENTS, "");

    (void)event_stream_next(stream);
    assert_text(event_stream_next(stream).name, ":");
    call(test, server);
    await_request(stream, "1");
}

/* Makes calls, and awaits that the last of them is told. */
static void make_calls(struct raw_socket *caller, struct event_stream *stream,
                       long last_id)
{
    char calls[BATCH * sizeof A_CALL] = "";

    for (int number = 0; number < BATCH; number++)
        memcpy(calls + strlen(calls), A_CALL, sizeof A_CALL);
    raw_send(caller, calls);
    for (int number = 0; number < BATCH; number++)
        (void)raw_await_long_reply(caller);
    while (strtol(event_stream_await(stream, "request").data, NULL, 10) <
           last_id)
        ;
}

/* Each call is told by an event of some fifty bytes. */
static void test_slow(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS("--quiet"));
    struct raw_socket *caller = raw_connect(test, server);
    struct event_stream *other = open_stream(test, server, EVENTS, "");
    int with_slow;
    long batch = 0;

    (void)open_stream(test, server, EVENTS, "");
    make_calls(caller, other, ++batch * BATCH);
    with_slow = server_descriptors(server);
    while (server_descriptors(server) == with_slow && batch < BATCHES_MAX)
        make_calls(caller, other, ++batch * BATCH);
    assert_number(server_descriptors(server), with_slow - 1);
    assert_true(batch * BATCH * 50 > 1 << 20);
    make_calls(caller, other, ++batch * BATCH);
}

static void test_crowd(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct event_stream *streams[READERS];

    for (int number = 0; number < READERS; number++)
        streams[number] = open_stream(test, server, EVENTS, "");
    call(test, server);
    for (int number = 0; number < READERS; number++)
        await_request(streams[number], "1");
    call(test, server);
    call(test, server);
    for (int number = 0; number < READERS; number++) {
        await_request(streams[number], "2");
        await_request(streams[number], "3");
    }
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
    {"event stream: it ends with the server", test_stop, NULL},
    {"event stream: a reader may leave", test_leave, NULL},
    {"event stream: what is sent behind it is not read", test_pipelined, NULL},
    {"event stream: a quiet one is not idle", test_idle, NULL},
    {"event stream: who does not read is closed", test_slow, NULL},
    {"event stream: a hundred readers", test_crowd, NULL},
};

int run_event_stream_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
