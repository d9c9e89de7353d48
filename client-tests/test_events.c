/*
 * Events as they go over the wire: what is sent, when it comes again, and where
 * it does not go.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "client_process.h"
#include "control_client.h"
#include "deadline.h"
#include "default_world.h"
#include "event_receiver.h"
#include "event_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define HEADERS                                                                \
    "accept,accept-encoding,connection,content-length,content-type,host,"      \
    "user-agent,x-slack-request-timestamp,x-slack-signature"

/* ---- what is sent ---- */

static void test_both(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct received *received;
    const struct cJSON *told;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    received = receiver_await_event(receiver, "tokens_revoked");
    receiver_answer(received, "200 OK", "", "");
    assert_text(received->line, "POST /slack/events?a=b HTTP/1.1");
    assert_keys(received->message->json,
                "token,team_id,api_app_id,event,type,event_id,event_time");
    assert_json(received->message->json, "event.tokens",
                "{\"oauth\":[\"U0USER\"],\"bot\":[\"U0BOT\"]}");
    assert_json(received->message->json, "event_time", "1893456000");
    told = event_await_state(test, server, "tokens_revoked", "delivered");
    assert_json_text(told, "deliveries.0.attempts.0.signature",
                     http_header(received->message, "X-Slack-Signature"));
    assert_json(told, "deliveries.0.attempts.0.status", "200");
    event_assert_quiet(test, server, receiver);
    event_advance(test, server, 1);
    received = receiver_await_event(receiver, "app_uninstalled");
    receiver_answer(received, "204 No Content", "", "");
    assert_keys(received->message->json,
                "token,team_id,api_app_id,event,type,event_id,event_time");
    event_await_state(test, server, "app_uninstalled", "delivered");
    assert_lacks(server_stderr(server), EVENT_SECRET);
}

static void test_headers(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct http_reply *sent;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    sent = receiver_await(receiver)->message;
    assert_text(http_header_names(test, sent), HEADERS);
    assert_text(http_header(sent, "User-Agent"),
                "Slackbot 1.0 (+https://api.slack.com/robots)");
    assert_text(http_header(sent, "Accept"), "*/*");
    assert_text(http_header(sent, "Accept-Encoding"), "gzip,deflate");
    assert_text(http_header(sent, "Content-Type"), "application/json");
    assert_number(strlen(http_header(sent, "X-Slack-Signature")), 67);
    /* The machine's time, of this century's twenties, and not the mock's. */
    assert_number(strlen(http_header(sent, "X-Slack-Request-Timestamp")), 10);
    assert_true(strcmp(http_header(sent, "X-Slack-Request-Timestamp"),
                       "1893456000") != 0);
}

static void test_sandbox(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);

    control_do(test, server, "PUT /_mock/sandboxes/s", NULL);
    event_uninstall(test, server, "/sandbox/s");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"), "200 OK",
                    "", "");
    assert_json(control_do(test, server, "GET /_mock/deliveries", NULL),
                "count", "0");
    assert_json(
        control_do(test, server, "GET /sandbox/s/_mock/deliveries", NULL),
        "count", "3");
    control_do(test, server, "DELETE /_mock/sandboxes/s", NULL);
    event_assert_quiet(test, server, receiver);
}

/* ---- retries ---- */

static void test_retries(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct cJSON *told;

    control_patch(test, server,
                  "{\"rules\":[{\"when\":{\"event\":\"app_uninstalled\"},"
                  "\"reply\":{\"event\":\"drop\"}}]}");
    event_uninstall(test, server, "");
    receiver_verify(receiver);
    event_see_retry(receiver, NULL, NULL);
    event_see_retry(receiver, "1", "http_error");
    event_await_state(test, server, "tokens_revoked", "waiting");
    event_advance(test, server, 59);
    event_assert_quiet(test, server, receiver);
    event_advance(test, server, 1);
    event_see_retry(receiver, "2", "http_error");
    event_await_state(test, server, "tokens_revoked", "waiting");
    event_advance(test, server, 300);
    event_see_retry(receiver, "3", "http_error");
    told = event_await_state(test, server, "tokens_revoked", "failed");
    assert_json_text(told, "deliveries.0.attempts.3.answer", "busy");
    event_await_state(test, server, "app_uninstalled", "dropped");
    event_advance(test, server, 86400);
    event_assert_quiet(test, server, receiver);
}

static void test_no_retry(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"),
                    "500 Oops", "X-Slack-No-Retry: 1\r\n", "");
    event_await_state(test, server, "tokens_revoked", "failed");
    event_assert_quiet(test, server, receiver);
}

/* The server answers others all the while. */
static void test_silence(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct received *received;
    deadline start_of_silence;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    start_of_silence = deadline_clock();
    received = receiver_await_event(receiver, "tokens_revoked");
    (void)control_do(test, server, "GET /_mock/health", NULL);
    receiver_await_end(received);
    assert_true(deadline_clock() - start_of_silence >= 2900);
    event_see_retry(receiver, "1", "http_timeout");
}

static void test_nobody(struct test *test)
{
    struct server *server = event_start(test, "http://127.0.0.1:1/", NULL);
    const struct cJSON *told;

    event_uninstall(test, server, "");
    told = event_await_state(test, server, "url_verification", "failed");
    assert_json_text(told, "deliveries.0.attempts.0.problem",
                     "connection_failed");
    told = event_await_state(test, server, "tokens_revoked", "waiting");
    assert_json(told, "deliveries.0.attempts.0.status", NULL);
}

/* ---- Bolt apps ---- */

static const struct cJSON *bolt(struct test *test, enum client client,
                                const char *call, const char *arguments)
{
    client_skip_if_missing(test, client);
    return client_call(test, client,
                       test_printf(test,
                                   "{\"call\":\"%s\",\"base_url\":"
                                   "\"http://127.0.0.1:1/api/\","
                                   "\"arguments\":{%s}}",
                                   call, arguments));
}

/* Both events, verified by the app, with a URL that it verified before. */
static void send_both(struct test *test, enum client client)
{
    const struct cJSON *told = bolt(test, client, "bolt.listen",
                                    "\"signing_secret\":\"" EVENT_SECRET "\"");
    struct server *server = event_start(
        test,
        test_printf(test, "http://127.0.0.1:%d/slack/events",
                    (int)cJSON_GetNumberValue(json_at(told, "port"))),
        NULL);

    event_uninstall(test, server, "");
    event_await_state(test, server, "url_verification", "delivered");
    event_await_state(test, server, "tokens_revoked", "delivered");
    event_advance(test, server, 1);
    event_await_state(test, server, "app_uninstalled", "delivered");
}

static void see_heard(struct test *test, enum client client)
{
    const struct cJSON *heard;

    send_both(test, client);
    heard = bolt(test, client, "bolt.heard", "\"count\":2");
    assert_json(heard, "heard",
                "[{\"event\":{\"type\":\"tokens_revoked\",\"tokens\":"
                "{\"oauth\":[\"U0USER\"],\"bot\":[\"U0BOT\"]}},\"team_id\":"
                "\"T0TEAM\"},{\"event\":{\"type\":\"app_uninstalled\"},"
                "\"team_id\":\"T0TEAM\"}]");
}

static void test_bolt_js(struct test *test)
{
    see_heard(test, CLIENT_BOLT_JS);
}

static void test_bolt_js_4(struct test *test)
{
    see_heard(test, CLIENT_BOLT_JS_4);
}

static void test_bolt_python(struct test *test)
{
    const struct cJSON *heard;

    send_both(test, CLIENT_BOLT_PYTHON);
    heard = bolt(test, CLIENT_BOLT_PYTHON, "bolt.heard", "\"count\":3");
    assert_json(heard, "statuses", "[200,200,200]");
    assert_json(heard, "deleted",
                "[\"U0USER of T0TEAM\",\"bot of T0TEAM\",\"all of T0TEAM\"]");
}

static void test_bolt_python_async(struct test *test)
{
    const struct cJSON *heard;

    send_both(test, CLIENT_BOLT_PYTHON_ASYNC);
    heard = bolt(test, CLIENT_BOLT_PYTHON_ASYNC, "bolt.heard", "\"count\":3");
    assert_json(heard, "statuses", "[200,200,200]");
    assert_json(heard, "deleted",
                "[\"U0USER of T0TEAM\",\"bot of T0TEAM\",\"all of T0TEAM\"]");
}

/* It holds no installation whose parts could be deleted. */
static void test_bolt_java(struct test *test)
{
    const struct cJSON *heard;

    send_both(test, CLIENT_BOLT_JAVA);
    heard = bolt(test, CLIENT_BOLT_JAVA, "bolt.heard",
                 "\"count\":3,\"deletions\":1");
    assert_json(heard, "statuses", "[200,200,200]");
    assert_json(heard, "deleted", "[\"all of T0TEAM\"]");
}

static const enum client js = CLIENT_BOLT_JS;
static const enum client python = CLIENT_BOLT_PYTHON;
static const enum client java = CLIENT_BOLT_JAVA;

/* An app that has another secret takes nothing, and the server is told so. */
static void test_forged(struct test *test)
{
    const enum client *client = test_row(test);
    const struct cJSON *told =
        bolt(test, *client, "bolt.listen", "\"signing_secret\":\"another\"");
    struct server *server = event_start(
        test,
        test_printf(test, "http://127.0.0.1:%d/slack/events",
                    (int)cJSON_GetNumberValue(json_at(told, "port"))),
        NULL);

    control_do(
        test, server, "PATCH /_mock/scenario",
        "{\"apps\":[{\"id\":\"A0APP\",\"events\":{\"retries\":false}}]}");
    event_uninstall(test, server, "");
    told = event_await_state(test, server, "url_verification", "failed");
    assert_json(told, "deliveries.0.attempts.0.status", "401");
    told = event_await_state(test, server, "tokens_revoked", "failed");
    assert_json(told, "deliveries.0.attempts.0.status", "401");
}

static const struct test_case cases[] = {
    {"events: tokens_revoked comes first, app_uninstalled a second later",
     test_both, NULL},
    {"events: they have the headers of Slack's", test_headers, NULL},
    {"events: a sandbox has its own", test_sandbox, NULL},
    {"events: three retries, at once, after one minute and after five",
     test_retries, NULL},
    {"events: no retry if the receiver asks for none", test_no_retry, NULL},
    {"events: a silent receiver has three seconds", test_silence, NULL},
    {"events: nobody listens", test_nobody, NULL},
    {"events: Bolt for JavaScript verifies and hears both", test_bolt_js, NULL},
    {"events: Bolt for JavaScript 4 verifies and hears both", test_bolt_js_4,
     NULL},
    {"events: Bolt for Python verifies both and deletes what they name",
     test_bolt_python, NULL},
    {"events: Bolt for Python, async, verifies both and deletes what they name",
     test_bolt_python_async, NULL},
    {"events: Bolt for Java verifies both and deletes what they name",
     test_bolt_java, NULL},
    {"events: Bolt for JavaScript refuses what another secret signed",
     test_forged, &js},
    {"events: Bolt for Python refuses what another secret signed", test_forged,
     &python},
    {"events: Bolt for Java refuses what another secret signed", test_forged,
     &java},
};

int run_events_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
