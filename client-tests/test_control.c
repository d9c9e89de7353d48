/*
 * The control API: what each call does, and what is no call at all. Refusals of
 * what a call says are in test_control_refusals.c.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define RULES_OF_TWO                                                           \
    "\"rules\":[{\"name\":\"one\",\"when\":{\"method\":\"auth.test\"},"        \
    "\"times\":1,\"reply\":{\"error\":\"fatal_error\"}},"                      \
    "{\"name\":\"two\",\"when\":{\"method\":\"auth.revoke\"},"                 \
    "\"reply\":{\"error\":\"internal_error\"}}]"

static void test_health(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *health =
        control_do(test, server, "GET /_mock/health", NULL);

    assert_keys(health, "ok,program,version,state");
    assert_json_text(health, "state", "ready");
    assert_json_text(health, "program", "slackmock");
    assert_true(strlen(cJSON_GetStringValue(json_at(health, "version"))) > 0);
}

/* Tokens, counts, clock, seed and journal start over; sandboxes stay. */
static void test_reset(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD(STILL "," RULES_OF_TWO));
    const char *fresh =
        control_call(test, server, "GET /_mock/state", NULL)->body;
    const char *token = life_exchange(test, server, BOT_FORM).access;

    life_token_is(test, server, token, "fatal_error");
    life_token_is(test, server, token, NULL);
    life_advance(test, server, "5");
    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    control_do(test, server, "PATCH /_mock/scenario",
               "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]}");
    control_do(test, server, "POST /_mock/reset", NULL);
    assert_text(control_call(test, server, "GET /_mock/state", NULL)->body,
                fresh);
    assert_json(control_journal(test, server, ""), "count", "0");
    assert_json(control_do(test, server, "GET /_mock/sandboxes", NULL),
                "sandboxes", "[\"mine\"]");
    assert_text(life_exchange(test, server, BOT_FORM).access, token);
    life_token_is(test, server, token, "fatal_error");
}

static void test_delete_rules(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD(STILL "," RULES_OF_TWO));

    control_do(test, server, "DELETE /_mock/rules", NULL);
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "rules",
                "[]");
    life_token_is(test, server, BOT_TOKEN, NULL);
    control_do(test, server, "POST /_mock/reset", NULL);
    life_token_is(test, server, BOT_TOKEN, "fatal_error");
}

/* A browser is told nothing that would let a page read the reply. */
static void test_headers(struct test *test)
{
    static const char *const calls[] = {"GET /_mock/health",
                                        "GET /_mock/state",
                                        "DELETE /_mock/rules",
                                        "GET /_mock/nope",
                                        "PUT /_mock/health",
                                        "OPTIONS /_mock/health",
                                        "GET /sandbox/none/_mock/state"};
    struct server *server = server_start(test, NULL, NULL);

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const struct http_reply *reply =
            control_call(test, server, calls[i], NULL);
        const char *names = http_header_names(test, reply);

        assert_lacks(names, "access-control");
        assert_contains(names, "content-length,content-type");
        assert_text(http_header(reply, "Content-Length"),
                    test_printf(test, "%zu", reply->length));
    }
}

static void test_head(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *head;
    const struct http_reply *get;

    raw_send(raw, "HEAD /_mock/state HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  "GET /_mock/state HTTP/1.1\r\nHost: localhost\r\n\r\n");
    head = raw_await_head(raw);
    get = raw_await_reply(raw);
    assert_number(head->status, 200);
    assert_json(get->json, "ok", "true");
    assert_text(http_header(head, "Content-Length"),
                http_header(get, "Content-Length"));
    assert_text(http_header_names(test, head), http_header_names(test, get));
}

static void test_log_line(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *log;

    (void)control_call(test, server, "GET /_mock/health", NULL);
    (void)control_call(test, server, "GET /_mock/nope", NULL);
    log = server_await_log(test, server, 2);
    assert_json(log, "0.error", NULL);
    assert_json_text(log, "1.error", "not_found");
    assert_json(log, "1.status", "404");
}

/* A path that is not there; what is near to it is named. */
static void test_unknown_path(struct test *test)
{
    const char *call = test_row(test);
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *before = control_snapshot(test, server);

    control_refused(control_call(test, server, call, NULL), 404, "not_found");
    assert_text(control_snapshot(test, server), before);
}

static void test_nearest_path(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply =
        control_call(test, server, "GET /_mock/request", NULL);

    assert_contains(reply->body, "did you mean /_mock/requests?");
    reply = control_call(test, server, "GET /_mock/zzzzzzzz", NULL);
    assert_lacks(reply->body, "did you mean");
}

struct misused {
    const char *path;
    const char *allow;
    const char *verbs[7]; /* that the path does not take */
};

static void test_verbs(struct test *test)
{
    const struct misused *row = test_row(test);
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *before;

    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    before = control_snapshot(test, server);
    for (size_t i = 0; row->verbs[i]; i++) {
        const struct http_reply *reply = control_call(
            test, server, test_printf(test, "%s %s", row->verbs[i], row->path),
            NULL);

        assert_number(reply->status, 405);
        assert_text(http_header(reply, "Allow"), row->allow);
        if (strcmp(row->verbs[i], "HEAD") != 0)
            control_refused(reply, 405, "method_not_allowed");
    }
    assert_text(control_snapshot(test, server), before);
}

#define VERBS(path, allow, ...)                                                \
    {                                                                          \
        "control: " path " takes " allow " alone", test_verbs,                 \
            &(const struct misused)                                            \
        {                                                                      \
            path, allow,                                                       \
            {                                                                  \
                __VA_ARGS__                                                    \
            }                                                                  \
        }                                                                      \
    }
#define UNKNOWN(call)                                                          \
    {                                                                          \
        "control: " call " is not there", test_unknown_path, call              \
    }

static const struct test_case cases[] = {
    {"control: health names the program and its version", test_health, NULL},
    {"control: reset starts the loaded scenario over, but for sandboxes",
     test_reset, NULL},
    {"control: DELETE rules takes all rules away, until a reset",
     test_delete_rules, NULL},
    {"control: no reply has CORS headers", test_headers, NULL},
    {"control: HEAD gets the headers that GET gets", test_head, NULL},
    {"control: a refusal is in the log by its name", test_log_line, NULL},
    {"control: an unknown path names the nearest", test_nearest_path, NULL},
    UNKNOWN("GET /_mock/"),
    UNKNOWN("GET /_mock/nope"),
    UNKNOWN("GET /_mock/state/"),
    UNKNOWN("GET /_mock/state/x"),
    UNKNOWN("GET /_mock/%73tate"),
    UNKNOWN("GET /_mock/State"),
    UNKNOWN("DELETE /_mock/sandboxes/none"),
    UNKNOWN("GET /sandbox/none/_mock/state"),
    UNKNOWN("POST /sandbox/none/_mock/reset"),
    VERBS("/_mock/health", "GET, HEAD", "POST", "PUT", "PATCH", "DELETE",
          "OPTIONS", "TRACE"),
    VERBS("/_mock/state", "GET, HEAD", "POST", "PUT", "PATCH", "DELETE",
          "OPTIONS"),
    VERBS("/_mock/reset", "POST", "GET", "HEAD", "PUT", "PATCH", "DELETE",
          "OPTIONS"),
    VERBS("/_mock/scenario", "PUT, PATCH", "GET", "HEAD", "POST", "DELETE",
          "OPTIONS"),
    VERBS("/_mock/rules", "DELETE", "GET", "HEAD", "POST", "PUT", "PATCH",
          "OPTIONS"),
    VERBS("/_mock/clock", "POST", "GET", "HEAD", "PUT", "PATCH", "DELETE",
          "OPTIONS"),
    VERBS("/_mock/requests", "GET, HEAD, DELETE", "POST", "PUT", "PATCH",
          "OPTIONS"),
    VERBS("/_mock/sandboxes", "GET, HEAD", "POST", "PUT", "PATCH", "DELETE",
          "OPTIONS"),
    VERBS("/_mock/sandboxes/mine", "PUT, DELETE", "GET", "HEAD", "POST",
          "PATCH", "OPTIONS"),
};

int run_control_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
