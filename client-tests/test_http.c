/*
 * The HTTP around a reply: which headers, which verbs, which paths. What is
 * asserted here is design of slackmock where Slack's own is not known.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define ALWAYS_1      "access-control-allow-origin,access-control-expose-headers,"
#define ALWAYS_2      "content-length,content-type,date,"
#define ALWAYS        ALWAYS_1 ALWAYS_2 "x-slack-req-id"
#define TOKEN_HEADERS "x-accepted-oauth-scopes,x-oauth-scopes,x-slack-req-id"
#define WITH_TOKEN                                                             \
    ALWAYS_1 "cache-control," ALWAYS_2 "expires,pragma," TOKEN_HEADERS

#define FROZEN_WORLD                                                           \
    WORLD("\"seed\":1,"                                                        \
          "\"clock\":{\"at\":\"2026-01-01T00:00:00.999Z\",\"frozen\":true}")

static void check_constant_headers(const struct http_reply *reply)
{
    assert_text(http_header(reply, "Content-Type"),
                "application/json; charset=utf-8");
    assert_text(http_header(reply, "Access-Control-Allow-Origin"), "*");
    assert_text(http_header(reply, "Access-Control-Expose-Headers"),
                "x-slack-req-id, retry-after");
    assert_true(strlen(http_header(reply, "X-Slack-Req-Id")) == 32);
}

static void check_length(struct test *test, const struct http_reply *reply)
{
    assert_text(http_header(reply, "Content-Length"),
                test_printf(test, "%zu", reply->length));
}

static void test_headers_with_token(struct test *test)
{
    struct server *server = server_start_with(test, FROZEN_WORLD);
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_text(http_header_names(test, reply), WITH_TOKEN);
    check_constant_headers(reply);
    check_length(test, reply);
    assert_text(http_header(reply, "Date"), "Thu, 01 Jan 2026 00:00:00 GMT");
    assert_text(http_header(reply, "Cache-Control"),
                "private, no-cache, no-store, must-revalidate");
    assert_text(http_header(reply, "Pragma"), "no-cache");
    assert_text(http_header(reply, "Expires"), "Sat, 26 Jul 1997 05:00:00 GMT");
    assert_text(http_header(reply, "X-OAuth-Scopes"), "commands,chat:write");
}

static void test_headers_without_token(struct test *test)
{
    struct server *server = server_start_with(test, FROZEN_WORLD);
    const struct http_reply *reply = http_exchange(test, server, APP_FORM);

    assert_text(http_header_names(test, reply), ALWAYS);
    check_constant_headers(reply);
    check_length(test, reply);
}

static void test_headers_of_refusal(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/errors/bad_client_secret.json", NULL);
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_json_text(reply->json, "error", "bad_client_secret");
    assert_text(http_header_names(test, reply), WITH_TOKEN);
}

static void test_headers_of_rate_limit(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/errors/ratelimited.json", NULL);
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->status, 429);
    assert_text(http_header(reply, "Retry-After"), "30");
    assert_text(reply->body, "{\"ok\":false,\"error\":\"ratelimited\"}");
    assert_text(http_header_names(test, reply),
                ALWAYS_1 "cache-control," ALWAYS_2
                         "expires,pragma,retry-after," TOKEN_HEADERS);
}

static void test_pretty(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *plain =
        http_exchange(test, server, APP_FORM "&pretty=0");
    const struct http_reply *pretty =
        http_exchange(test, server, APP_FORM "&pretty=1");
    char *compact = cJSON_PrintUnformatted(pretty->json);
    const char *kept = test_printf(test, "%s", compact ? compact : "");

    cJSON_free(compact);
    assert_text(kept, plain->body);
    assert_contains(pretty->body, "{\n");
    assert_contains(pretty->body, "\n    \"ok\": false,\n");
    check_length(test, pretty);
}

/* HEAD takes effect as GET does, and a body after it would be a reply. */
static void test_head(struct test *test)
{
    struct server *server = server_start_with(test, FROZEN_WORLD);
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *head;
    const struct http_reply *again;

    raw_send(raw, "HEAD " EXCHANGE "?" BOT_FORM " HTTP/1.1\r\nHost: x\r\n\r\n"
                  "GET " EXCHANGE "?" BOT_FORM " HTTP/1.1\r\nHost: x\r\n\r\n");
    head = raw_await_head(raw);
    again = raw_await_reply(raw);
    assert_number(head->status, 200);
    assert_text(http_header_names(test, head), WITH_TOKEN);
    assert_json_text(again->json, "error", "token_already_exchanged");
}

/* Both servers issue the same tokens, so their replies are of one length. */
static void test_head_length(struct test *test)
{
    struct server *one = server_start_with(test, FROZEN_WORLD);
    struct server *other = server_start_with(test, FROZEN_WORLD);
    struct http_request request = {.target = EXCHANGE "?" BOT_FORM};
    const struct http_reply *get = http_send(test, one, &request);
    const struct http_reply *head;

    request.verb = "HEAD";
    head = http_send(test, other, &request);
    assert_number(head->length, 0);
    assert_text(http_header(head, "Content-Length"),
                http_header(get, "Content-Length"));
}

static void test_options(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {.verb = "OPTIONS",
                                         .target = EXCHANGE "?" BOT_FORM};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_number(reply->status, 200);
    assert_text(http_header(reply, "Access-Control-Allow-Origin"), "*");
    assert_text(http_header(reply, "Access-Control-Allow-Headers"),
                "slack-route, x-slack-version-ts, x-b3-traceid, x-b3-spanid, "
                "x-b3-parentspanid, x-b3-sampled, x-b3-flags");
    check_length(test, reply);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* A request that must be refused by its verb or its path. */
struct refused {
    const char *verb;
    const char *target;
    int status;
};

static void test_refused(struct test *test)
{
    const struct refused *row = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {.verb = row->verb,
                                         .target = row->target};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_number(reply->status, row->status);
    assert_json(reply->json, "ok", "false");
    check_length(test, reply);
    check_constant_headers(reply);
    if (row->status == 404) {
        assert_json_text(reply->json, "error", "not_found");
        assert_keys(reply->json, "ok,error,message");
    }
    if (row->status == 405) {
        assert_contains(http_header(reply, "Allow"), "GET");
        assert_contains(http_header(reply, "Allow"), "POST");
        assert_lacks(http_header(reply, "Allow"), row->verb);
    }
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* A verb that HTTP does not define: the status alone is promised. */
static void test_unknown_verb(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {.verb = "BREW",
                                         .target = EXCHANGE "?" BOT_FORM};

    assert_number(http_send(test, server, &request)->status, 501);
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* Whatever the path holds, the reply is JSON. */
static void test_odd_method_name(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {.target = "/api/a\"b\\c"};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_json_text(reply->json, "error", "unknown_method");
    assert_json_text(reply->json, "req_method", "a\"b\\c");
}

#define REFUSED(title, verb, target, status)                                   \
    {                                                                          \
        "http: " title, test_refused, &(const struct refused)                  \
        {                                                                      \
            verb, target, status                                               \
        }                                                                      \
    }
#define VERB(verb)      REFUSED(verb " gets 405", verb, EXCHANGE "?" BOT_FORM, 405)
#define NOT_FOUND(path) REFUSED(path " is not there", "GET", path, 404)

static const struct test_case cases[] = {
    {"http: all headers of a reply to a known token", test_headers_with_token,
     NULL},
    {"http: all headers of a reply without a token", test_headers_without_token,
     NULL},
    {"http: all headers of a refusal of a known token", test_headers_of_refusal,
     NULL},
    {"http: all headers of a rate limit", test_headers_of_rate_limit, NULL},
    {"http: pretty=1 indents", test_pretty, NULL},
    {"http: HEAD takes effect, and brings no body", test_head, NULL},
    {"http: HEAD tells the length that GET would have", test_head_length, NULL},
    {"http: OPTIONS answers a browser and exchanges nothing", test_options,
     NULL},
    VERB("PUT"),
    VERB("PATCH"),
    VERB("DELETE"),
    VERB("TRACE"),
    {"http: a verb that HTTP does not define gets 501", test_unknown_verb,
     NULL},
    {"http: a method's name is quoted in JSON", test_odd_method_name, NULL},
    NOT_FOUND("/"),
    NOT_FOUND("/api"),
    NOT_FOUND("/apis/oauth.v2.exchange"),
    NOT_FOUND("/oauth.v2.exchange"),
    NOT_FOUND("/sandbox/none/api/oauth.v2.exchange"),
};

int run_http_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
