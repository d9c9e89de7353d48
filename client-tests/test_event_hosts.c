/*
 * Where events go, by redirects too, and where they do not: a scenario may come
 * from anybody who reaches the control API.
 */
#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "event_receiver.h"
#include "event_world.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define ALONE "events go to loopback alone"

static void redirect(const struct received *received, struct test *test,
                     const char *to)
{
    receiver_answer(received, "302 Found",
                    test_printf(test, "Location: %s\r\n", to), "");
}

static void test_redirects(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const char *to =
        test_printf(test, "http://localhost:%d/other", receiver_port(receiver));
    const struct received *received;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, to);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, to);
    received = receiver_await_event(receiver, "tokens_revoked");
    assert_text(received->line, "POST /other HTTP/1.1");
    redirect(received, test, to);
    event_see_retry(receiver, "1", "too_many_redirects");
}

/* As many a framework sends them. */
static void test_relative_redirect(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct received *received;

    event_uninstall(test, server, "");
    receiver_verify(receiver);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test,
             "/other?a=b");
    received = receiver_await_event(receiver, "tokens_revoked");
    assert_text(received->line, "POST /other?a=b HTTP/1.1");
    assert_text(http_header(received->message, "Host"),
                test_printf(test, "127.0.0.1:%d", receiver_port(receiver)));
    receiver_answer(received, "200 OK", "", "");
    event_await_state(test, server, "tokens_revoked", "delivered");
}

struct foreign {
    const char *url;
    const char *note;
};

static void test_foreign_redirect(struct test *test)
{
    const struct foreign *row = test_row(test);
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    const struct cJSON *told;

    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"events\":"
                  "{\"retries\":false}}]}");
    event_uninstall(test, server, "");
    receiver_verify(receiver);
    redirect(receiver_await_event(receiver, "tokens_revoked"), test, row->url);
    told = event_await_state(test, server, "tokens_revoked", "failed");
    assert_contains(
        cJSON_GetStringValue(json_at(told, "deliveries.0.attempts.0.note")),
        row->note);
}

static void test_foreign_url(struct test *test)
{
    const struct foreign *row = test_row(test);
    struct server *server = event_start(test, row->url, NULL);
    const struct cJSON *told;

    event_uninstall(test, server, "");
    told = event_await_state(test, server, "tokens_revoked", "failed");
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
        event_start(test, url, ARGUMENTS("--allow-events-to", "127.1"));

    event_uninstall(test, server, "");
    event_await_state(test, server, "url_verification", "failed");
    assert_lacks(
        control_call(test, server, "GET /_mock/deliveries", NULL)->body, ALONE);
}

#define FOREIGN(title, run, url, note)                                         \
    {                                                                          \
        "events: " title, run, &(const struct foreign)                         \
        {                                                                      \
            url, note                                                          \
        }                                                                      \
    }

static const struct test_case cases[] = {
    {"events: two redirects are followed, a third is one too many",
     test_redirects, NULL},
    {"events: a redirect may be relative", test_relative_redirect, NULL},
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
    FOREIGN("an octet that some read as octal", test_foreign_url,
            "http://127.0.0.010:1/", ALONE),
    FOREIGN("any address of this host", test_foreign_url, "http://0.0.0.0:1/",
            ALONE),
    {"events: --allow-events-to names another host", test_allowed_host, NULL},
};

int run_event_hosts_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
