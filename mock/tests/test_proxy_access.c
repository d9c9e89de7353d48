/* Who may use the mock as a proxy, and for which hosts it answers. */
#include <string.h>

#include "check.h"
#include "control/proxy_access.h"
#include "message/request.h"

static const struct control_access loopback = {
    .loopback_only = true,
    .hosts = {"mock.test"},
    .host_count = 1,
};
static const struct control_access open_to_all = {.loopback_only = false};
static const struct control_access guarded = {.token = "secret"};

#define SERVER(access) .control = (access), .ports = {8080}, .port_count = 1

static const struct proxy_access sealed = {SERVER(&loopback), .has_tls = true};
static const struct proxy_access passing = {SERVER(&loopback), .has_tls = true,
                                            .pass_through = true};
static const struct proxy_access plain = {SERVER(&loopback)};
static const struct proxy_access open_proxy = {SERVER(&open_to_all),
                                               .has_tls = true};
static const struct proxy_access guarded_proxy = {SERVER(&guarded),
                                                  .has_tls = true};

struct row {
    const char *name;
    const struct proxy_access *access;
    const char *verb;
    const char *target;
    const char *authorization; /* NULL: none */
    const char *wanted;        /* "answer", "tunnel" or an error */
};

/* Of `any:secret`, `any:wrong` and `secret`, which has no colon. */
#define PASSWORD "Basic YW55OnNlY3JldA=="
#define WRONG    "Basic YW55Ondyb25n"
#define NO_COLON "Basic c2VjcmV0"

#define CONNECT(name, access, target, wanted)                                  \
    {                                                                          \
        name, &(access), "CONNECT", target, NULL, wanted                       \
    }
#define URL(name, access, target, wanted)                                      \
    {                                                                          \
        name, &(access), "GET", target, NULL, wanted                           \
    }
#define GUARDED(name, authorization, wanted)                                   \
    {                                                                          \
        name, &guarded_proxy, "CONNECT", "slack.com:443", authorization,       \
            wanted                                                             \
    }

static struct row rows[] = {
    CONNECT("Slack", sealed, "slack.com:443", "answer"),
    CONNECT("a host of Slack's", sealed, "FILES.slack.com:443", "answer"),
    CONNECT("the server itself", sealed, "127.0.0.1:8080", "answer"),
    CONNECT("the server by its name", sealed, "mock.test:8080", "answer"),
    CONNECT("another port of this machine", sealed, "localhost:8081",
            "forbidden_host"),
    CONNECT("another host", sealed, "example.com:443", "forbidden_host"),
    CONNECT("no authority", sealed, "example.com", "bad_request"),
    CONNECT("another host, let through", passing, "example.com:443", "tunnel"),
    CONNECT("Slack is never let through", passing, "slack.com:443", "answer"),
    CONNECT("nor is the server itself", passing, "localhost:8080", "answer"),
    CONNECT("Slack without TLS", plain, "slack.com:443", "no_tls"),
    CONNECT("Slack without TLS, plain", plain, "slack.com:80", "answer"),
    CONNECT("more than loopback", open_proxy, "slack.com:443", "proxy_off"),
    {"a URL, with more than loopback", &open_proxy, "GET", "http://slack.com/",
     NULL, "proxy_off"},
    URL("a URL", sealed, "http://slack.com/api/", "answer"),
    URL("a URL of the server", sealed, "http://Mock.test:8080/_mock/state",
        "answer"),
    URL("a URL of another port", sealed, "http://localhost:8081/",
        "forbidden_host"),
    URL("a URL without the port", sealed, "http://localhost/",
        "forbidden_host"),
    URL("a URL of another host", sealed, "http://example.com/api/auth.test",
        "forbidden_host"),
    URL("a URL that ends like Slack's", sealed, "http://evilslack.com/",
        "forbidden_host"),
    URL("another URL is never fetched", passing, "http://example.com/",
        "forbidden_host"),
    URL("a URL with a user", sealed, "http://slack.com@example.com/",
        "bad_request"),
    URL("a URL without TLS", plain, "https://slack.com/", "answer"),
    URL("no URL", sealed, "slack.com:80", "bad_request"),
    {"a URL, guarded", &guarded_proxy, "GET", "http://slack.com/", NULL,
     "proxy_authentication_required"},
    GUARDED("no token", NULL, "proxy_authentication_required"),
    GUARDED("the token as password", PASSWORD, "answer"),
    GUARDED("the token of a bearer", "Bearer secret", "answer"),
    GUARDED("another password", WRONG, "proxy_authentication_required"),
    GUARDED("another bearer", "Bearer secrets",
            "proxy_authentication_required"),
    GUARDED("the token without a user", NO_COLON,
            "proxy_authentication_required"),
};

static void it_is_judged(void **state)
{
    const struct row *row = *state;
    const struct request_header header = {"Proxy-Authorization",
                                          row->authorization};
    const struct request request = {
        .verb_name = row->verb,
        .target = row->target,
        .headers = &header,
        .header_count = row->authorization != NULL,
    };
    struct proxy_ruling ruling = proxy_access_judge(row->access, &request);
    const char *found = ruling.decision == PROXY_ANSWER   ? "answer"
                        : ruling.decision == PROXY_TUNNEL ? "tunnel"
                                                          : ruling.error;

    assert_string_equal(found, row->wanted);
    assert_true(ruling.decision != PROXY_REFUSE ||
                (ruling.status >= 400 && ruling.message));
}

static void a_tunnel_has_a_target(void **state)
{
    const struct request request = {.verb_name = "CONNECT",
                                    .target = "Example.com:8443"};
    struct proxy_ruling ruling = proxy_access_judge(&passing, &request);

    (void)state;
    assert_string_equal(ruling.target.host, "example.com");
    assert_number(ruling.target.port, 8443);
}

static void paths_are_for_nobody_else(void **state)
{
    (void)state;
    assert_false(proxy_is_meant("/api/auth.test"));
    assert_false(proxy_is_meant("*"));
    assert_false(proxy_is_meant(""));
    assert_true(proxy_is_meant("http://slack.com/"));
    assert_true(proxy_is_meant("slack.com:443"));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_judged, rows);
    add_test(&list, a_tunnel_has_a_target);
    add_test(&list, paths_are_for_nobody_else);
    return run_list("proxy_access", &list);
}
