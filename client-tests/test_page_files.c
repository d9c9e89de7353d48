/*
 * The files of the live page as a browser gets them, and that the page of
 * another site can neither read nor change anything. What the page does in a
 * browser is tested there.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define BROWSER "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
#define FILES   "_mock/page/"

static const struct http_reply *get(struct test *test,
                                    const struct server *server,
                                    const char *target, const char *header)
{
    const struct http_request request = {.target = target,
                                         .headers = {BROWSER, header}};

    return http_send(test, server, &request);
}

/* ---- what is served ---- */

static void check_guards(const struct http_reply *reply)
{
    const char *policy = http_header(reply, "Content-Security-Policy");

    assert_contains(policy, "default-src 'none'");
    assert_contains(policy, "script-src 'self';");
    assert_contains(policy, "style-src 'self';");
    assert_contains(policy, "frame-ancestors 'none'");
    assert_lacks(policy, "unsafe");
    assert_text(http_header(reply, "X-Content-Type-Options"), "nosniff");
    assert_text(http_header(reply, "Referrer-Policy"), "no-referrer");
    assert_text(http_header(reply, "Cross-Origin-Resource-Policy"),
                "same-origin");
    assert_null(http_header(reply, "Access-Control-Allow-Origin"));
}

static void check_page(const struct http_reply *reply)
{
    assert_number(reply->status, 200);
    assert_text(http_header(reply, "Content-Type"), "text/html; charset=utf-8");
    assert_text(http_header(reply, "Cache-Control"), "no-cache");
    assert_contains(reply->body, "<title>slackmock");
    check_guards(reply);
}

static void test_page(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    check_page(get(test, server, "/", NULL));
    check_page(get(test, server, "/?filter=error%3Aratelimited", NULL));
    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    check_page(get(test, server, "/sandbox/mine/", NULL));
    assert_json(control_journal(test, server, ""), "requests", "[]");
}

/* As a browser resolves it, wherever a proxy has put the server. */
static void test_slash(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply;

    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    reply = get(test, server, "/sandbox/mine?a=b", NULL);
    assert_number(reply->status, 308);
    assert_text(http_header(reply, "Location"), "mine/");
    assert_text(reply->body, "");
    check_guards(reply);
    assert_json(
        control_do(test, server, "GET /sandbox/mine/_mock/requests", NULL),
        "requests", "[]");
}

/* Cuts the next address out of the page, NULL after the last. */
static const char *next_address(struct test *test, const char **text)
{
    const char *found = strstr(*text, "\"" FILES);

    if (!found)
        return NULL;
    *text = found + 1;
    return test_printf(test, "%.*s", (int)strcspn(found + 1, "\""), found + 1);
}

/* In a sandbox they are found too: the addresses are relative. */
static void test_files(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *text = get(test, server, "/", NULL)->body;
    const char *address;
    int count = 0;

    control_do(test, server, "PUT /_mock/sandboxes/mine", "");
    while ((address = next_address(test, &text))) {
        const struct http_reply *reply =
            get(test, server, test_printf(test, "/%s", address), NULL);

        assert_number(reply->status, 200);
        check_guards(reply);
        assert_text(get(test, server,
                        test_printf(test, "/sandbox/mine/%s", address), NULL)
                        ->body,
                    reply->body);
        count++;
    }
    assert_true(count >= 2);
    assert_json(control_journal(test, server, ""), "requests", "[]");
}

/* What the policy would refuse is not written in the first place. */
static void test_nothing_inline(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *text = get(test, server, "/", NULL)->body;

    assert_lacks(text, "<style");
    assert_lacks(text, " style=");
    assert_lacks(text, " onclick=");
    assert_lacks(text, "://");
    while ((text = strstr(text, "<script"))) {
        const char *source = strstr(text, "src=");

        assert_true(source && source < strchr(text, '>'));
        text++;
    }
}

static void test_gzip(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply =
        get(test, server, "/", "Accept-Encoding: gzip");

    assert_text(http_header(reply, "Content-Encoding"), "gzip");
    assert_memory_equal(reply->body, "\x1f\x8b", 2);
    assert_text(http_header(reply, "Vary"), "Accept, Accept-Encoding");
    assert_null(http_header(get(test, server, "/", NULL), "Content-Encoding"));
}

/* On a connection that goes on: a 304 has no body, whatever comes after. */
static void test_unchanged(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const char *tag = http_header(get(test, server, "/", NULL), "ETag");
    const struct http_reply *head;

    raw_send(raw, test_printf(test,
                              "GET / HTTP/1.1\r\nHost: localhost\r\n" BROWSER
                              "\r\nIf-None-Match: %s\r\n\r\n",
                              tag));
    head = raw_await_head(raw);
    assert_number(head->status, 304);
    assert_text(http_header(head, "ETag"), tag);
    assert_null(http_header(head, "Content-Length"));
    raw_send(raw, "HEAD / HTTP/1.1\r\nHost: localhost\r\n" BROWSER "\r\n\r\n");
    head = raw_await_head(raw);
    assert_number(head->status, 200);
    assert_true(strtol(http_header(head, "Content-Length"), NULL, 10) > 0);
}

static void test_others(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request any = {.target = "/", .headers = {"Accept: */*"}};
    const struct http_request post = {
        .target = "/", .headers = {BROWSER}, .body = ""};
    const struct http_reply *reply = http_send(test, server, &any);

    assert_number(reply->status, 404);
    assert_json_text(reply->json, "error", "not_found");
    assert_json_text(http_send(test, server, &post)->json, "error",
                     "not_found");
    assert_json(control_journal(test, server, ""), "count", "2");
}

static void test_tls(struct test *test)
{
    const struct tls_way way = {.authority = test_path(test, "ca/ca.pem")};
    struct server *server;
    struct raw_socket *raw;

    tls_skip_without(test);
    server =
        server_start(test, NULL, ARGUMENTS("--ca-dir", test_path(test, "ca")));
    raw = raw_connect_tls(test, server, &way);
    raw_send(raw, "GET / HTTP/1.1\r\nHost: localhost\r\n" BROWSER "\r\n\r\n");
    check_page(raw_await_reply(raw));
}

/* ---- who gets it ---- */

static void test_token(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--control-token", "letmein"));

    check_page(get(test, server, "/", NULL));
    check_page(get(test, server, "/", "Host: mock.test"));
    control_refused(get(test, server, "/_mock/requests", NULL), 401,
                    "unauthorized");
}

static void test_off(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--listen", "0.0.0.0:0"));
    const struct http_reply *reply = get(test, server, "/", NULL);

    assert_number(reply->status, 403);
    assert_text(http_header(reply, "Content-Type"), "text/html; charset=utf-8");
    assert_contains(reply->body, "needs --control-token");
    check_guards(reply);
    control_refused(get(test, server, "/" FILES "page.js", NULL), 403,
                    "control_api_off");
}

static void test_rebound(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply =
        get(test, server, "/", "Host: evil.test:8080");

    assert_number(reply->status, 403);
    assert_contains(reply->body, "the Host header is neither");
    control_refused(get(test, server, "/" FILES "page.js", "Host: evil.test"),
                    403, "forbidden_host");
}

/* ---- the page of another site ---- */

/* What a browser sends for it. */
struct foreign {
    const char *call;
    const char *body;
};

static const struct foreign foreign_calls[] = {
    {"GET /_mock/requests?secrets=1", NULL},
    {"GET /_mock/state", NULL},
    {"GET /_mock/events", NULL},
    {"POST /_mock/reset", ""},
    {"POST /_mock/clock", "{\"advance\":43200}"},
    {"DELETE /_mock/requests", NULL},
    {"PUT /_mock/sandboxes/theirs", ""},
    {"OPTIONS /_mock/state", NULL},
};

static const struct http_reply *call_from(struct test *test,
                                          const struct server *server,
                                          const struct foreign *call,
                                          const char *origin)
{
    const char *target = strchr(call->call, ' ') + 1;
    const struct http_request request = {
        .verb = test_printf(test, "%.*s", (int)(target - 1 - call->call),
                            call->call),
        .target = target,
        .headers = {test_printf(test, "Origin: %s", origin),
                    "Content-Type: text/plain"},
        .body = call->body,
    };

    return http_send(test, server, &request);
}

/* Another port of this machine is another site too, and so is a file. */
static void test_foreign(struct test *test)
{
    static const char *const origins[] = {"http://evil.test",
                                          "http://localhost:1", "null"};
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *before;

    (void)http_exchange(test, server, BOT_FORM);
    before = control_snapshot(test, server);
    for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++)
        for (size_t j = 0; j < sizeof foreign_calls / sizeof foreign_calls[0];
             j++) {
            const struct http_reply *reply =
                call_from(test, server, &foreign_calls[j], origins[i]);

            control_refused(reply, 403, "forbidden_origin");
            assert_null(http_header(reply, "Access-Control-Allow-Origin"));
        }
    assert_text(control_snapshot(test, server), before);
}

/* A script of it may send a GET without an Origin, but gets nothing to read. */
static void test_unreadable(struct test *test)
{
    static const char *const targets[] = {"/", "/" FILES "page.js",
                                          "/_mock/requests", "/_mock/state"};
    struct server *server = server_start(test, NULL, NULL);

    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        assert_null(http_header(
            get(test, server, targets[i], "Sec-Fetch-Site: cross-site"),
            "Access-Control-Allow-Origin"));
}

static const struct test_case cases[] = {
    {"page files: a browser gets the page", test_page, NULL},
    {"page files: a sandbox without its last slash", test_slash, NULL},
    {"page files: those that the page names", test_files, NULL},
    {"page files: nothing is inline", test_nothing_inline, NULL},
    {"page files: compressed", test_gzip, NULL},
    {"page files: unchanged", test_unchanged, NULL},
    {"page files: who is no browser gets none", test_others, NULL},
    {"page files: over TLS", test_tls, NULL},
    {"page files: they need no token", test_token, NULL},
    {"page files: none beyond this machine without a token", test_off, NULL},
    {"page files: none for a name that DNS was made to give", test_rebound,
     NULL},
    {"page files: another site can do nothing", test_foreign, NULL},
    {"page files: another site can read nothing", test_unreadable, NULL},
};

int run_page_files_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
