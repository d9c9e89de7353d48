/*
 * Clients that connect and say nothing, or begin TLS and leave it at that. They
 * keep nobody out.
 */
#include "check.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define REQUEST "GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
#define HELLO   "\x16\x03\x01\x02" /* of TLS, broken off */

struct silence {
    const char *said;
    bool is_tls;
};

static struct raw_socket *dial_silently(struct test *test,
                                        const struct server *server)
{
    const struct silence *silence = test_row(test);
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, silence->said);
    return raw;
}

/* The oldest of them, but nobody who has spoken. */
static void test_silent_ones_give_way(struct test *test)
{
    const struct silence *silence = test_row(test);
    struct raw_socket *heard, *oldest, *younger, *newest;
    struct server *server;

    if (silence->is_tls)
        tls_skip_without(test);
    server = server_start(test, NULL, ARGUMENTS("--max-connections", "3"));
    heard = raw_connect(test, server);
    for (int i = 0; i < 2; i++) {
        raw_send(heard, REQUEST);
        (void)raw_await_reply(heard);
    }
    oldest = dial_silently(test, server);
    younger = raw_connect(test, server);
    newest = raw_connect(test, server);
    raw_send(newest, REQUEST);
    (void)raw_await_reply(newest);
    raw_await_close(oldest);
    (void)server_await_stderr(server, "said nothing was closed for a new one");
    raw_send(younger, REQUEST);
    (void)raw_await_reply(younger);
    raw_send(heard, REQUEST);
    (void)raw_await_reply(heard);
}

/* Four times as many as there may be. */
static void test_many_silent_ones(struct test *test)
{
    const struct silence *silence = test_row(test);
    const int many = 200;
    struct raw_socket *heard;
    struct server *server;

    if (silence->is_tls)
        tls_skip_without(test);
    server =
        server_start(test, NULL, ARGUMENTS("--max-connections", "50", "-q"));
    heard = raw_connect(test, server);
    for (int i = 0; i < many; i++) {
        struct raw_socket *raw;

        (void)dial_silently(test, server);
        raw_send(heard, REQUEST);
        (void)raw_await_reply(heard);
        raw = raw_connect(test, server);
        raw_send(raw, REQUEST);
        (void)raw_await_reply(raw);
        raw_reset(raw);
    }
}

/* More than there are descriptors for. */
static void test_descriptors(struct test *test)
{
    const struct silence *silence = test_row(test);
    const int many = 80;
    struct server *server;

    if (silence->is_tls)
        tls_skip_without(test);
    server = server_start_by_shell(test, "ulimit -n 64; exec \"$@\"",
                                   ARGUMENTS("--request-timeout", "600"));
    for (int i = 0; i < many; i++) {
        struct raw_socket *raw;

        (void)dial_silently(test, server);
        raw = raw_connect(test, server);
        raw_send(raw, REQUEST);
        (void)raw_await_reply(raw);
        raw_reset(raw);
    }
    (void)server_await_stderr(server, "descriptors run short");
}

int run_silence_tests(void)
{
    static const struct silence nothing = {"", false};
    static const struct silence half_a_hello = {HELLO, true};
    static const struct test_case cases[] = {
        {"silence: the oldest gives way", test_silent_ones_give_way, &nothing},
        {"silence: and so it does within its hello", test_silent_ones_give_way,
         &half_a_hello},
        {"silence: many keep nobody out", test_many_silent_ones, &nothing},
        {"silence: nor do many within their hello", test_many_silent_ones,
         &half_a_hello},
        {"silence: more than there are descriptors for", test_descriptors,
         &nothing},
        {"silence: as many within their hello", test_descriptors,
         &half_a_hello},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
