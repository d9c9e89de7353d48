/*
 * Methods that a scenario describes: who may call them, how often, and what
 * they answer. Over a documented one it says what is other.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "scenario_check.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define BOT  "Authorization: Bearer " BOT_TOKEN
#define USER "Authorization: Bearer " USER_TOKEN

#define PING(keys) WORLD("\"methods\":{\"ping\":{" keys "}}")

#define WANTED                                                                 \
    ", wanted a scope: a text that is not empty, without commas and control "  \
    "characters\n"

/* One call of `ping`, and what comes of it. */
struct called {
    const char *scenario;
    struct http_request request;
    const char *body;
    const char *accepted; /* X-Accepted-OAuth-Scopes; NULL: no such header */
};

static void test_called(struct test *test)
{
    const struct called *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);
    const struct http_reply *reply = http_send(test, server, &row->request);

    assert_number(reply->status, 200);
    assert_text(reply->body, row->body);
    assert_text(http_header(reply, "X-Accepted-OAuth-Scopes"), row->accepted);
}

/* Beyond its tier, of which the first is one a minute. */
static void test_tier(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD(STILL ",\"methods\":{\"ping\":{\"tier\":1}}"));
    const struct http_request request = {.target = "/api/ping",
                                         .headers = {BOT}};
    const struct http_reply *reply;

    assert_json(http_send(test, server, &request)->json, "ok", "true");
    reply = http_send(test, server, &request);
    assert_number(reply->status, 429);
    assert_json_text(reply->json, "error", "ratelimited");
    assert_text(http_header(reply, "Retry-After"), "60");
}

/* What `rate_limits` says of it comes before its tier. */
static void test_limit_before_tier(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD(STILL ",\"methods\":{\"ping\":{\"tier\":1}},"
                          "\"rate_limits\":{\"ping\":{\"per_minute\":2}}"));
    const struct http_request request = {.target = "/api/ping",
                                         .headers = {BOT}};

    (void)http_send(test, server, &request);
    assert_json(http_send(test, server, &request)->json, "ok", "true");
    assert_number(http_send(test, server, &request)->status, 429);
}

/* Key by key, but a reply is one. */
static void test_patch(struct test *test)
{
    struct server *server =
        server_start_with(test, PING("\"token\":false,\"reply\":{\"a\":1}"));
    const struct http_request request = {.target = "/api/ping"};

    control_patch(test, server,
                  "{\"methods\":{\"ping\":{\"reply\":{\"b\":[2]}}}}");
    assert_text(http_send(test, server, &request)->body,
                "{\"ok\":true,\"b\":[2]}");
    control_patch(test, server, "{\"methods\":{\"ping\":{\"token\":true}}}");
    assert_text(http_send(test, server, &request)->body,
                "{\"ok\":false,\"error\":\"not_authed\"}");
}

static void test_of_its_own(struct test *test)
{
    const struct program_run *run = scenario_run_check(
        test, WORLD("\"methods\":{\"auth.test\":{},\"ping\":{\"scope\":{}}}"));

    assert_number(run->status, 1);
    assert_contains(run->err, "$.methods[\"auth.test\"]: found a method that "
                              "slackmock has itself; wanted another, or a "
                              "rule\n");
    assert_contains(run->err, "$.methods.ping.scope: unknown key");
}

/* A scope goes into a header, and into a list with commas. */
static void test_no_scope(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_text(
        scenario_mistakes(test, server,
                          PING("\"scopes\":{\"bot\":[\"\",\"a\",\"b,c\"],"
                               "\"user\":[\"a\\r\\nX-Y: z\"]}")),
        "body: $.methods.ping.scopes.bot[0]: found \"\"" WANTED
        "body: $.methods.ping.scopes.bot[2]: found \"b,c\"" WANTED
        "body: $.methods.ping.scopes.user[0]: found \"a\\r\\nX-Y: z\"" WANTED);
}

#define CALLED(title, keys, header, body, accepted)                            \
    {                                                                          \
        "scenario methods: " title, test_called, &(const struct called)        \
        {                                                                      \
            PING(keys), {.target = "/api/ping", .headers = {header}}, body,    \
                accepted                                                       \
        }                                                                      \
    }
#define SCOPES "\"scopes\":{\"bot\":[\"chat:write\",\"commands\"]}"
#define OTHER                                                                  \
    "\"scopes\":{\"bot\":[\"files:read\",\"files:write\"],\"user\":[]}"
#define OK "{\"ok\":true}"

/* A method that is documented, or was, with other gates and answers. */
static const struct documented {
    const char *methods;
    const char *target;
    const char *header;
    const char *body; /* the start of it */
} documented[] = {
    {"\"reactions.add\":{\"scopes\":{\"bot\":[\"commands\"]}}",
     "/api/reactions.add?channel=C1&timestamp=1.2&name=tada", BOT,
     "{\"ok\":true}"},
    {"\"reactions.add\":{\"reply\":{\"a\":1}}",
     "/api/reactions.add?channel=C1&timestamp=1.2&name=tada", BOT,
     "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":"
     "\"reactions:write\""},
    {"\"chat.postMessage\":{\"reply\":{\"a\":1}}",
     "/api/chat.postMessage?channel=C1&text=hi", BOT, "{\"ok\":true,\"a\":1}"},
    {"\"chat.postMessage\":{\"reply\":{\"a\":1}}",
     "/api/chat.postMessage?text=hi", BOT,
     "{\"ok\":false,\"error\":\"invalid_arguments\""},
    {"\"chat.postMessage\":{\"token\":false,\"reply\":{\"a\":1}}",
     "/api/chat.postMessage?channel=C1&text=hi", NULL, "{\"ok\":true,\"a\":1}"},
    {"\"search.all\":{\"scopes\":{\"bot\":[]}}", "/api/search.all?query=a", BOT,
     "{\"ok\":true,"},
    {"\"api.test\":{\"token\":true}", "/api/api.test?foo=bar", NULL,
     "{\"ok\":false,\"error\":\"not_authed\""},
    {"\"api.test\":{\"token\":true}", "/api/api.test?foo=bar", BOT,
     "{\"ok\":true,\"args\":{\"foo\":\"bar\"}}"},
    {"\"api.test\":{}", "/api/api.test?foo=bar", NULL,
     "{\"ok\":true,\"args\":{\"foo\":\"bar\"}}"},
    {"\"channels.list\":{\"reply\":{\"a\":1}}", "/api/channels.list", BOT,
     "{\"ok\":true,\"a\":1}"},
};

static void test_documented(struct test *test)
{
    for (size_t i = 0; i < sizeof documented / sizeof *documented; i++) {
        const struct documented *row = &documented[i];
        struct server *server = server_start_with(
            test, test_printf(test, WORLD("\"methods\":{%s}"), row->methods));
        const struct http_request request = {.target = row->target,
                                             .headers = {row->header}};
        const char *body = http_send(test, server, &request)->body;

        if (strncmp(body, row->body, strlen(row->body)) != 0)
            fail_msg("%s: %s: %s", row->methods, row->target, body);
    }
}

static const struct test_case cases[] = {
    CALLED("nobody asks who calls", "\"token\":false", NULL, OK, NULL),
    CALLED("a token that is not asked for may be any", "\"token\":false",
           "Authorization: Bearer xoxb-none", OK, NULL),
    {"scenario methods: nor where it stands", test_called,
     &(const struct called){PING("\"token\":false"),
                            {.target = "/api/ping?token=xoxb-none"},
                            OK,
                            NULL}},
    CALLED("a token is asked for otherwise", "\"reply\":{\"a\":1}", NULL,
           "{\"ok\":false,\"error\":\"not_authed\"}", NULL),
    CALLED("its reply", "\"reply\":{\"a\":1}", BOT, "{\"ok\":true,\"a\":1}",
           ""),
    CALLED("a reply that is a failure",
           "\"reply\":{\"ok\":false,\"error\":\"own\"}", BOT,
           "{\"ok\":false,\"error\":\"own\"}", ""),
    CALLED("one of its scopes will do", SCOPES, BOT, OK, "chat:write,commands"),
    CALLED("none of its scopes", OTHER, BOT,
           "{\"ok\":false,\"error\":\"missing_scope\","
           "\"needed\":\"files:read,files:write\",\"provided\":\"commands,chat:"
           "write\"}",
           "files:read,files:write"),
    CALLED("a kind of token without scopes", OTHER, USER, OK, ""),
    CALLED("a kind of token that is not taken", SCOPES, USER,
           "{\"ok\":false,\"error\":\"not_allowed_token_type\"}", ""),
    {"scenario methods: a documented one is changed", test_documented, NULL},
    {"scenario methods: a tier is a limit", test_tier, NULL},
    {"scenario methods: a limit of its name comes before its tier",
     test_limit_before_tier, NULL},
    {"scenario methods: a PATCH changes what it names", test_patch, NULL},
    {"scenario methods: none that slackmock has itself", test_of_its_own, NULL},
    {"scenario methods: a scope that a header cannot carry", test_no_scope,
     NULL},
};

int run_scenario_methods_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
