/*
 * Every client against every situation: what the developer who wrote the call
 * has in hand, as facts 2.1 of the SDKs' behaviour say, and what the server's
 * log says of the call. One row a pair, and one server a row.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "client_process.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_log.h"
#include "situations.h"
#include "test_case.h"
#include "test_groups.h"

#define PLAIN CLIENT_COUNT /* after the SDKs: libcurl, in this process */

struct pair {
    char *name; /* of the test */
    int client; /* enum client, or PLAIN */
    const struct situation *situation;
};

/* What a plain valid exchange of the bot token brings, in any client. */
static void check_exchanged(const cJSON *body)
{
    assert_json_text(body, "app_id", "A0APP");
    assert_json_text(body, "token_type", "bot");
    assert_json_text(body, "scope", "commands,chat:write");
    assert_json_text(body, "bot_user_id", "U0BOT");
    assert_json(body, "user_id", NULL);
    assert_json(body, "expires_in", "43200");
    assert_json(body, "team", "{\"id\":\"T0TEAM\",\"name\":\"Example\"}");
    assert_json(body, "enterprise", NULL);
    assert_contains(cJSON_GetStringValue(json_at(body, "access_token")),
                    "xoxe.xoxb-1-");
    assert_contains(cJSON_GetStringValue(json_at(body, "refresh_token")),
                    "xoxe-1-");
}

/* The reply as an SDK hands it on. */
static void check_body(const cJSON *body, const struct situation *situation)
{
    assert_json(body, "ok", situation->error ? "false" : "true");
    assert_json_text(body, "error", situation->error);
    assert_json_text(body, "warning", situation->warning);
    assert_json_text(body, "response_metadata.warnings.0", situation->warning);
    assert_json(body, "response_metadata.warnings.1", NULL);
    assert_json_text(body, "response_metadata.messages.0", situation->message);
    assert_json(body, "response_metadata.messages.1", NULL);
    if (!situation->error)
        check_exchanged(body);
}

static void check_raised(const cJSON *outcome, const char *exception,
                         const char *code)
{
    assert_json_text(outcome, "outcome", exception ? "raised" : "returned");
    assert_json_text(outcome, "exception", exception);
    assert_json_text(outcome, "code", code);
}

/* Facts 2.1: Node's SDK alone logs warnings and messages. */
static void check_node_logs(const cJSON *outcome,
                            const struct situation *situation)
{
    const char *logged =
        cJSON_GetStringValue(json_at(outcome, "logs.0.message"));

    if (situation->message) {
        assert_json_text(outcome, "logs.0.level", "error");
        assert_text(logged, situation->message + strlen("[ERROR] "));
    } else if (situation->warning) {
        assert_json_text(outcome, "logs.0.level", "warn");
        assert_contains(logged, situation->warning);
    } else {
        assert_json(outcome, "logs", "[]");
    }
    assert_json(outcome, "logs.1", NULL);
}

static void check_node_rate_limit(const cJSON *outcome, const char *exception)
{
    check_raised(outcome, exception, "slack_webapi_rate_limited_error");
    assert_json(outcome, "retry_after", "30");
    assert_json_text(outcome, "message",
                     "A rate-limit has been reached, you may retry this "
                     "request in 30 seconds");
}

static void check_node_reply(struct test *test, const cJSON *outcome,
                             const struct situation *situation,
                             const char *exception)
{
    if (situation->error) {
        check_raised(outcome, exception, "slack_webapi_platform_error");
        assert_json_text(
            outcome, "message",
            test_printf(test, "An API error occurred: %s", situation->error));
    } else {
        check_raised(outcome, NULL, NULL);
        assert_json(outcome, "body.response_metadata.scopes",
                    "[\"commands\",\"chat:write\"]");
    }
    check_body(json_at(outcome, "body"), situation);
    check_node_logs(outcome, situation);
}

static void check_bolt_js(struct test *test, const cJSON *outcome,
                          const struct situation *situation)
{
    if (situation->status == 429)
        check_node_rate_limit(outcome, "WebAPIRateLimitedError");
    else
        check_node_reply(test, outcome, situation, "WebAPIPlatformError");
}

/* The older SDK has no classes of its own, and tells errors apart by code. */
static void check_bolt_js_4(struct test *test, const cJSON *outcome,
                            const struct situation *situation)
{
    if (situation->status == 429)
        check_node_rate_limit(outcome, "Error");
    else
        check_node_reply(test, outcome, situation, "Error");
}

/* Headers, and the wait that one of them tells, where an SDK shows them. */
static void check_headers(const cJSON *outcome,
                          const struct situation *situation)
{
    bool wait = situation->status == 429;

    assert_json(outcome, "retry_after", wait ? "30" : NULL);
    assert_json_text(outcome, "headers.retry-after", wait ? "30" : NULL);
    assert_json_text(outcome, "headers.content-type",
                     "application/json; charset=utf-8");
    if (!situation->error)
        assert_json_text(outcome, "headers.x-oauth-scopes",
                         "commands,chat:write");
}

static void check_bolt_python(struct test *test, const cJSON *outcome,
                              const struct situation *situation)
{
    const char *error = situation->error;

    check_raised(outcome, error ? "SlackApiError" : NULL, NULL);
    assert_json(outcome, "status", test_printf(test, "%d", situation->status));
    if (error)
        assert_contains(
            cJSON_GetStringValue(json_at(outcome, "message")),
            test_printf(test, "{'ok': False, 'error': '%s'", error));
    assert_json(outcome, "logs", "[]");
    check_body(json_at(outcome, "body"), situation);
    check_headers(outcome, situation);
}

/* Facts 2.1: with HTTP 200 this SDK returns `ok: false`; it raises on 429. */
static void check_bolt_java(struct test *test, const cJSON *outcome,
                            const struct situation *situation)
{
    bool raises = situation->status != 200;

    check_raised(outcome, raises ? "SlackApiException" : NULL, NULL);
    if (raises) {
        assert_json(outcome, "status",
                    test_printf(test, "%d", situation->status));
        assert_contains(cJSON_GetStringValue(json_at(outcome, "message")),
                        test_printf(test, "error: %s,", situation->error));
    }
    assert_json(outcome, "logs", "[]");
    check_body(json_at(outcome, "body"), situation);
    check_headers(outcome, situation);
}

/* The bytes on the wire, which every SDK reads its own way. */
static void call_plainly(struct test *test, const struct server *server,
                         const struct situation *situation)
{
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);
    const char *tail = "";

    assert_number(reply->status, situation->status);
    assert_text(http_header(reply, "Retry-After"),
                situation->status == 429 ? "30" : NULL);
    check_body(reply->json, situation);
    if (!situation->error)
        return;
    if (situation->message)
        tail =
            test_printf(test, ",\"response_metadata\":{\"messages\":[\"%s\"]}",
                        situation->message);
    assert_text(reply->body,
                test_printf(test, "{\"ok\":false,\"error\":\"%s\"%s}",
                            situation->error, tail));
}

static void call_by_sdk(struct test *test, const struct server *server,
                        const struct pair *pair)
{
    static void (*const checks[CLIENT_COUNT])(struct test *, const cJSON *,
                                              const struct situation *) = {
        [CLIENT_BOLT_JS] = check_bolt_js,
        [CLIENT_BOLT_JS_4] = check_bolt_js_4,
        [CLIENT_BOLT_PYTHON] = check_bolt_python,
        [CLIENT_BOLT_PYTHON_ASYNC] = check_bolt_python,
        [CLIENT_BOLT_JAVA] = check_bolt_java,
    };
    const char *request = test_printf(
        test,
        "{\"call\":\"oauth.v2.exchange\",\"base_url\":\"%s/api/\","
        "\"arguments\":{\"client_id\":\"%s\",\"client_secret\":\"%s\","
        "\"token\":\"%s\"},"
        "\"client\":{\"retries\":0,\"reject_rate_limited_calls\":true}}",
        server_origin(server), CLIENT_ID, CLIENT_SECRET, BOT_TOKEN);

    checks[pair->client](test,
                         client_call(test, (enum client)pair->client, request),
                         pair->situation);
}

static void check_log(struct test *test, struct server *server,
                      const struct situation *situation)
{
    const cJSON *call = json_at(server_await_log(test, server, 1), "0");

    assert_contains(cJSON_GetStringValue(json_at(call, "path")), EXCHANGE);
    assert_json(call, "status", test_printf(test, "%d", situation->status));
    assert_json_text(call, "error", situation->error);
    assert_json_text(call, "warnings.0", situation->warning);
}

static void test_pair(struct test *test)
{
    const struct pair *pair = test_row(test);
    const char *scenario =
        test_printf(test, "scenarios/%s", pair->situation->scenario);
    struct server *server;

    if (pair->client != PLAIN)
        client_skip_if_missing(test, (enum client)pair->client);
    server = server_start(test, scenario, NULL);
    if (pair->client == PLAIN)
        call_plainly(test, server, pair->situation);
    else
        call_by_sdk(test, server, pair);
    check_log(test, server, pair->situation);
}

static void test_client_ends(struct test *test)
{
    const struct pair *pair = test_row(test);

    client_skip_if_missing(test, (enum client)pair->client);
    client_end(test, (enum client)pair->client);
}

/* A test for each situation, and one for the client's own end. */
static size_t add_rows(struct test_case *cases, struct pair *pairs, int client)
{
    const char *name =
        client == PLAIN ? "libcurl" : client_name((enum client)client);
    size_t count = situation_count + (client != PLAIN);

    for (size_t i = 0; i < count; i++) {
        bool is_end = i == situation_count;
        struct pair *pair = &pairs[i];

        pair->client = client;
        pair->situation = is_end ? NULL : &situations[i];
        pair->name = text_printf("%s: %s", name,
                                 is_end ? "ends well with its input"
                                        : situations[i].scenario);
        cases[i] = (struct test_case){
            pair->name, is_end ? test_client_ends : test_pair, pair};
    }
    return count;
}

int run_matrix_tests(void)
{
    size_t most = 1 + (PLAIN + 1) * (situation_count + 1);
    struct test_case *cases = calloc(most, sizeof *cases);
    struct pair *pairs = calloc(most, sizeof *pairs);
    size_t count = 1;
    int failed;

    if (!cases || !pairs)
        abort();
    cases[0] = (struct test_case){"the scenarios are the documented errors "
                                  "and warnings, each once",
                                  test_situations_are_the_files, NULL};
    for (int client = 0; client <= PLAIN; client++)
        count += add_rows(cases + count, pairs + count, client);
    failed = test_cases_run(cases, count);
    for (size_t i = 0; i < count; i++)
        free(pairs[i].name);
    free(cases);
    free(pairs);
    return failed;
}
