/*
 * How a stream of GET /_mock/events ends, that a quiet one does not, and that
 * nobody waits for a reader who does not read.
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

#define READERS     100
#define BATCH       100 /* calls sent at once */
#define BATCHES_MAX 600 /* by then there are 3 MB of events */
#define A_CALL      "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n"

static struct event_stream *open_stream(struct test *test,
                                        const struct server *server)
{
    return event_stream_open(test, raw_connect(test, server), EVENTS, "");
}

static void call(struct test *test, const struct server *server)
{
    (void)http_exchange(test, server, BOT_FORM);
}

static void await_request(struct event_stream *stream, const char *id)
{
    assert_text(event_stream_await(stream, "request").data, id);
}

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

/* The stream has no end after which another reply could stand. */
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
    struct event_stream *stream = open_stream(test, server);

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
    struct event_stream *other = open_stream(test, server);
    int with_slow;
    long batch = 0;

    (void)open_stream(test, server);
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
        streams[number] = open_stream(test, server);
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

static const struct test_case cases[] = {
    {"event stream: it ends with the server", test_stop, NULL},
    {"event stream: a reader may leave", test_leave, NULL},
    {"event stream: what is sent behind it is not read", test_pipelined, NULL},
    {"event stream: a quiet one is not idle", test_idle, NULL},
    {"event stream: who does not read is closed", test_slow, NULL},
    {"event stream: a hundred readers", test_crowd, NULL},
};

int run_event_stream_ends_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
