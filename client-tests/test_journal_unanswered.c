/*
 * What a test would look for in vain on the wire is in the journal: requests
 * that were refused before any method saw them, and those that never ended.
 */
#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define HOST "Host: 127.0.0.1\r\n"
#define POST "POST " EXCHANGE " HTTP/1.1\r\n" HOST FORM "\r\n"

struct end {
    const char *bytes;
    void (*leave)(struct raw_socket *raw); /* NULL: waits for the reply */
    const char *verb;
    const char *path;
    const char *status; /* NULL: none went out */
    const char *error;
    const char *hint; /* a part of it; NULL for no hint */
};

/* The entry, in the journal as in the log. */
static void check_entry(struct test *test, struct server *server,
                        const struct end *row)
{
    const cJSON *logged = json_at(server_await_log(test, server, 1), "0");
    const cJSON *journal = control_journal(test, server, "");
    const cJSON *entry = json_at(journal, "requests.0");

    assert_json(journal, "count", "1");
    assert_json_text(entry, "http_method", row->verb);
    assert_json_text(entry, "path", row->path);
    assert_json(entry, "status", row->status);
    assert_json_text(entry, "error", row->error);
    assert_json_text(entry, "effect", "none");
    assert_json(logged, "status", row->status);
    assert_json_text(logged, "error", row->error);
    if (row->hint)
        assert_contains(cJSON_GetStringValue(json_at(entry, "hint")),
                        row->hint);
}

static void test_end(struct test *test)
{
    const struct end *row = test_row(test);
    struct server *server = server_start(
        test, NULL, ARGUMENTS("--max-body", "1000", "--request-timeout", "2"));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, row->bytes);
    if (row->leave)
        row->leave(raw);
    else
        (void)raw_await_reply(raw);
    check_entry(test, server, row);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* Nothing that can be called a request: there is nothing to write down. */
static void test_no_request(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "GET");
    raw_end(raw);
    raw_await_close(raw);
    assert_json(control_journal(test, server, ""), "count", "0");
}

static void test_sandbox(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const cJSON *journal;

    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    raw_send(raw, "POST /sandbox/mine" EXCHANGE " HTTP/1.1\r\n" HOST FORM
                  "\r\nContent-Length: 9\r\n\r\ntoken=x");
    raw_reset(raw);
    (void)server_await_stderr(server, "within the request");
    assert_json(control_journal(test, server, ""), "count", "0");
    journal =
        control_do(test, server, "GET /sandbox/mine/_mock/requests", NULL);
    assert_json(journal, "count", "1");
}

/* The control API's own requests stay out, however they end. */
static void test_control_is_left_out(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "POST /_mock/reset HTTP/1.1\r\n" HOST
                  "Content-Length: 9\r\n\r\n{");
    raw_reset(raw);
    control_do(test, server, "GET /_mock/health", NULL);
    assert_json(control_journal(test, server, ""), "count", "0");
}

static const struct test_case cases[] = {
    {"journal unanswered: a path that leads nowhere", test_end,
     &(const struct end){"GET /nowhere HTTP/1.1\r\n" HOST "\r\n", NULL, "GET",
                         "/nowhere", "404", "not_found", "/api/"}},
    {"journal unanswered: a verb that Slack refuses", test_end,
     &(const struct end){
         "PUT " EXCHANGE " HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", NULL,
         "PUT", EXCHANGE, "405", "method_not_allowed", NULL}},
    {"journal unanswered: a verb that HTTP lacks", test_end,
     &(const struct end){"BREW " EXCHANGE " HTTP/1.1\r\n" HOST "\r\n", NULL,
                         "BREW", EXCHANGE, "501", "not_implemented", "verb"}},
    {"journal unanswered: a malformed head", test_end,
     &(const struct end){POST "Bad : 1\r\n\r\n", NULL, "POST", EXCHANGE, "400",
                         "bad_request", "name"}},
    {"journal unanswered: a body too large", test_end,
     &(const struct end){POST "Content-Length: 1001\r\n\r\n", NULL, "POST",
                         EXCHANGE, "413", "too_large", "--max-body"}},
    {"journal unanswered: a chunk too large", test_end,
     &(const struct end){POST "Transfer-Encoding: chunked\r\n\r\n3e9\r\n", NULL,
                         "POST", EXCHANGE, "413", "too_large", "--max-body"}},
    {"journal unanswered: a body that is cut short", test_end,
     &(const struct end){POST "Content-Length: 9\r\n\r\ntoken=x", raw_end,
                         "POST", EXCHANGE, "200", "request_timeout", NULL}},
    {"journal unanswered: a reset within the body", test_end,
     &(const struct end){POST "Content-Length: 9\r\n\r\ntoken=x", raw_reset,
                         "POST", EXCHANGE, NULL, NULL, "reset the connection"}},
    {"journal unanswered: a reset within the head", test_end,
     &(const struct end){"POST " EXCHANGE " HTTP/1.1\r\nHo", raw_reset, "POST",
                         EXCHANGE, NULL, NULL, "reset the connection"}},
    {"journal unanswered: a head that ends too early", test_end,
     &(const struct end){POST, raw_end, "POST", EXCHANGE, NULL, NULL,
                         "never ended"}},
    {"journal unanswered: a head that never ends", test_end,
     &(const struct end){POST, raw_await_close, "POST", EXCHANGE, NULL, NULL,
                         "never ended"}},
    {"journal unanswered: three letters are no request", test_no_request, NULL},
    {"journal unanswered: a sandbox has its own", test_sandbox, NULL},
    {"journal unanswered: the control API's are left out",
     test_control_is_left_out, NULL},
};

int run_journal_unanswered_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
