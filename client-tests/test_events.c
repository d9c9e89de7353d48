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
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define SECRET "8f742231b10e8888abcd99yyyzzz85a5"
#define ALONE  "events go to loopback alone"
#define HEADERS                                                                \
    "accept,accept-encoding,connection,content-length,content-type,host,"      \
    "user-agent,x-slack-request-timestamp,x-slack-signature"

/* The default world with an app that takes events at a URL, and a still clock.
 */
static struct server *start(struct test *test, const char *url,
                            const char *const *options)
{
    const char *scenario =
        test_printf(test,
                    WORLD("\"seed\":1,\"clock\":{\"at\":"
                          "\"2030-01-01T00:00:00Z\",\"frozen\":true},"
                          "\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":"
                          "\"%s\",\"signing_secret\":\"" SECRET "\"}}]"),
                    url);

    return server_start(test, test_file(test, "world.json", scenario), options);
}

static struct server *start_with(struct test *test,
                                 const struct event_receiver *receiver)
{
    return start(test,
                 test_printf(test, "http://127.0.0.1:%d/slack/events?a=b",
                             receiver_port(receiver)),
                 NULL);
}

static void uninstall(struct test *test, const struct server *server,
                      const char *base)
{
    const struct http_request request = {
        .target = test_printf(test, "%s/api/apps.uninstall", base),
        .headers = {FORM, "Authorization: Bearer xoxb-12345-67890-abcdefg"},
        .body = "client_id=4123121235.9872358710&"
                "client_secret=e1b9e11dfcd19c1982d5de12921e17e8c",
    };

    assert_text(http_send(test, server, &request)->body, "{\"ok\":true}");
}

static void advance(struct test *test, const struct server *server, int seconds)
{
    control_do(test, server, "POST /_mock/clock",
               test_printf(test, "{\"advance\":%d}", seconds));
}

/* Waits until a delivery is in a state; all of that event's. */
static const struct cJSON *await_state(struct test *test,
                                       const struct server *server,
                                       const char *event, const char *state)
{
    deadline end = deadline_from_now();

    for (;;) {
        const struct cJSON *told = control_do(
            test, server,
            test_printf(test, "GET /_mock/deliveries?event=%s", event), NULL);
        const char *now =
            cJSON_GetStringValue(json_at(told, "deliveries.0.state"));

        if (now && strcmp(now, state) == 0)
            return told;
        if (!deadline_look_again(end))
            fail_msg("%s is not %s: %s", event, state, now ? now : "unknown");
    }
}

static void assert_quiet(struct test *test, const struct server *server,
                         const struct event_receiver *receiver)
{
    (void)control_do(test, server, "GET /_mock/health", NULL);
    assert_true(receiver_is_alone(receiver));
}

/* ---- what is sent ---- */

static void test_both(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const struct received *received;
    const struct cJSON *told;

    uninstall(test, server, "");
    receiver_verify(receiver);
    received = receiver_await_event(receiver, "tokens_revoked");
    receiver_answer(received, "200 OK", "", "");
    assert_text(received->line, "POST /slack/events?a=b HTTP/1.1");
    assert_keys(received->message->json,
                "token,team_id,api_app_id,event,type,event_id,event_time");
    assert_json(received->message->json, "event.tokens",
                "{\"oauth\":[\"U0USER\"],\"bot\":[\"U0BOT\"]}");
    assert_json(received->message->json, "event_time", "1893456000");
    told = await_state(test, server, "tokens_revoked", "delivered");
    assert_json_text(told, "deliveries.0.attempts.0.signature",
                     http_header(received->message, "X-Slack-Signature"));
    assert_json(told, "deliveries.0.attempts.0.status", "200");
    assert_quiet(test, server, receiver);
    advance(test, server, 1);
    received = receiver_await_event(receiver, "app_uninstalled");
    receiver_answer(received, "204 No Content", "", "");
    assert_keys(received->message->json,
                "token,team_id,api_app_id,event,type,event_id,event_time");
    await_state(test, server, "app_uninstalled", "delivered");
    assert_lacks(server_stderr(server), SECRET);
}

static void test_headers(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const struct http_reply *sent;

    uninstall(test, server, "");
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
    struct server *server = start_with(test, receiver);

    control_do(test, server, "PUT /_mock/sandboxes/s", NULL);
    uninstall(test, server, "/sandbox/s");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"), "200 OK",
                    "", "");
    assert_json(control_do(test, server, "GET /_mock/deliveries", NULL),
                "count", "0");
    assert_json(
        control_do(test, server, "GET /sandbox/s/_mock/deliveries", NULL),
        "count", "3");
    control_do(test, server, "DELETE /_mock/sandboxes/s", NULL);
    assert_quiet(test, server, receiver);
}

/* ---- retries ---- */

static void see_retry(struct event_receiver *receiver, const char *number,
                      const char *reason)
{
    const struct received *received =
        receiver_await_event(receiver, "tokens_revoked");

    assert_text(http_header(received->message, "X-Slack-Retry-Num"), number);
    assert_text(http_header(received->message, "X-Slack-Retry-Reason"), reason);
    receiver_answer(received, "500 Oops", "", "busy");
}

static void test_retries(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const struct cJSON *told;

    control_patch(test, server,
                  "{\"rules\":[{\"when\":{\"event\":\"app_uninstalled\"},"
                  "\"reply\":{\"event\":\"drop\"}}]}");
    uninstall(test, server, "");
    receiver_verify(receiver);
    see_retry(receiver, NULL, NULL);
    see_retry(receiver, "1", "http_error");
    await_state(test, server, "tokens_revoked", "waiting");
    advance(test, server, 59);
    assert_quiet(test, server, receiver);
    advance(test, server, 1);
    see_retry(receiver, "2", "http_error");
    await_state(test, server, "tokens_revoked", "waiting");
    advance(test, server, 300);
    see_retry(receiver, "3", "http_error");
    told = await_state(test, server, "tokens_revoked", "failed");
    assert_json_text(told, "deliveries.0.attempts.3.answer", "busy");
    await_state(test, server, "app_uninstalled", "dropped");
    advance(test, server, 86400);
    assert_quiet(test, server, receiver);
}

static void test_no_retry(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);

    uninstall(test, server, "");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"),
                    "500 Oops", "X-Slack-No-Retry: 1\r\n", "");
    await_state(test, server, "tokens_revoked", "failed");
    assert_quiet(test, server, receiver);
}

/* The server answers others all the while. */
static void test_silence(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const struct received *received;
    deadline start_of_silence;

    uninstall(test, server, "");
    receiver_verify(receiver);
    start_of_silence = deadline_clock();
    received = receiver_await_event(receiver, "tokens_revoked");
    (void)control_do(test, server, "GET /_mock/health", NULL);
    receiver_await_end(received);
    assert_true(deadline_clock() - start_of_silence >= 2900);
    see_retry(receiver, "1", "http_timeout");
}

static void test_nobody(struct test *test)
{
    struct server *server = start(test, "http://127.0.0.1:1/", NULL);
    const struct cJSON *told;

    uninstall(test, server, "");
    told = await_state(test, server, "url_verification", "failed");
    assert_json_text(told, "deliveries.0.attempts.0.problem",
                     "connection_failed");
    told = await_state(test, server, "tokens_revoked", "waiting");
    assert_json(told, "deliveries.0.attempts.0.status", NULL);
}

/* ---- redirects, and where events do not go ---- */

static void redirect(const struct received *received, struct test *test,
                     const char *to)
{
    receiver_answer(received, "302 Found",
                    test_printf(test, "Location: %s\r\n", to), "");
}

static void test_redirects(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const char *to =
        test_printf(test, "http://localhost:%d/other", receiver_port(receiver));
    const struct received *received;

    uninstall(test, server, "");
    receiver_verify(receiver);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, to);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, to);
    received = receiver_await_event(receiver, "tokens_revoked");
    assert_text(received->line, "POST /other HTTP/1.1");
    redirect(received, test, to);
    see_retry(receiver, "1", "too_many_redirects");
}

struct foreign {
    const char *url;
    const char *note;
};

static void test_foreign_redirect(struct test *test)
{
    const struct foreign *row = test_row(test);
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = start_with(test, receiver);
    const struct cJSON *told;

    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"events\":"
                  "{\"retries\":false}}]}");
    uninstall(test, server, "");
    receiver_verify(receiver);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, row->url);
    told = await_state(test, server, "tokens_revoked", "failed");
    assert_contains(
        cJSON_GetStringValue(json_at(told, "deliveries.0.attempts.0.note")),
        row->note);
}

static void test_foreign_url(struct test *test)
{
    const struct foreign *row = test_row(test);
    struct server *server = start(test, row->url, NULL);
    const struct cJSON *told;

    uninstall(test, server, "");
    told = await_state(test, server, "tokens_revoked", "failed");
    assert_contains(
        cJSON_GetStringValue(json_at(told, "deliveries.0.attempts.0.note")),
        row->note);
    assert_json(told, "deliveries.0.attempts.1", NULL);
}

/* Whoever resolves it: it is tried, and nobody says that it is foreign. */
static void test_allowed_host(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    const char *url =
        test_printf(test, "http://127.1:%d/", receiver_port(receiver));
    struct server *server =
        start(test, url, ARGUMENTS("--allow-events-to", "127.1"));

    uninstall(test, server, "");
    await_state(test, server, "url_verification", "failed");
    assert_lacks(
        control_call(test, server, "GET /_mock/deliveries", NULL)->body, ALONE);
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
    const struct cJSON *told =
        bolt(test, client, "bolt.listen", "\"signing_secret\":\"" SECRET "\"");
    struct server *server =
        start(test,
              test_printf(test, "http://127.0.0.1:%d/slack/events",
                          (int)cJSON_GetNumberValue(json_at(told, "port"))),
              NULL);

    uninstall(test, server, "");
    await_state(test, server, "url_verification", "delivered");
    await_state(test, server, "tokens_revoked", "delivered");
    advance(test, server, 1);
    await_state(test, server, "app_uninstalled", "delivered");
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

#define FOREIGN(title, run, url, note)                                         \
    {                                                                          \
        "events: " title, run, &(const struct foreign)                         \
        {                                                                      \
            url, note                                                          \
        }                                                                      \
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
    {"events: two redirects are followed, a third is one too many",
     test_redirects, NULL},
    FOREIGN("a redirect to a foreign host", test_foreign_redirect,
            "http://192.0.2.1/", ALONE),
    FOREIGN("a redirect to the cloud's metadata", test_foreign_redirect,
            "http://169.254.169.254/latest/", ALONE),
    FOREIGN("a redirect to a foreign name", test_foreign_redirect,
            "http://localhost.example.invalid/", ALONE),
    FOREIGN("a redirect behind a user name", test_foreign_redirect,
            "http://127.0.0.1@192.0.2.1/", "wanted one such as http://"),
    FOREIGN("a redirect without a scheme", test_foreign_redirect,
            "//192.0.2.1/", "wanted one such as http://"),
    FOREIGN("a redirect to https", test_foreign_redirect, "https://127.0.0.1/",
            "slackmock sends without TLS"),
    FOREIGN("a foreign address", test_foreign_url, "http://192.0.2.1/", ALONE),
    FOREIGN("a foreign IPv6 address", test_foreign_url, "http://[2001:db8::1]/",
            ALONE),
    FOREIGN("IPv4 within IPv6", test_foreign_url, "http://[::ffff:192.0.2.1]/",
            ALONE),
    FOREIGN("an address as one number", test_foreign_url,
            "http://2130706433:1/", ALONE),
    FOREIGN("an address in octal", test_foreign_url, "http://0177.0.0.1:1/",
            ALONE),
    FOREIGN("any address of this host", test_foreign_url, "http://0.0.0.0:1/",
            ALONE),
    {"events: --allow-events-to names another host", test_allowed_host, NULL},
    {"events: Bolt for JavaScript verifies and hears both", test_bolt_js, NULL},
    {"events: Bolt for JavaScript 4 verifies and hears both", test_bolt_js_4,
     NULL},
    {"events: Bolt for Python verifies both and deletes what they name",
     test_bolt_python, NULL},
};

int run_events_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
