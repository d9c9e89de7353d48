/*
 * Clients that connect and say nothing, or begin TLS and leave it at that. They
 * keep nobody out.
 */
#include <signal.h>

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

/* ---- many hellos at once ---- */

/* A whole one, of TLS 1.2 for slack.com; its server has to sign something. */
static const char hello[] =
    "\x16\x03\x01\x00\x5b\x01\x00\x00\x57\x03\x03"
    "slackmockslackmockslackmock12345"
    "\x00\x00\x02\xc0\x2b\x01\x00\x00\x2c\x00\x00\x00\x0e\x00\x0c\x00\x00\x09"
    "slack."
    "com\x00\x0a\x00\x06\x00\x04\x00\x1d\x00\x17\x00\x0b\x00\x02\x01\x00\x00"
    "\x0d\x00\x06\x00\x04\x04\x03\x08\x04";

/* A call is not answered behind all of them. */
static void test_many_hellos(struct test *test)
{
    enum { MANY = 60 };
    struct raw_socket *raws[MANY];
    struct raw_socket *heard;
    struct server *server;
    int answered = 0;

    tls_skip_without(test);
    server = server_start(test, NULL, NULL);
    heard = raw_connect(test, server);
    raw_send(heard, REQUEST);
    (void)raw_await_reply(heard);
    server_signal(server, SIGSTOP);
    for (int i = 0; i < MANY; i++) {
        raws[i] = raw_connect(test, server);
        raw_send_bytes(raws[i], hello, sizeof hello - 1);
    }
    server_signal(server, SIGCONT);
    (void)raw_await_text(raws[0]);
    raw_send(heard, REQUEST);
    (void)raw_await_reply(heard);
    for (int i = 1; i < MANY; i++)
        answered += raw_has_input(raws[i]);
    assert_in_range(answered, 0, MANY - 2);
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
        {"silence: a call does not wait for many hellos", test_many_hellos,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
