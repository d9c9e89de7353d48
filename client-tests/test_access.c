/*
 * Who may use the control API: nobody from a page in a browser, nobody from
 * another machine without the token.
 */
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define ANYWHERE "--listen", "0.0.0.0:0"

struct access {
    const char *const *options; /* of the server; NULL for none */
    const char *headers[2];
    int status;
    const char *error;
    const char *says; /* a part of the message */
};

static const char *const unguarded[] = {NULL};
static const char *const guarded[] = {"--control-token", "letmein", NULL};
static const char *const anywhere[] = {ANYWHERE, NULL};
static const char *const anywhere_guarded[] = {ANYWHERE, "--control-token",
                                               "letmein", NULL};

static void test_access(struct test *test)
{
    const struct access *row = test_row(test);
    struct server *server = server_start(test, NULL, row->options);
    const struct http_request request = {
        .target = "/_mock/requests",
        .headers = {row->headers[0], row->headers[1]}};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_number(reply->status, row->status);
    if (row->status == 200) {
        assert_json(reply->json, "ok", "true");
        return;
    }
    control_refused(reply, row->status, row->error);
    assert_contains(reply->body, row->says);
}

/* A refused call has no effect, and Slack's side answers all the same. */
static void test_no_effect(struct test *test)
{
    struct server *server = server_start(test, NULL, guarded);
    const struct http_request reset = {.verb = "POST",
                                       .target = "/_mock/reset",
                                       .headers = {"Authorization: Bearer x"},
                                       .body = ""};

    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    control_refused(http_send(test, server, &reset), 401, "unauthorized");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

/* 401 says how to authenticate (RFC 9110 15.5.2). */
static void test_challenge(struct test *test)
{
    struct server *server = server_start(test, NULL, guarded);
    const struct http_request request = {.target = "/_mock/state"};

    assert_text(
        http_header(http_send(test, server, &request), "WWW-Authenticate"),
        "Bearer");
}

/* A container's probe knows neither token nor name. */
static void test_health(struct test *test)
{
    const char *const *options = test_row(test);
    struct server *server = server_start(test, NULL, options);
    const struct http_request request = {
        .target = "/_mock/health",
        .headers = {"Host: evil.test", "Origin: http://evil.test"}};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_number(reply->status, 200);
    assert_json(reply->json, "ok", "true");
    assert_json_text(reply->json, "program", "slackmock");
}

static void test_off_is_said(struct test *test)
{
    struct server *server = server_start(test, NULL, anywhere);

    assert_contains(server_await_stderr(server, "--control-token"),
                    "the control API is off");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

static void test_token_is_secret(struct test *test)
{
    struct server *server = server_start(test, NULL, guarded);
    const struct http_request request = {
        .target = "/_mock/health",
        .headers = {"Authorization: Bearer letmein"}};

    assert_number(http_send(test, server, &request)->status, 200);
    assert_lacks(server_await_stderr(server, "/_mock/health"), "letmein");
}

static void test_sandbox(struct test *test)
{
    struct server *server = server_start(test, NULL, guarded);
    const struct http_request put = {
        .verb = "PUT",
        .target = "/_mock/sandboxes/mine",
        .headers = {"Authorization: Bearer letmein"},
        .body = ""};
    const struct http_request look = {.target = "/sandbox/mine/_mock/state"};

    assert_number(http_send(test, server, &put)->status, 200);
    control_refused(http_send(test, server, &look), 401, "unauthorized");
}

#define ROW(title, ...)                                                        \
    {                                                                          \
        "access: " title, test_access, &(const struct access)                  \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }

static const struct test_case cases[] = {
    ROW("this machine", NULL, {NULL}, 200, NULL, NULL),
    ROW("this machine by name", NULL, {"Host: localhost:1"}, 200, NULL, NULL),
    ROW("a name that DNS was made to give", NULL, {"Host: evil.test"}, 403,
        "forbidden_host", "--control-token"),
    ROW("a foreign page", NULL, {"Origin: http://evil.test"}, 403,
        "forbidden_origin", "another site"),
    ROW("a page of the server's own", NULL,
        {"Host: localhost:1", "Origin: http://localhost:1"}, 200, NULL, NULL),
    ROW("the right token", guarded, {"Authorization: Bearer letmein"}, 200,
        NULL, NULL),
    ROW("the right token, the scheme in small letters", guarded,
        {"Authorization: bearer letmein"}, 200, NULL, NULL),
    ROW("the right token and any Host", guarded,
        {"Authorization: Bearer letmein", "Host: mock:1"}, 200, NULL, NULL),
    ROW("no token", guarded, {NULL}, 401, "unauthorized", "--control-token"),
    ROW("a wrong token", guarded, {"Authorization: Bearer letmeout"}, 401,
        "unauthorized", "--control-token"),
    ROW("the token in another scheme", guarded,
        {"Authorization: Basic letmein"}, 401, "unauthorized",
        "--control-token"),
    ROW("beyond this machine", anywhere, {NULL}, 403, "control_api_off",
        "--control-token"),
    ROW("beyond this machine with the token", anywhere_guarded,
        {"Authorization: Bearer letmein", "Host: mock:1"}, 200, NULL, NULL),
    ROW("beyond this machine without", anywhere_guarded, {NULL}, 401,
        "unauthorized", "--control-token"),
    {"access: a refused call has no effect", test_no_effect, NULL},
    {"access: 401 names the scheme", test_challenge, NULL},
    {"access: health is told to any Host", test_health, unguarded},
    {"access: health is told without the token", test_health, guarded},
    {"access: health is told beyond this machine", test_health, anywhere},
    {"access: health is told beyond this machine without the token",
     test_health, anywhere_guarded},
    {"access: being off is said at the start", test_off_is_said, NULL},
    {"access: the token stays out of the log", test_token_is_secret, NULL},
    {"access: sandboxes are guarded by the same token", test_sandbox, NULL},
};

int run_access_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
