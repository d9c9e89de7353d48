/* Incoming webhooks and response URLs, as apps post to them. */
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define JSON    "Content-Type: application/json"
#define WEBHOOK "/services/T0TEAM/B0WEBHOOK/abcdefghijklmnopqrstuvwx"

static const struct http_reply *post(struct test *test,
                                     const struct server *server,
                                     const char *target, const char *type,
                                     const char *body)
{
    const struct http_request request = {
        .target = target, .headers = {type}, .body = body};

    return http_send(test, server, &request);
}

static void see_answer(const struct http_reply *reply, int status,
                       const char *body)
{
    assert_number(reply->status, status);
    assert_text(reply->body, body);
    assert_text(http_header(reply, "Content-Type"),
                "text/plain; charset=utf-8");
}

static void test_ok(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *journal;

    see_answer(post(test, server, WEBHOOK, JSON, "{\"text\":\"hi\"}"), 200,
               "ok");
    see_answer(post(test, server, WEBHOOK, FORM, "payload={\"text\":\"hi\"}"),
               200, "ok");
    see_answer(post(test, server, "/services/response/1", JSON,
                    "{\"delete_original\":true}"),
               200, "ok");
    journal = control_journal(test, server, "");
    assert_json(journal, "count", "3");
    assert_json_text(journal, "requests.0.path",
                     "/services/T0TEAM/B0WEBHOOK/...uvwx");
    assert_json(journal, "requests.0.arguments", "{\"text\":\"hi\"}");
    assert_json(journal, "requests.0.method", NULL);
    assert_lacks(server_stderr(server), "abcdefghijkl");
}

static void test_errors(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    see_answer(post(test, server, WEBHOOK, JSON, "{\"text\""), 400,
               "invalid_payload");
    see_answer(post(test, server, WEBHOOK, FORM, "{\"text\":\"hi\"}"), 400,
               "invalid_payload");
    see_answer(post(test, server, WEBHOOK, JSON, "{}"), 400, "no_text");
    see_answer(post(test, server, "/services/", JSON, "{}"), 404, "no_service");
    assert_json_text(control_journal(test, server, "?error=no_text"),
                     "requests.0.error", "no_text");
}

static void test_other_verbs(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply =
        http_send(test, server, &(struct http_request){.target = WEBHOOK});

    see_answer(reply, 405, "method_not_allowed");
    assert_text(http_header(reply, "Allow"), "POST");
}

/* It dies in the sandbox whose app is gone, and in no other world. */
static void test_end(struct test *test)
{
    static const char sandboxed[] = "/sandbox/s" WEBHOOK;
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request end = {
        .target = "/sandbox/s/api/apps.uninstall",
        .headers = {FORM, "Authorization: Bearer xoxb-12345-67890-abcdefg"},
        .body = "client_id=4123121235.9872358710&"
                "client_secret=e1b9e11dfcd19c1982d5de12921e17e8c",
    };

    control_do(test, server, "PUT /_mock/sandboxes/s", NULL);
    see_answer(post(test, server, sandboxed, JSON, "{\"text\":\"hi\"}"), 200,
               "ok");
    assert_text(http_send(test, server, &end)->body, "{\"ok\":true}");
    see_answer(post(test, server, sandboxed, JSON, "{\"text\":\"hi\"}"), 404,
               "no_service");
    see_answer(post(test, server, WEBHOOK, JSON, "{\"text\":\"hi\"}"), 200,
               "ok");
}

/* As Slack's own: a status beyond 2xx, and the error as text. */
static void test_rules(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_patch(test, server,
                  "{\"rules\":[{\"name\":\"gone\",\"when\":{\"webhook\":"
                  "\"T0TEAM/*\"},\"times\":1,\"reply\":{\"error\":"
                  "\"channel_is_archived\"}}]}");
    see_answer(
        post(test, server, "/services/T1/B1/x", JSON, "{\"text\":\"a\"}"), 200,
        "ok");
    see_answer(post(test, server, WEBHOOK, JSON, "{\"text\":\"a\"}"), 410,
               "channel_is_archived");
    see_answer(post(test, server, WEBHOOK, JSON, "{\"text\":\"a\"}"), 200,
               "ok");
    assert_json_text(control_journal(test, server, "?rule=gone"),
                     "requests.0.effect", "none");
}

static const struct test_case cases[] = {
    {"webhooks: what is posted is journalled, the secret masked", test_ok,
     NULL},
    {"webhooks: errors are plain text", test_errors, NULL},
    {"webhooks: they take POST alone", test_other_verbs, NULL},
    {"webhooks: a rule forces an error with its status", test_rules, NULL},
    {"webhooks: one dies with the last installation of its team", test_end,
     NULL},
};

int run_webhooks_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
