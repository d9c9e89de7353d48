/*
 * What the rules of a scenario do to calls, seen from a client.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define RULE(when, reply)                                                      \
    "{\"name\":\"r\",\"when\":{" when "},\"reply\":{" reply "}}"
#define RULES(rules)  WORLD("\"rules\":[" rules "]")
#define REPLY(fields) RULES(RULE("", fields))

/* One exchange of the bot token; what is NULL here is not looked at. */
struct dressed {
    const char *scenario;
    int status;
    const char *body;         /* whole */
    const char *error;        /* in a JSON body; "" for none */
    const char *header;       /* the value of this one ... */
    const char *header_value; /* ... NULL: it is absent */
};

static void test_dressed(struct test *test)
{
    const struct dressed *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->status, row->status);
    if (row->body)
        assert_text(reply->body, row->body);
    if (row->error)
        assert_json_text(reply->json, "error", *row->error ? row->error : NULL);
    if (row->header)
        assert_text(http_header(reply, row->header), row->header_value);
    assert_text(http_header(reply, "Content-Length"),
                test_printf(test, "%zu", reply->length));
    assert_json_text(server_await_log(test, server, 1), "0.rule", "r");
}

#define FATAL "\"error\":\"fatal_error\""

/* Which calls a rule is for: the form of one, and whether it is met. */
struct aimed {
    const char *scenario;
    const char *form;
    bool met;
};

static void test_aimed(struct test *test)
{
    const struct aimed *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);
    const struct http_reply *reply = http_exchange(test, server, row->form);

    assert_json_text(reply->json, "error", row->met ? "fatal_error" : NULL);
}

/* The bearer of a token is met as one that sends it as an argument. */
static void test_bearer_is_met(struct test *test)
{
    struct server *server =
        server_start_with(test, RULES(RULE("\"token\":\"xoxb-*\"", FATAL)));
    const struct http_request request = {
        .target = EXCHANGE,
        .headers = {FORM, "Authorization: Bearer " BOT_TOKEN},
        .body = APP_FORM};

    assert_json_text(http_send(test, server, &request)->json, "error",
                     "fatal_error");
}

static void test_times(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"times\":2,\"reply\":{" FATAL "}},"
                    "{\"times\":1,\"reply\":{\"error\":\"ratelimited\","
                    "\"retry_after\":7}}]"));
    const struct http_reply *limited;

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    limited = http_exchange(test, server, BOT_FORM);
    assert_number(limited->status, 429);
    assert_text(http_header(limited, "Retry-After"), "7");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* A rule that replaces a call at stage `before`, the default, has no effect. */
static void test_nothing_takes_effect(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"times\":1,\"reply\":{" FATAL "}}]"));

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* A rule that only dresses the reply lets the method do its work. */
static void test_dressing_takes_effect(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"times\":1,\"reply\":{\"status\":503}}]"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->status, 503);
    assert_json(reply->json, "ok", "true");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

static void test_warnings_and_messages(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"warnings\":[\"missing_charset\",\"own\"],"
                    "\"undocumented\":true,"
                    "\"messages\":[\"[WARN] one\",\"[ERROR] two\"]"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_json(reply->json, "ok", "true");
    assert_json_text(reply->json, "warning", "missing_charset,own");
    assert_json(reply->json, "response_metadata",
                "{\"warnings\":[\"missing_charset\",\"own\"],"
                "\"messages\":[\"[WARN] one\",\"[ERROR] two\"]}");
    assert_keys(reply->json,
                "ok,app_id,token_type,scope,access_token,bot_user_id,"
                "refresh_token,expires_in,team,enterprise,warning,"
                "response_metadata");
}

/* The call's own warning and one of a rule: the call's stands first. */
static void test_two_warnings(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/warnings/missing_charset.json", NULL);
    const struct http_request request = {.target = EXCHANGE,
                                         .headers = {FORM ";charset=utf-8"},
                                         .body = BOT_FORM};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_json_text(reply->json, "warning",
                     "superfluous_charset,missing_charset");
    assert_json(reply->json, "response_metadata.warnings",
                "[\"superfluous_charset\",\"missing_charset\"]");
}

/* One warning from two sides is still one. */
static void test_one_warning_from_two_sides(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/warnings/superfluous_charset.json", NULL);
    const struct http_request request = {.target = EXCHANGE,
                                         .headers = {FORM ";charset=utf-8"},
                                         .body = BOT_FORM};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_json_text(reply->json, "warning", "superfluous_charset");
    assert_json(reply->json, "response_metadata.warnings",
                "[\"superfluous_charset\"]");
}

/* A name that is not mocked: where it is called, and as what it is met. */
struct stranger {
    const char *target;
    const char *method;
};

/* Whoever breaks the network breaks it for calls that nobody planned, too. */
static void test_strangers_are_met(struct test *test)
{
    const struct stranger *row = test_row(test);
    struct server *server = server_start_with(
        test,
        test_printf(test,
                    RULES("{\"name\":\"own\",\"times\":1,\"when\":{"
                          "\"method\":\"%s\",\"token\":\"xoxb-*\"},\"reply\":"
                          "{\"error\":\"ratelimited\"}},"
                          "{\"name\":\"all\",\"times\":1,\"stage\":\"after\","
                          "\"reply\":{\"status\":503,\"body\":\"down\"}}"),
                    row->method));
    const struct http_request request = {
        .target = row->target, .headers = {FORM}, .body = "token=" BOT_TOKEN};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_number(reply->status, 429);
    assert_json_text(reply->json, "error", "ratelimited");
    reply = http_send(test, server, &request);
    assert_number(reply->status, 503);
    assert_text(reply->body, "down");
    reply = http_send(test, server, &request);
    assert_json_text(reply->json, "error", "unknown_method");
    assert_json_text(reply->json, "req_method", row->method);
    assert_json_text(server_await_log(test, server, 3), "0.rule", "own");
    assert_json_text(server_await_log(test, server, 3), "1.rule", "all");
}

/* One that only dresses leaves it unknown, and a slip in a rule is told. */
static void test_strangers_are_dressed(struct test *test)
{
    struct server *server = server_start_with(
        test, RULES("{\"name\":\"near\",\"when\":{\"method\":\"foo.*\","
                    "\"token\":\"xoxp-*\"},\"reply\":{" FATAL "}},"
                    "{\"name\":\"dress\",\"when\":{\"method\":\"bar\"},"
                    "\"reply\":{\"headers\":{\"Via\":\"proxy\"}}}"));
    const struct http_request bar = {.target = "/api/bar"};
    const struct http_request foo = {.target = "/api/foo.bar"};
    const struct http_reply *reply = http_send(test, server, &bar);

    assert_json_text(reply->json, "error", "unknown_method");
    assert_text(http_header(reply, "Via"), "proxy");
    reply = http_send(test, server, &foo);
    assert_json_text(reply->json, "error", "unknown_method");
    assert_contains(cJSON_GetStringValue(
                        json_at(server_await_log(test, server, 2), "1.hint")),
                    "only its token kept it from this call");
}

#define STRANGER(where, method)                                                \
    {                                                                          \
        "rules: all are asked for " method, test_strangers_are_met,            \
            &(const struct stranger)                                           \
        {                                                                      \
            where, method                                                      \
        }                                                                      \
    }
#define DRESSED(title, ...)                                                    \
    {                                                                          \
        "rules: " title, test_dressed, &(const struct dressed)                 \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }
#define AIMED(title, when, form, met)                                          \
    {                                                                          \
        "rules: " title, test_aimed, &(const struct aimed)                     \
        {                                                                      \
            RULES(RULE(when, FATAL)), form, met                                \
        }                                                                      \
    }

static const struct test_case cases[] = {
    DRESSED("an error of another status",
            REPLY("\"error\":\"service_unavailable\",\"status\":503"), 503,
            "{\"ok\":false,\"error\":\"service_unavailable\"}",
            "service_unavailable", "Retry-After", NULL),
    DRESSED("an error that Slack does not document",
            REPLY("\"error\":\"own_error\",\"undocumented\":true"), 200,
            "{\"ok\":false,\"error\":\"own_error\"}", "own_error", NULL, NULL),
    DRESSED("ratelimited waits 30 seconds by itself",
            REPLY("\"error\":\"ratelimited\""), 429, NULL, "ratelimited",
            "Retry-After", "30"),
    DRESSED("ratelimited with a wait of its own",
            REPLY("\"error\":\"ratelimited\",\"retry_after\":0"), 429, NULL,
            "ratelimited", "Retry-After", "0"),
    DRESSED("ratelimited without the header",
            REPLY("\"error\":\"ratelimited\",\"retry_after\":null"), 429, NULL,
            "ratelimited", "Retry-After", NULL),
    DRESSED("ratelimited as HTTP 200",
            REPLY("\"error\":\"ratelimited\",\"status\":200"), 200, NULL,
            "ratelimited", "Retry-After", "30"),
    DRESSED("a header more", REPLY("\"headers\":{\"X-Own\":\"1\"}"), 200, NULL,
            "", "X-Own", "1"),
    DRESSED("a header in place of one",
            REPLY("\"headers\":{\"x-oauth-scopes\":\"own\"}"), 200, NULL, "",
            "X-OAuth-Scopes", "own"),
    DRESSED("a page instead of JSON",
            REPLY("\"status\":503,\"body\":\"<html>\\n\","
                  "\"content_type\":\"text/html\""),
            503, "<html>\n", NULL, "Content-Type", "text/html"),
    DRESSED("an empty body", REPLY("\"body\":\"\""), 200, "", NULL, NULL, NULL),
    DRESSED("no Content-Type", REPLY("\"content_type\":null"), 200, NULL, "",
            "Content-Type", NULL),
    AIMED("one for another method", "\"method\":\"auth.test\"", BOT_FORM,
          false),
    AIMED("one for this method", "\"method\":\"oauth.v2.exchange\"", BOT_FORM,
          true),
    AIMED("a glob of methods", "\"method\":\"oauth.*\"", BOT_FORM, true),
    AIMED("a glob of one letter", "\"method\":\"oauth.v?.exchange\"", BOT_FORM,
          true),
    AIMED("a glob must match all of it", "\"method\":\"oauth\"", BOT_FORM,
          false),
    AIMED("one for bot tokens", "\"token\":\"xoxb-*\"", BOT_FORM, true),
    AIMED("one for bot tokens, and a user token", "\"token\":\"xoxb-*\"",
          USER_FORM, false),
    AIMED("one for a client", "\"client_id\":\"" CLIENT_ID "\"", BOT_FORM,
          true),
    AIMED("all that is given must match",
          "\"client_id\":\"" CLIENT_ID "\",\"token\":\"xoxp-*\"", BOT_FORM,
          false),
    STRANGER("/api/foo.bar", "foo.bar"),
    STRANGER("/api/conversations/list", "conversations/list"),
    STRANGER("/api/https://example.com/api/method",
             "https://example.com/api/method"),
    {"rules: a name that is not mocked is dressed too",
     test_strangers_are_dressed, NULL},
    {"rules: a Bearer token is met too", test_bearer_is_met, NULL},
    {"rules: each acts as often as it may, then the next", test_times, NULL},
    {"rules: an error in place of a call leaves the token as it was",
     test_nothing_takes_effect, NULL},
    {"rules: a status alone lets the exchange happen",
     test_dressing_takes_effect, NULL},
    {"rules: warnings and messages stand last in the body",
     test_warnings_and_messages, NULL},
    {"rules: a warning of the call and one of a rule", test_two_warnings, NULL},
    {"rules: the same warning of the call and of a rule",
     test_one_warning_from_two_sides, NULL},
};

int run_rules_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
