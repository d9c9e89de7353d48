/*
 * How requests and connections come and end: cut, stalled, in pieces,
 * pipelined. After a broken one the server must go on serving others.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define SHORT_TIMEOUT "--request-timeout", "0.3"
#define HOST          "Host: 127.0.0.1\r\n"
#define POST_LINE     "POST " EXCHANGE " HTTP/1.1\r\n"
#define POST_HEAD     POST_LINE HOST FORM "\r\n"
#define TIMED_OUT     "{\"ok\":false,\"error\":\"request_timeout\"}"
#define SAVED         "GET /_mock/world HTTP/1.1\r\n" HOST "\r\n"
#define LATE          3000 /* of those: their replies have nine megabytes */
#define UNKNOWN(name) "GET /api/" name " HTTP/1.1\r\n" HOST "\r\n"

/* A whole and valid request; `more` are header lines. */
static const char *exchange(struct test *test, const char *more)
{
    return test_printf(test, POST_HEAD "%sContent-Length: %zu\r\n\r\n%s", more,
                       strlen(BOT_FORM), BOT_FORM);
}

static void check_still_serves(struct test *test, struct server *server)
{
    assert_json(http_exchange(test, server, USER_FORM)->json, "ok", "true");
}

/* The token of the broken request was not exchanged by it. */
static void check_no_effect(struct test *test, struct server *server)
{
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* The whole valid form, under a head that announces one byte more. */
static const char *cut_exchange(struct test *test)
{
    return test_printf(test, POST_HEAD "Content-Length: %zu\r\n\r\n%s",
                       strlen(BOT_FORM) + 1, BOT_FORM);
}

static void test_body_cut_by_half_close(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    raw_send(raw, cut_exchange(test));
    raw_end(raw);
    reply = raw_await_reply(raw);
    assert_text(reply->body, TIMED_OUT);
    assert_number(reply->status, 200);
    raw_await_close(raw);
    check_no_effect(test, server);
}

static void test_body_cut_by_silence(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS(SHORT_TIMEOUT));
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    raw_send(raw, cut_exchange(test));
    reply = raw_await_reply(raw);
    assert_text(reply->body, TIMED_OUT);
    assert_number(reply->status, 200);
    raw_await_close(raw);
    check_no_effect(test, server);
}

/* The timeout is a total: a byte now and then does not lengthen it. */
static void test_body_that_drips(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS(SHORT_TIMEOUT));
    struct raw_socket *raw = raw_connect(test, server);
    deadline end = deadline_from_now();

    raw_send(raw, POST_HEAD "Content-Length: 1000000\r\n\r\n");
    while (!raw_has_input(raw)) {
        raw_send(raw, "a");
        if (!deadline_look_again(end))
            fail_msg("the request was awaited without end");
    }
    assert_text(raw_await_reply(raw)->body, TIMED_OUT);
    check_still_serves(test, server);
}

static void test_head_without_end(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS(SHORT_TIMEOUT));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, POST_HEAD "X-More: ");
    raw_await_close(raw);
    check_still_serves(test, server);
}

static void test_head_cut_by_half_close(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, POST_HEAD);
    raw_end(raw);
    raw_await_close(raw);
    check_still_serves(test, server);
}

static void test_half_close_after_request(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, exchange(test, ""));
    raw_end(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_close(raw);
    check_still_serves(test, server);
}

static void test_pieces(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const char *request = exchange(test, "");

    for (size_t i = 0; request[i]; i++)
        raw_send_bytes(raw, request + i, 1);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

static void test_pipelined(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw,
             test_printf(test, "%s%s%s%s", UNKNOWN("first"), exchange(test, ""),
                         UNKNOWN("third"), exchange(test, "")));
    assert_json_text(raw_await_reply(raw)->json, "req_method", "first");
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_json_text(raw_await_reply(raw)->json, "req_method", "third");
    assert_json_text(raw_await_reply(raw)->json, "error",
                     "token_already_exchanged");
}

/*
 * More than the socket's buffers hold: the server waits for the client to read,
 * and goes on with the rest of the requests then.
 */
static void test_read_late(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    for (int number = 1; number <= LATE; number++)
        raw_send(raw, test_printf(test, SAVED UNKNOWN("%d"), number));
    for (int number = 1; number <= LATE; number++) {
        assert_json_text(raw_await_reply(raw)->json, "token_style", "fake");
        assert_json_text(raw_await_reply(raw)->json, "req_method",
                         test_printf(test, "%d", number));
    }
    check_still_serves(test, server);
}

/*
 * An empty line is ignored, and so begins no request whose time could run out:
 * a request that begins after it has run out, and the connection still serves.
 */
static void test_empty_line(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS(SHORT_TIMEOUT));
    struct raw_socket *raw = raw_connect(test, server);
    struct raw_socket *late = raw_connect(test, server);

    raw_send(raw, UNKNOWN("first") "\r\n");
    (void)raw_await_reply(raw);
    raw_send(late, POST_HEAD);
    raw_await_close(late);
    raw_send(raw, UNKNOWN("second"));
    assert_json_text(raw_await_reply(raw)->json, "req_method", "second");
}

/* It gets no body, whatever is said of its head. */
static void test_refused_head(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "HEAD " EXCHANGE " HTTP/1.1\r\n\r\n");
    assert_number(raw_await_head(raw)->status, 400);
    raw_await_close(raw);
}

/* Once the system holds no more for it, its replies wait here. */
static void test_unread_replies(struct test *test)
{
    struct server *server = server_start(
        test,
        test_file(test, "scenario.json",
                  WORLD("\"tokens\":[{\"generate\":10000,\"type\":\"bot\","
                        "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]")),
        ARGUMENTS("--idle-timeout", "0.3"));
    struct raw_socket *raw = raw_connect(test, server);
    int descriptors;

    /* After the second reply nothing is left of the connection that found out
     * whether the server accepts any. */
    for (int i = 0; i < 2; i++) {
        raw_send(raw, UNKNOWN("first"));
        (void)raw_await_reply(raw);
    }
    descriptors = server_descriptors(server);
    for (int i = 0; i < 20; i++)
        raw_send(raw, "GET /_mock/state HTTP/1.1\r\n" HOST "\r\n");
    server_await_descriptors(server, descriptors - 1);
    check_still_serves(test, server);
}

/* What comes after a last request is left unread, and must not cost its reply.
 */
static void test_flood(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    for (int i = 0; i < 300; i++)
        raw_send(raw, UNKNOWN("early"));
    raw_send(raw, exchange(test, "Connection: close\r\n"));
    for (int i = 0; i < 300; i++)
        raw_send(raw, UNKNOWN("late"));
    for (int i = 0; i < 300; i++)
        assert_json_text(raw_await_reply(raw)->json, "req_method", "early");
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_close(raw);
}

static void test_keep_alive(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, UNKNOWN("first"));
    assert_json_text(raw_await_reply(raw)->json, "req_method", "first");
    raw_send(raw, UNKNOWN("second"));
    assert_json_text(raw_await_reply(raw)->json, "req_method", "second");
    raw_send(raw, exchange(test, "Connection: close\r\n"));
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_close(raw);
}

static void test_old_http(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "GET " EXCHANGE "?" BOT_FORM " HTTP/1.0\r\n\r\n");
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_close(raw);
}

static void test_idle_after_reply(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--idle-timeout", "0.3"));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, UNKNOWN("first"));
    (void)raw_await_reply(raw);
    raw_await_close(raw);
    check_still_serves(test, server);
}

static void test_idle_from_the_start(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--idle-timeout", "0.3"));

    raw_await_close(raw_connect(test, server));
    check_still_serves(test, server);
}

static const struct test_case cases[] = {
    {"transport: a body cut by a half-close gets request_timeout",
     test_body_cut_by_half_close, NULL},
    {"transport: a body that stalls gets request_timeout",
     test_body_cut_by_silence, NULL},
    {"transport: a body that drips does not outlive the timeout",
     test_body_that_drips, NULL},
    {"transport: a head that never ends is closed without an answer",
     test_head_without_end, NULL},
    {"transport: a head cut by a half-close gets no answer",
     test_head_cut_by_half_close, NULL},
    {"transport: a half-close after a whole request gets its answer",
     test_half_close_after_request, NULL},
    {"transport: a request may come byte by byte", test_pieces, NULL},
    {"transport: a flood of requests, and more behind the last", test_flood,
     NULL},
    {"transport: an empty line begins no request", test_empty_line, NULL},
    {"transport: a HEAD that is refused gets no body", test_refused_head, NULL},
    {"transport: replies that nobody reads end the connection",
     test_unread_replies, NULL},
    {"transport: who reads late gets all replies, in order", test_read_late,
     NULL},
    {"transport: pipelined requests are answered in order", test_pipelined,
     NULL},
    {"transport: a connection serves until the client closes it",
     test_keep_alive, NULL},
    {"transport: HTTP/1.0 is answered and closed", test_old_http, NULL},
    {"transport: an idle connection is closed after a reply",
     test_idle_after_reply, NULL},
    {"transport: a connection that never asks is closed",
     test_idle_from_the_start, NULL},
};

int run_transport_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
