/*
 * Tunnels by way of another proxy, the one that the environment names.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define TOKEN "secret"

/* Asks for a tunnel to a port of this machine. */
static struct raw_socket *
ask_for(struct test *test, const struct server *server, const char *target)
{
    struct raw_socket *raw = raw_connect(test, server);

    raw_send(raw, test_printf(test, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n",
                              target, target));
    return raw;
}

static const char *address_of(struct test *test, const struct server *server)
{
    return test_printf(test, "127.0.0.1:%d", server_port(server));
}

static void see_refusal(struct test *test, const struct server *server,
                        const char *target)
{
    struct raw_socket *raw = ask_for(test, server, target);
    const struct http_reply *reply = raw_await_reply(raw);

    assert_number(reply->status, 502);
    assert_json_text(reply->json, "error", "bad_gateway");
}

/* Finds these variables when it starts. */
static struct server *start_with(struct test *test, const char *variables)
{
    return server_start_by_shell(test,
                                 test_printf(test, "%s exec \"$@\"", variables),
                                 ARGUMENTS("--pass-through"));
}

static void see_exchange_with(struct test *test, struct server *server,
                              struct server *other)
{
    struct raw_socket *raw = ask_for(test, server, address_of(test, other));

    assert_number(raw_await_head(raw)->status, 200);
    raw_send_exchange(raw);
    assert_json(raw_await_reply(raw)->json, "ok", "true");
}

static void test_upstream_proxy(struct test *test)
{
    struct server *other = server_start(test, NULL, NULL);
    struct server *proxy =
        server_start(test, NULL, ARGUMENTS("--pass-through"));
    struct server *server = start_with(
        test, test_printf(test, "NO_PROXY=a.test HTTPS_PROXY=http://%s/",
                          address_of(test, proxy)));

    see_exchange_with(test, server, other);
    see_refusal(test, server, "127.0.0.1:1");
    assert_json_text(json_at(control_journal(test, proxy, ""), "requests.0"),
                     "path", "127.0.0.1:1");
}

/* Wants TOKEN as password of everybody. */
static struct server *start_guarded_proxy(struct test *test)
{
    return server_start(test, NULL,
                        ARGUMENTS("--listen", "0.0.0.0:0", "--control-token",
                                  TOKEN, "--pass-through"));
}

static void test_upstream_password(struct test *test)
{
    struct server *other = server_start(test, NULL, NULL);
    struct server *server = start_with(
        test, test_printf(test, "HTTPS_PROXY=http://any:s%%65cret@%s",
                          address_of(test, start_guarded_proxy(test))));

    see_exchange_with(test, server, other);
}

static void test_upstream_wrong_password(struct test *test)
{
    struct server *server = start_with(
        test, test_printf(test, "HTTPS_PROXY=http://any:wrong@%s",
                          address_of(test, start_guarded_proxy(test))));
    const cJSON *entry;

    see_refusal(test, server, "127.0.0.1:1");
    entry = json_at(control_journal(test, server, ""), "requests.0");
    assert_contains(cJSON_GetStringValue(json_at(entry, "hint")),
                    "another user or password");
    assert_lacks(server_stderr(server), "wrong");
}

/* The proxy is not there. */
static void test_bypassed_proxy(struct test *test)
{
    struct server *other = server_start(test, NULL, NULL);
    struct server *server =
        start_with(test, "NO_PROXY=127.0.0.0/8 HTTPS_PROXY=http://127.0.0.1:1");

    see_exchange_with(test, server, other);
    see_refusal(test, server, "10.255.255.1:1");
}

static const struct test_case cases[] = {
    {"proxy: by way of another proxy", test_upstream_proxy, NULL},
    {"proxy: by way of one with a password", test_upstream_password, NULL},
    {"proxy: by way of one with another password", test_upstream_wrong_password,
     NULL},
    {"proxy: not by way of a proxy that is bypassed", test_bypassed_proxy,
     NULL},
};

int run_upstream_proxy_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
