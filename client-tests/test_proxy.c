/*
 * The mock as a proxy: CONNECT to the hosts it stands for, to others, and who
 * may ask.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define TOKEN  "secret"
#define BASIC  "Proxy-Authorization: Basic YW55OnNlY3JldA==\r\n"
#define WHO_AM "GET /api/auth.test HTTP/1.1\r\nHost: slack.com\r\n\r\n"

static void ask_for(struct test *test, struct raw_socket *raw,
                    const char *target, const char *headers)
{
    raw_send(raw, test_printf(test, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n",
                              target, target, headers));
}

/* Is let through. */
static struct raw_socket *connect_to(struct test *test,
                                     const struct server *server,
                                     const char *target, const char *headers)
{
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    ask_for(test, raw, target, headers);
    reply = raw_await_head(raw);
    assert_number(reply->status, 200);
    assert_number(reply->header_count, 0);
    return raw;
}

static const char *at(struct test *test, const char *host,
                      const struct server *server)
{
    return test_printf(test, "%s:%d", host, server_port(server));
}

static void see_refusal(struct test *test, struct server *server,
                        const char *target, int status, const char *error)
{
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    ask_for(test, raw, target, "");
    reply = raw_await_reply(raw);
    assert_number(reply->status, status);
    assert_json_text(reply->json, "error", error);
    raw_await_close(raw);
}

/* ---- the hosts it stands for ---- */

static void test_tls(struct test *test)
{
    const char *name = test_row(test);
    const struct tls_way way = {.name = name,
                                .authority = test_path(test, "ca/ca.pem"),
                                .by_proxy = true};
    struct server *server;
    struct raw_socket *raw;
    const cJSON *journal;

    tls_skip_without(test);
    server =
        server_start(test, NULL, ARGUMENTS("--ca-dir", test_path(test, "ca")));
    raw = raw_connect_tls(test, server, &way);
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    journal = control_journal(test, server, "");
    assert_json(journal, "count", "1");
    assert_json_text(journal, "requests.0.path", EXCHANGE);
}

static void test_plain(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = connect_to(test, server, "slack.com:80", "");

    raw_send(raw, WHO_AM);
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

static void test_itself(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw =
        connect_to(test, server, at(test, "localhost", server), "");

    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

/* Nor is a reply that waits for others overtaken by the consent. */
static void test_after_a_request(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw,
             WHO_AM "CONNECT slack.com:80 HTTP/1.1\r\nHost: s\r\n\r\n" WHO_AM);
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
    assert_number(raw_await_head(raw)->header_count, 0);
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
}

/* The client does not wait for the consent. */
static void test_eager_client(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "CONNECT slack.com:80 HTTP/1.1\r\nHost: s\r\n\r\n" WHO_AM);
    assert_number(raw_await_head(raw)->status, 200);
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
}

static void test_url(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, "GET http://slack.com/api/auth.test HTTP/1.1\r\n"
                  "Host: slack.com\r\n\r\n");
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
}

/* The target's host counts, whatever the header says. */
static void test_url_of_another_host(struct test *test)
{
    struct server *server = server_start(test, NULL, test_row(test));
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;
    const cJSON *entry;

    raw_send(raw, "GET http://example.com/api/auth.test HTTP/1.1\r\n"
                  "Host: slack.com\r\n\r\n");
    reply = raw_await_reply(raw);
    assert_number(reply->status, 403);
    assert_json_text(reply->json, "error", "forbidden_host");
    raw_await_close(raw);
    entry = json_at(control_journal(test, server, ""), "requests.0");
    assert_json_text(entry, "path", "http://example.com/api/auth.test");
    assert_contains(cJSON_GetStringValue(json_at(entry, "hint")), "HTTP_PROXY");
}

static int ask_for_state(struct test *test, const struct server *server,
                         const char *host)
{
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, test_printf(test,
                              "GET http://%s/_mock/state HTTP/1.1\r\n"
                              "Host: 127.0.0.1\r\n\r\n",
                              host));
    return raw_await_reply(raw)->status;
}

/* Slack has no control API. */
static void test_url_of_the_control_api(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_number(ask_for_state(test, server, at(test, "localhost", server)),
                  200);
    assert_number(ask_for_state(test, server, "slack.com"), 403);
}

/* ---- other hosts ---- */

static void test_other_host(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const cJSON *entry;

    see_refusal(test, server, "example.com:443", 403, "forbidden_host");
    entry = json_at(control_journal(test, server, ""), "requests.0");
    assert_json_text(entry, "http_method", "CONNECT");
    assert_json_text(entry, "path", "example.com:443");
    assert_json(entry, "status", "403");
    assert_contains(cJSON_GetStringValue(json_at(entry, "hint")),
                    "--pass-through");
}

static void test_no_authority(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    see_refusal(test, server, "example.com", 400, "bad_request");
}

static void test_pass_through(struct test *test)
{
    struct server *other = server_start(test, NULL, NULL);
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--pass-through"));
    struct raw_socket *raw =
        connect_to(test, server, at(test, "127.0.0.1", other), "");

    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_send(raw, WHO_AM);
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
    assert_json(control_journal(test, server, ""), "count", "0");
    assert_json(control_journal(test, other, ""), "count", "2");
}

static void test_pass_through_of_a_fault(struct test *test)
{
    struct server *other = server_start_with(test, test_row(test));
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--pass-through"));
    struct raw_socket *raw =
        connect_to(test, server, at(test, "127.0.0.1", other), "");

    raw_send_exchange(raw);
    if (strstr(test_row(test), "reset"))
        raw_await_reset(raw);
    else
        raw_await_end(raw);
}

static void test_unreachable(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--pass-through"));
    const cJSON *entry;

    see_refusal(test, server, "127.0.0.1:1", 502, "bad_gateway");
    (void)server_await_log(test, server, 1);
    entry = json_at(control_journal(test, server, ""), "requests.0");
    assert_json_text(entry, "http_method", "CONNECT");
    assert_json_text(entry, "path", "127.0.0.1:1");
    assert_contains(cJSON_GetStringValue(json_at(entry, "hint")),
                    "cannot be connected to");
}

/* It has sent more than anybody will read, and the refusal gets there first. */
static void test_refusal_of_a_busy_client(struct test *test)
{
    enum { MUCH = 200000 };
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--pass-through"));
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, test_printf(test,
                              "CONNECT 127.0.0.1:1 HTTP/1.1\r\n"
                              "Host: 127.0.0.1:1\r\n\r\n%0*d",
                              MUCH, 7));
    assert_number(raw_await_reply(raw)->status, 502);
    raw_await_end(raw);
}

/* 0.0.0.0 leads here too, but is none of the names of this server. */
static void test_itself_by_another_name(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--pass-through"));

    see_refusal(test, server, at(test, "0.0.0.0", server), 403,
                "forbidden_host");
}

/* ---- who may ask ---- */

static void test_off_loopback(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--listen", "0.0.0.0:0"));

    see_refusal(test, server, "slack.com:80", 403, "proxy_off");
}

static void test_token(struct test *test)
{
    struct server *server = server_start(
        test, NULL,
        ARGUMENTS("--listen", "0.0.0.0:0", "--control-token", TOKEN));
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    ask_for(test, raw, "slack.com:80", "");
    reply = raw_await_reply(raw);
    assert_number(reply->status, 407);
    assert_text(http_header(reply, "Proxy-Authenticate"),
                "Basic realm=\"slackmock\"");
    raw = connect_to(test, server, "slack.com:80", BASIC);
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    (void)connect_to(test, server, "slack.com:80",
                     "Proxy-Authorization: Bearer " TOKEN "\r\n");
    assert_lacks(server_stderr(server), TOKEN);
}

#define FAULT(name) WORLD("\"rules\":[{\"reply\":{\"fault\":\"" name "\"}}]")

static const char *const pass_through[] = {"--pass-through", NULL};

static const struct test_case cases[] = {
    {"proxy: TLS with slack.com", test_tls, "slack.com"},
    {"proxy: TLS with a name below it", test_tls, "hooks.slack.com"},
    {"proxy: plain HTTP behind a CONNECT", test_plain, NULL},
    {"proxy: the server itself", test_itself, NULL},
    {"proxy: a client that does not wait", test_eager_client, NULL},
    {"proxy: a client that does not wait for a reply either",
     test_after_a_request, NULL},
    {"proxy: a URL as target", test_url, NULL},
    {"proxy: a URL of another host", test_url_of_another_host, NULL},
    {"proxy: a URL of another host, though others are let through",
     test_url_of_another_host, pass_through},
    {"proxy: a URL of the control API", test_url_of_the_control_api, NULL},
    {"proxy: another host is refused, with a hint", test_other_host, NULL},
    {"proxy: a target without a port", test_no_authority, NULL},
    {"proxy: another host, let through", test_pass_through, NULL},
    {"proxy: a reset comes through", test_pass_through_of_a_fault,
     FAULT("reset")},
    {"proxy: a close comes through", test_pass_through_of_a_fault,
     FAULT("close")},
    {"proxy: a host that cannot be reached", test_unreachable, NULL},
    {"proxy: a refusal reaches a client that goes on sending",
     test_refusal_of_a_busy_client, NULL},
    {"proxy: the server by another name", test_itself_by_another_name, NULL},
    {"proxy: nobody is let in off loopback", test_off_loopback, NULL},
    {"proxy: but who has the token", test_token, NULL},
};

int run_proxy_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
