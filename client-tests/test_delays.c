/*
 * Replies that are held back: for how long, and what may happen meanwhile.
 * Times are checked from below; from above only the quickest of many.
 */
#include <signal.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "server_usage.h"
#include "test_case.h"
#include "test_groups.h"

#define HOST          "Host: 127.0.0.1\r\n"
#define UNKNOWN(name) "GET /api/" name " HTTP/1.1\r\n" HOST "\r\n"
#define ONCE(reply)   WORLD("\"rules\":[{\"times\":1,\"reply\":{" reply "}}]")
#define A_DAY         "\"delay\":86400000"

/* Asks, and waits until the reply is decided and held back. */
static struct raw_socket *ask(struct test *test, struct server *server)
{
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_exchange(raw);
    (void)server_await_log(test, server, 1);
    return raw;
}

/* A delay, and what it is at the least. */
struct delay {
    const char *reply;
    int least;
};

static void test_delay(struct test *test)
{
    const struct delay *row = test_row(test);
    struct server *server = server_start_with(
        test, test_printf(test, ONCE("\"delay\":%s"), row->reply));
    deadline start = deadline_clock();

    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_true(deadline_clock() - start >= row->least);
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

/* However busy the machine is, it is not so each time. */
static void test_none(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"rules\":[{\"reply\":{"
                                      "\"error\":\"fatal_error\","
                                      "\"delay\":0}}]"));
    struct raw_socket *raw = raw_connect(test, server);
    deadline quickest = 1000;

    for (int i = 0; i < 50; i++) {
        deadline start = deadline_clock();
        deadline took;

        raw_send_exchange(raw);
        assert_json_text(raw_await_reply(raw)->json, "error", "fatal_error");
        took = deadline_clock() - start;
        quickest = took < quickest ? took : quickest;
    }
    assert_true(quickest < 10);
}

/* A delay is never short, whatever the clock of the event loop says. */
static void test_never_early(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"rules\":[{\"reply\":{"
                                      "\"error\":\"fatal_error\","
                                      "\"delay\":7}}]"));
    struct raw_socket *raw = raw_connect(test, server);

    for (int i = 0; i < 50; i++) {
        deadline start = deadline_clock();

        raw_send_exchange(raw);
        assert_json_text(raw_await_reply(raw)->json, "error", "fatal_error");
        assert_true(deadline_clock() - start >= 7);
    }
}

static void test_holds_nobody_else(struct test *test)
{
    struct server *server = server_start_with(test, ONCE(A_DAY));
    struct raw_socket *raw = ask(test, server);

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
    assert_false(raw_has_input(raw));
    raw_reset(raw); /* or the server's end would wait for it */
}

static void test_keeps_the_order(struct test *test)
{
    struct server *server = server_start_with(test, ONCE("\"delay\":100"));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_exchange(raw);
    raw_send(raw, UNKNOWN("one"));
    (void)server_await_log(test, server, 1);
    raw_send(raw, UNKNOWN("two"));
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_json_text(raw_await_reply(raw)->json, "req_method", "one");
    assert_json_text(raw_await_reply(raw)->json, "req_method", "two");
    raw_send(raw, UNKNOWN("three"));
    assert_json_text(raw_await_reply(raw)->json, "req_method", "three");
}

static void test_half_close(struct test *test)
{
    struct server *server = server_start_with(test, ONCE("\"delay\":100"));
    struct raw_socket *raw = ask(test, server);

    raw_end(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_end(raw);
}

/* Requests that were sent before the half-close are answered too. */
static void test_half_close_behind_requests(struct test *test)
{
    struct server *server = server_start_with(test, ONCE("\"delay\":100"));
    struct raw_socket *raw = ask(test, server);

    raw_send(raw, UNKNOWN("one"));
    raw_end(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_json_text(raw_await_reply(raw)->json, "req_method", "one");
    raw_await_end(raw);
}

/* ---- the client leaves ---- */

static void do_nothing(struct raw_socket *raw)
{
    (void)raw;
}

static void send_more(struct raw_socket *raw)
{
    raw_send(raw, UNKNOWN("one"));
}

static void send_more_and_end(struct raw_socket *raw)
{
    raw_send(raw, UNKNOWN("one"));
    raw_end(raw);
}

/* What a client does before it resets a connection with a delayed reply. */
struct leaving {
    void (*before)(struct raw_socket *raw);
};

#define CLIENTS 8

static void test_reset_frees(struct test *test)
{
    const struct leaving *row = test_row(test);
    struct server *server =
        server_start_with(test, WORLD("\"rules\":[{\"reply\":{" A_DAY "}}]"));
    int descriptors = server_descriptors(server);
    struct raw_socket *raw[CLIENTS];

    for (int i = 0; i < CLIENTS; i++) {
        raw[i] = raw_connect(test, server);
        raw_send_exchange(raw[i]);
    }
    (void)server_await_log(test, server, CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        row->before(raw[i]);
    assert_true(server_descriptors(server) >= descriptors + CLIENTS - 1);
    for (int i = 0; i < CLIENTS; i++)
        raw_reset(raw[i]);
    server_await_descriptors(server, descriptors);
}

/* ---- timeouts and the end ---- */

static void test_outlives_timeouts(struct test *test)
{
    const char *scenario = test_file(test, "s.json", ONCE("\"delay\":400"));
    struct server *server = server_start(
        test, scenario,
        ARGUMENTS("--request-timeout", "0.1", "--idle-timeout", "0.1"));
    struct raw_socket *raw = ask(test, server);

    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_end(raw);
}

static void test_comes_before_the_end(struct test *test)
{
    struct server *server = server_start_with(test, ONCE("\"delay\":300"));
    struct raw_socket *raw = ask(test, server);

    server_signal(server, SIGTERM);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_end(raw);
    server_end(server);
}

/* The server waits 5 s for it, and no longer: nothing makes that shorter. */
static void test_end_does_not_wait_a_day(struct test *test)
{
    struct server *server = server_start_with(test, ONCE(A_DAY));
    struct raw_socket *raw = ask(test, server);
    deadline start = deadline_clock();

    server_signal(server, SIGTERM);
    raw_await_close(raw);
    assert_true(deadline_clock() - start >= 4900);
    server_end(server);
}

/* A change of the world does not touch what was decided in the old one. */
static void test_outlives_its_world(struct test *test)
{
    struct server *server = server_start_with(test, ONCE("\"delay\":300"));
    struct raw_socket *raw = ask(test, server);

    server_signal(server, SIGHUP);
    (void)server_await_stderr(server, "the world starts over");
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

#define DELAY(title, reply, least)                                             \
    {                                                                          \
        "delays: " title, test_delay, &(const struct delay)                    \
        {                                                                      \
            reply, least                                                       \
        }                                                                      \
    }
#define LEAVING(title, before)                                                 \
    {                                                                          \
        "delays: a reset frees the connection" title, test_reset_frees,        \
            &(const struct leaving)                                            \
        {                                                                      \
            before                                                             \
        }                                                                      \
    }

static const struct test_case cases[] = {
    DELAY("a fixed one", "150", 150),
    DELAY("one of a range", "{\"min\":100,\"max\":120}", 100),
    DELAY("one around a median", "{\"median\":100,\"sigma\":0}", 100),
    {"delays: none", test_none, NULL},
    {"delays: they are never short", test_never_early, NULL},
    {"delays: one holds nobody else", test_holds_nobody_else, NULL},
    {"delays: pipelined replies stay in order", test_keeps_the_order, NULL},
    {"delays: a half-close changes nothing", test_half_close, NULL},
    {"delays: nor does one behind more requests",
     test_half_close_behind_requests, NULL},
    LEAVING("", do_nothing),
    LEAVING(" behind more requests", send_more),
    LEAVING(" behind a half-close", raw_end),
    LEAVING(" behind more requests and a half-close", send_more_and_end),
    {"delays: one outlives the timeouts", test_outlives_timeouts, NULL},
    {"delays: one comes before the server ends", test_comes_before_the_end,
     NULL},
    {"delays: the server's end does not wait a day",
     test_end_does_not_wait_a_day, NULL},
    {"delays: one outlives its world", test_outlives_its_world, NULL},
};

int run_delays_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
