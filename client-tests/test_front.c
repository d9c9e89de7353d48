/*
 * TLS on the port of plain HTTP: what passes through it, and what it does
 * itself. How faults look is in test_faults.c.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "deadline.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define HOST   "Host: 127.0.0.1\r\n"
#define WHO_AM "GET /api/auth.test HTTP/1.1\r\n" HOST
#define HELLO  "\x16\x03\x01"

static struct tls_way to(struct test *test, const char *name)
{
    return (struct tls_way){.name = name,
                            .authority = test_path(test, "ca/ca.pem")};
}

/* A server whose authority is in the folder of the test. */
static struct server *start(struct test *test, const char *scenario,
                            const char *option, const char *value)
{
    const char *path =
        scenario ? test_file(test, "front.json", scenario) : NULL;

    tls_skip_without(test);
    return server_start(
        test, path,
        ARGUMENTS("--ca-dir", test_path(test, "ca"), option, value));
}

static struct raw_socket *dial(struct test *test, const struct server *server)
{
    const struct tls_way way = to(test, NULL);

    return raw_connect_tls(test, server, &way);
}

static void see_journal_of_tls(struct test *test, struct server *server,
                               const char *name, const char *hint)
{
    const cJSON *entry;

    (void)server_await_log(test, server, 1);
    entry = json_at(control_journal(test, server, ""), "requests.0");
    assert_json_text(entry, "http_method", "TLS");
    assert_json_text(entry, "path", name);
    assert_json(entry, "status", NULL);
    assert_contains(cJSON_GetStringValue(json_at(entry, "hint")), hint);
}

/* ---- names ---- */

static void test_name(struct test *test)
{
    const struct tls_way way = to(test, test_row(test));
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = raw_connect_tls(test, server, &way);
    const cJSON *journal;

    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_send_exchange(raw);
    assert_json_text(raw_await_reply(raw)->json, "error",
                     "token_already_exchanged");
    journal = control_journal(test, server, "");
    assert_json(journal, "count", "2");
    assert_json_text(journal, "requests.0.path", EXCHANGE);
}

static void test_refused_name(struct test *test)
{
    const char *name = test_row(test);
    const struct tls_way way = to(test, name);
    struct server *server = start(test, NULL, NULL, NULL);
    const char *refusal = tls_client_refusal(test, server, &way);

    assert_non_null(refusal);
    assert_contains(refusal, "unrecognized name");
    see_journal_of_tls(test, server, name, name);
}

/* ---- the hello ---- */

static void test_slow_hello(struct test *test)
{
    struct server *server = start(test, NULL, "--request-timeout", "0.3");
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, HELLO);
    raw_await_close(raw);
    see_journal_of_tls(test, server, "-", "--request-timeout");
}

static void test_broken_hello(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send_bytes(raw, HELLO "\0\5\1\0\0\1\0", 10);
    (void)raw_await_text(raw); /* perhaps an alert */
    see_journal_of_tls(test, server, "-", "");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

static void test_hello_without_an_end(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, HELLO);
    raw_end(raw);
    raw_await_close(raw);
    see_journal_of_tls(test, server, "-", "within its hello");
}

static void test_hello_without_trust(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    const struct tls_way way = {0};

    assert_non_null(tls_client_refusal(test, server, &way));
    see_journal_of_tls(test, server, "localhost", "/_mock/ca.pem");
}

static void test_tls_within_tls(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = dial(test, server);
    const struct http_reply *reply;

    raw_send(raw, HELLO);
    reply = raw_await_reply(raw);
    assert_number(reply->status, 400);
    assert_contains(reply->body, "within TLS");
    raw_await_close(raw);
}

/* ---- the end ---- */

static void test_end(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = dial(test, server);

    raw_send(raw, WHO_AM "Connection: close\r\n\r\n");
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
    raw_await_end(raw);
    assert_true(raw_was_announced(raw));
}

static void test_unannounced_end(struct test *test)
{
    struct server *server =
        start(test, WORLD("\"rules\":[{\"reply\":{\"fault\":\"close\"}}]"),
              NULL, NULL);
    struct raw_socket *raw = dial(test, server);

    raw_send_exchange(raw);
    raw_await_end(raw);
    assert_false(raw_was_announced(raw));
}

static void test_idle(struct test *test)
{
    struct server *server = start(test, NULL, "--idle-timeout", "0.2");
    struct raw_socket *raw = dial(test, server);

    raw_await_end(raw);
    assert_true(raw_was_announced(raw));
}

static void test_half_close(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = dial(test, server);

    raw_send_exchange(raw);
    raw_end(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
    raw_await_end(raw);
}

static void test_cut_body(struct test *test)
{
    struct server *server = start(test, NULL, NULL, NULL);
    struct raw_socket *raw = dial(test, server);

    raw_send(raw, "POST " EXCHANGE " HTTP/1.1\r\n" HOST FORM
                  "\r\nContent-Length: 9\r\n\r\ntoken");
    raw_end(raw);
    assert_json_text(raw_await_reply(raw)->json, "error", "request_timeout");
}

/* After the second reply nothing is left of the connection that found out
 * whether the server accepts any. */
static struct raw_socket *be_first(struct test *test,
                                   const struct server *server)
{
    struct raw_socket *raw = raw_connect(test, server);

    for (int i = 0; i < 2; i++) {
        raw_send(raw, WHO_AM "\r\n");
        (void)raw_await_reply(raw);
    }
    return raw;
}

/* Its reset goes through: its place is free again. */
static void test_client_leaves(struct test *test)
{
    struct server *server =
        start(test,
              WORLD("\"rules\":[{\"times\":1,\"when\":{\"method\":\"oauth.v2."
                    "exchange\"},\"reply\":{\"delay\":600000}}]"),
              "--max-connections", "2");
    struct raw_socket *first = be_first(test, server);
    struct raw_socket *raw = dial(test, server);
    deadline end = deadline_from_now();
    const char *who = "";

    (void)first;
    raw_send_exchange(raw);
    (void)server_await_log(test, server, 3);
    raw_reset(raw);
    while (!strstr(who, "not_authed") && !deadline_is_over(end)) {
        raw = raw_connect(test, server);
        if (raw_has_input(raw)) /* closed at once */
            continue;
        raw_send(raw, WHO_AM "\r\n");
        who = raw_await_text(raw);
    }
    assert_contains(who, "not_authed");
}

/* ---- limits ---- */

static void test_connections_count_once(struct test *test)
{
    struct server *server = start(test, NULL, "--max-connections", "3");
    struct raw_socket *none = be_first(test, server);
    struct raw_socket *first = dial(test, server);
    struct raw_socket *second = dial(test, server);

    (void)none;
    raw_send_exchange(first);
    assert_json(raw_await_reply(first)->json, "ok", "true");
    raw_send_exchange(second);
    assert_json_text(raw_await_reply(second)->json, "error",
                     "token_already_exchanged");
    /* Before they spoke they would have given way. */
    raw_await_close(raw_connect(test, server));
    raw_send(second, WHO_AM "\r\n");
    assert_json_text(raw_await_reply(second)->json, "error", "not_authed");
}

/* What was said before a reset gets there before it. */
static void test_reply_before_a_reset(struct test *test)
{
    struct server *server = start(
        test,
        WORLD(
            "\"rules\":[{\"when\":{\"call\":2},\"reply\":{\"fault\":\"reset\"}"
            "}]"),
        NULL, NULL);
    struct raw_socket *raw = dial(test, server);

    raw_send(raw, WHO_AM "\r\n" WHO_AM "\r\n");
    assert_json_text(raw_await_reply(raw)->json, "error", "not_authed");
    raw_await_reset(raw);
}

/* ---- replies before it ---- */

#define MANY 15 /* replies; short ones of one turn are sent together */
#define LONG                                                                   \
    "{\"rules\":[{\"when\":{\"method\":\"auth.test\"},\"reply\":"              \
    "{\"json\":{\"ok\":true,\"long\":\"%03500d\"}}}],\"extends\":\"default."   \
    "json\","                                                                  \
    "\"description\":\"Its replies are long.\"}"

/*
 * The client has not read the replies when it sends on: their rest waits at the
 * server, which answers what follows after it.
 */
static struct raw_socket *read_late(struct test *test, const char *bytes)
{
    struct server *server = start(test, test_printf(test, LONG, 1), NULL, NULL);
    struct raw_socket *raw = raw_connect_narrow(test, server);
    const char *requests = "";

    for (int i = 0; i < MANY; i++)
        requests = test_printf(test, "%s" WHO_AM "\r\n", requests);
    raw_send(raw, test_printf(test, "%s%s", requests, bytes));
    /* Its answer comes after those, which came before. */
    (void)control_journal(test, server, "");
    for (int i = 0; i < MANY; i++) {
        const struct http_reply *reply = raw_await_reply(raw);

        assert_number(reply->status, 200);
        assert_number(reply->length,
                      strtoul(http_header(reply, "Content-Length"), NULL, 10));
    }
    return raw;
}

static void test_tls_after_replies(struct test *test)
{
    const char *alert = raw_await_text(read_late(test, HELLO "\xff\xff"
                                                             "no hello"));

    assert_true(*alert == 0x15 || !*alert);
}

static void test_tunnel_after_replies(struct test *test)
{
    struct raw_socket *raw = read_late(
        test,
        "CONNECT slack.com:80 HTTP/1.1\r\nHost: slack.com:80\r\n\r\n" WHO_AM
        "\r\n");

    assert_number(raw_await_head(raw)->header_count, 0);
    assert_number(raw_await_reply(raw)->status, 200);
}

static const struct test_case cases[] = {
    {"front: an exchange with slack.com", test_name, "slack.com"},
    {"front: an exchange with a name below it", test_name, "files.slack.com"},
    {"front: an exchange with slack-gov.com", test_name, "slack-gov.com"},
    {"front: an exchange with localhost", test_name, "localhost"},
    {"front: an exchange with an address", test_name, "127.0.0.1"},
    {"front: another name is refused", test_refused_name, "example.com"},
    {"front: nor does a name end in Slack's", test_refused_name,
     "evilslack.com"},
    {"front: a hello that does not end", test_slow_hello, NULL},
    {"front: a hello that is none", test_broken_hello, NULL},
    {"front: a client that leaves in its hello", test_hello_without_an_end,
     NULL},
    {"front: a client that does not trust", test_hello_without_trust, NULL},
    {"front: TLS within TLS", test_tls_within_tls, NULL},
    {"front: an end is announced", test_end, NULL},
    {"front: a fault's end is not", test_unannounced_end, NULL},
    {"front: an idle connection ends", test_idle, NULL},
    {"front: a client that half-closes has its reply", test_half_close, NULL},
    {"front: a body that is cut short", test_cut_body, NULL},
    {"front: a client that resets is let go", test_client_leaves, NULL},
    {"front: a connection counts once", test_connections_count_once, NULL},
    {"front: a reply before a reset", test_reply_before_a_reset, NULL},
    {"front: TLS begins after replies that are read late",
     test_tls_after_replies, NULL},
    {"front: a tunnel begins after replies that are read late",
     test_tunnel_after_replies, NULL},
};

int run_front_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
