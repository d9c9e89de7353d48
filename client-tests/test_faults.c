/*
 * The faults of a rule as they reach a client on the wire, and what has taken
 * effect behind them.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define HOST "Host: 127.0.0.1\r\n"
#define ONCE(stage, reply)                                                     \
    WORLD("\"rules\":[{\"name\":\"r\",\"times\":1,\"stage\":\"" stage "\","    \
          "\"reply\":{" reply "}}]")
#define FAULT(name) "\"fault\":\"" name "\""
#define UNKNOWN     "GET /api/unknown HTTP/1.1\r\n" HOST "\r\n"
#define BYTE_MS     5 /* of a dribble */

/* Connects and sends a valid request. */
static struct raw_socket *ask(struct test *test, const struct server *server)
{
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_exchange(raw);
    return raw;
}

/* Half of a reply, and the rest never comes. */
static const char *await_half(struct raw_socket *raw)
{
    const struct http_reply *reply = raw_await_broken_reply(raw);
    const char *length = http_header(reply, "Content-Length");

    raw_await_end(raw);
    if (!length) {
        fail_msg("no Content-Length");
        return "";
    }
    assert_number(reply->length, strtol(length, NULL, 10) / 2);
    return reply->body;
}

static void see_half_error(struct raw_socket *raw)
{
    assert_text(await_half(raw), "{\"ok\":false,\"error");
}

static void see_half_outcome(struct raw_socket *raw)
{
    assert_contains(await_half(raw), "{\"ok\":true,\"app_id\":\"A0APP\",");
}

static void see_half_body(struct raw_socket *raw)
{
    assert_text(await_half(raw), "<htm");
}

static void see_garbage(struct raw_socket *raw)
{
    const struct http_reply *reply = raw_await_reply(raw);

    assert_number(reply->status, 200);
    assert_true(reply->length > 0);
    assert_null(reply->json);
}

static void see_internal_error(struct raw_socket *raw)
{
    assert_text(raw_await_reply(raw)->body,
                "{\"ok\":false,\"error\":\"internal_error\"}");
}

static void see_success(struct raw_socket *raw)
{
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

/* The client gives up; the server has not said a word until then. */
static void see_nothing(struct raw_socket *raw)
{
    raw_end(raw);
    raw_await_end(raw);
}

struct fault {
    const char *scenario;
    void (*see)(struct raw_socket *raw);
    const char *name;   /* in the log; NULL: none */
    const char *status; /* likewise */
    const char *second; /* what the same call gets when it is repeated */
};

#define TAKES_EFFECT "token_already_exchanged"

static struct raw_socket *ask_over_tls(struct test *test,
                                       const struct server *server)
{
    const char *authority = test_path(test, "ca/ca.pem");
    struct raw_socket *raw = raw_connect_tls(
        test, server, &(struct tls_way){.authority = authority});

    raw_send_exchange(raw);
    return raw;
}

/* The journal has the call as the log has it, and whether it took effect. */
static void check_journal(struct test *test, const struct server *server,
                          const struct fault *row)
{
    const struct http_request request = {.target = "/_mock/requests?limit=1"};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_json_text(reply->json, "requests.0.fault", row->name);
    assert_json(reply->json, "requests.0.status", row->status);
    assert_json_text(reply->json, "requests.0.effect",
                     row->second ? "committed" : "none");
}

static void look_at_fault(struct test *test, struct server *server,
                          struct raw_socket *raw)
{
    const struct fault *row = test_row(test);
    const struct cJSON *log;

    row->see(raw);
    log = server_await_log(test, server, 1);
    assert_json_text(log, "0.rule", "r");
    assert_json_text(log, "0.fault", row->name);
    assert_json(log, "0.status", row->status);
    check_journal(test, server, row);
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     row->second);
}

static void test_fault(struct test *test)
{
    const struct fault *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);

    look_at_fault(test, server, ask(test, server));
}

/* The front changes nothing of what the client sees. */
static void test_fault_over_tls(struct test *test)
{
    const struct fault *row = test_row(test);
    struct server *server;

    tls_skip_without(test);
    server = server_start(test, test_file(test, "tls.json", row->scenario),
                          ARGUMENTS("--ca-dir", test_path(test, "ca")));
    look_at_fault(test, server, ask_over_tls(test, server));
}

/* ---- dribble ---- */

static void test_dribble(struct test *test)
{
    static const char body[] = "{\"ok\":false,\"error\":\"internal_error\"}";
    struct server *server = server_start_with(
        test, ONCE("before", "\"error\":\"internal_error\"," FAULT("dribble")));
    struct raw_socket *raw = ask(test, server);
    const struct http_reply *head = raw_await_head(raw);
    deadline start = deadline_clock();

    assert_text(http_header(head, "Content-Length"),
                test_printf(test, "%zu", strlen(body)));
    for (size_t i = 0; body[i]; i++)
        assert_number(raw_await_byte(raw), body[i]);
    /* The first may be here with the head: that was read a moment late. */
    assert_true(deadline_clock() - start >=
                (deadline)(strlen(body) - 3) * BYTE_MS);
    raw_send(raw, UNKNOWN);
    assert_json_text(raw_await_reply(raw)->json, "error", "unknown_method");
}

static void test_dribble_of_no_body(struct test *test)
{
    struct server *server =
        server_start_with(test, ONCE("before", FAULT("dribble")));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "HEAD " EXCHANGE "?" BOT_FORM " HTTP/1.1\r\n" HOST "\r\n");
    assert_number(raw_await_head(raw)->status, 200);
    raw_send(raw, UNKNOWN);
    assert_json_text(raw_await_reply(raw)->json, "error", "unknown_method");
}

/* Pipelined requests wait until all of it is out. */
static void test_dribble_keeps_the_order(struct test *test)
{
    struct server *server =
        server_start_with(test, ONCE("after", FAULT("dribble")));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_exchange(raw);
    raw_send(raw, UNKNOWN);
    (void)server_await_log(test, server, 1);
    raw_send(raw, UNKNOWN);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    assert_json_text(raw_await_reply(raw)->json, "error", "unknown_method");
    assert_json_text(raw_await_reply(raw)->json, "error", "unknown_method");
}

/* ---- the rest ---- */

/* The request before on the same connection has its reply, and keeps it. */
static void test_reset_after_a_reply(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"rules\":[{\"when\":{\"call\":2},"
                                      "\"reply\":{" FAULT("reset") "}}]"));
    struct raw_socket *raw = ask(test, server);

    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_send_exchange(raw);
    raw_await_reset(raw);
}

/*
 * A client that does not wait for `100 Continue`: it may or may not be out when
 * the reply is decided.
 */
static void test_expecting_client(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"times\":20,\"reply\":{\"delay\":2}},"
                    "{\"times\":10,\"reply\":{\"error\":\"fatal_error\"," FAULT(
                        "dribble") "}}]"));
    struct raw_socket *raw = raw_connect(test, server);

    for (int i = 0; i < 30; i++) {
        raw_send(raw, test_printf(test,
                                  "POST " EXCHANGE " HTTP/1.1\r\n" HOST FORM
                                  "\r\nExpect: 100-continue\r\n"
                                  "Content-Length: %zu\r\n\r\n",
                                  strlen(BOT_FORM)));
        raw_send(raw, BOT_FORM);
        assert_json_text(raw_await_reply(raw)->json, "error",
                         i == 0 ? NULL
                                : (i < 20 ? TAKES_EFFECT : "fatal_error"));
    }
}

static void test_truncated_head_request(struct test *test)
{
    struct server *server =
        server_start_with(test, ONCE("before", FAULT("truncate")));
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    raw_send(raw, "HEAD " EXCHANGE "?" BOT_FORM " HTTP/1.1\r\n" HOST "\r\n");
    reply = raw_await_head(raw);
    assert_text(http_header(reply, "Content-Length"), "37");
    raw_await_end(raw);
}

#define CASE_OF(title, run, stage, reply, see, name, status, second)           \
    {                                                                          \
        title, run, &(const struct fault)                                      \
        {                                                                      \
            ONCE(stage, reply), see, name, status, second                      \
        }                                                                      \
    }
#define CASE(title, stage, reply, see, name, status, second)                   \
    CASE_OF("faults: " title, test_fault, stage, reply, see, name, status,     \
            second),                                                           \
        CASE_OF("faults over TLS: " title, test_fault_over_tls, stage, reply,  \
                see, name, status, second)
#define BOTH(fault, see)                                                       \
    CASE(fault " before", "before", FAULT(fault), see, fault, NULL, NULL),     \
        CASE(fault " after", "after", FAULT(fault), see, fault, NULL,          \
             TAKES_EFFECT)

static const struct test_case cases[] = {
    BOTH("reset", raw_await_reset),
    BOTH("close", raw_await_end),
    BOTH("stall", see_nothing),
    CASE("truncate before", "before", FAULT("truncate"), see_half_error,
         "truncate", "200", NULL),
    CASE("truncate after", "after", FAULT("truncate"), see_half_outcome,
         "truncate", "200", TAKES_EFFECT),
    CASE("truncate a body", "after",
         "\"body\":\"<html>!?\",\"status\":503," FAULT("truncate"),
         see_half_body, "truncate", "503", TAKES_EFFECT),
    CASE("garbage before", "before", FAULT("garbage"), see_garbage, "garbage",
         "200", NULL),
    CASE("garbage after", "after", FAULT("garbage"), see_garbage, "garbage",
         "200", TAKES_EFFECT),
    CASE("dribble before", "before", FAULT("dribble"), see_success, "dribble",
         "200", TAKES_EFFECT),
    CASE("dribble after", "after", FAULT("dribble"), see_success, "dribble",
         "200", TAKES_EFFECT),
    CASE("an error after", "after", "\"error\":\"internal_error\"",
         see_internal_error, NULL, "200", TAKES_EFFECT),
    CASE("an error after that comes late", "after",
         "\"error\":\"internal_error\",\"delay\":20", see_internal_error, NULL,
         "200", TAKES_EFFECT),
    CASE("a reset that comes late", "after", "\"delay\":20," FAULT("reset"),
         raw_await_reset, "reset", NULL, TAKES_EFFECT),
    CASE("a close that comes late", "after", "\"delay\":20," FAULT("close"),
         raw_await_end, "close", NULL, TAKES_EFFECT),
    CASE("a truncated reply that comes late", "after",
         "\"delay\":20," FAULT("truncate"), see_half_outcome, "truncate", "200",
         TAKES_EFFECT),
    CASE("a dribble that comes late", "after", "\"delay\":20," FAULT("dribble"),
         see_success, "dribble", "200", TAKES_EFFECT),
    {"faults: a dribble comes byte by byte", test_dribble, NULL},
    {"faults: a dribble of a reply without a body", test_dribble_of_no_body,
     NULL},
    {"faults: a dribble keeps pipelined replies in order",
     test_dribble_keeps_the_order, NULL},
    {"faults: a reset after a reply", test_reset_after_a_reply, NULL},
    {"faults: a client that expects 100 Continue", test_expecting_client, NULL},
    {"faults: a truncated reply to HEAD", test_truncated_head_request, NULL},
};

int run_faults_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
