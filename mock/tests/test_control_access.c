/* Who may use the control API, by where it listens and what a request says. */
#include <string.h>

#include "check.h"
#include "control/control_access.h"
#include "message/request.h"

static const struct control_access loopback = {
    .loopback_only = true,
    .hosts = {"mock.test", "::1"},
    .host_count = 2,
};
static const struct control_access open_to_all = {.loopback_only = false};
static const struct control_access guarded = {.token = "secret"};

struct row {
    const char *name;
    const struct control_access *access;
    const char *header[2]; /* NULL: none */
    const char *host;
    const char *error; /* NULL: it may pass */
};

static struct row rows[] = {
    {"no Host at all", &loopback, {NULL}, NULL, NULL},
    {"localhost", &loopback, {NULL}, "LocalHost:8080", NULL},
    {"an IPv4 address", &loopback, {NULL}, "127.0.0.1:1", NULL},
    {"an IPv6 address", &loopback, {NULL}, "[::1]:1", NULL},
    {"the name listened on", &loopback, {NULL}, "Mock.Test:1", NULL},
    {"a name that DNS rebinding may give",
     &loopback,
     {NULL},
     "evil.test",
     "forbidden_host"},
    {"a name that begins with an address",
     &loopback,
     {NULL},
     "127.0.0.1.evil.test",
     "forbidden_host"},
    {"an address whose bracket never closes",
     &loopback,
     {NULL},
     "[::1",
     "forbidden_host"},
    {"an IPv6 address around an IPv4 one",
     &loopback,
     {NULL},
     "[::FFFF:127.0.0.1]",
     NULL},
    {"a name in brackets", &loopback, {NULL}, "[evil.com]", "forbidden_host"},
    {"digits in brackets", &loopback, {NULL}, "[fade]", "forbidden_host"},
    {"a name behind a colon",
     &loopback,
     {NULL},
     "[::evil.com]",
     "forbidden_host"},
    {"nothing in brackets", &loopback, {NULL}, "[]", "forbidden_host"},
    {"a name behind a port",
     &loopback,
     {NULL},
     "127.0.0.1:80@evil.example",
     "forbidden_host"},
    {"a name behind brackets",
     &loopback,
     {NULL},
     "[::1]evil.example",
     "forbidden_host"},
    {"a port that is none", &loopback, {NULL}, "localhost:x", "forbidden_host"},
    {"an empty Host", &loopback, {NULL}, "", "forbidden_host"},
    {"a page of our own",
     &loopback,
     {"Origin", "http://localhost:1"},
     "localhost:1",
     NULL},
    {"a page from another port",
     &loopback,
     {"Origin", "http://localhost:2"},
     "localhost:1",
     "forbidden_origin"},
    {"a page without a Host",
     &loopback,
     {"Origin", "http://localhost:1"},
     NULL,
     "forbidden_origin"},
    {"a page from nowhere",
     &loopback,
     {"Origin", "null"},
     "localhost:1",
     "forbidden_origin"},
    {"what another site embeds",
     &loopback,
     {"Sec-Fetch-Site", "cross-site"},
     "localhost",
     "forbidden_origin"},
    {"what another port embeds",
     &loopback,
     {"Sec-Fetch-Site", "same-site"},
     "localhost",
     "forbidden_origin"},
    {"what our own page embeds",
     &loopback,
     {"Sec-Fetch-Site", "same-origin"},
     "localhost",
     NULL},
    {"what a person typed",
     &loopback,
     {"Sec-Fetch-Site", "none"},
     "localhost",
     NULL},
    {"more than loopback",
     &open_to_all,
     {NULL},
     "localhost",
     "control_api_off"},
    {"the token", &guarded, {"Authorization", "Bearer secret"}, "any", NULL},
    {"no token", &guarded, {NULL}, "localhost", "unauthorized"},
    {"another token of that length",
     &guarded,
     {"Authorization", "Bearer secreT"},
     "localhost",
     "unauthorized"},
    {"the beginning of the token",
     &guarded,
     {"Authorization", "Bearer secre"},
     "localhost",
     "unauthorized"},
    {"more than the token",
     &guarded,
     {"Authorization", "Bearer secrets"},
     "localhost",
     "unauthorized"},
};

static void it_is_judged(void **state)
{
    const struct row *row = *state;
    const struct request_header headers[] = {
        {"Host", row->host ? row->host : ""},
        {row->header[0], row->header[1]},
    };
    const struct request request = {
        .method = "state",
        .target = "/_mock/state",
        .headers = row->host ? headers : headers + 1,
        .header_count = (size_t)(row->host != NULL) + (row->header[0] != NULL),
    };
    struct refusal refusal = control_access_check(row->access, &request);

    assert_string_equal(refusal.error ? refusal.error : "none",
                        row->error ? row->error : "none");
    if (!row->error)
        assert_number(refusal.status, 0);
    else
        assert_number(refusal.status,
                      strcmp(row->error, "unauthorized") == 0 ? 401 : 403);
}

struct followed {
    const char *name;
    enum verb verb;
    const char *destination;
    int status;
};

static struct followed follows[] = {
    {"a link", VERB_GET, "document", 0},
    {"a frame", VERB_GET, "iframe", 403},
    {"a form that posts", VERB_POST, "document", 403},
};

/* From a page that keeps its Origin to itself. */
static void another_site_may_link_here_and_no_more(void **state)
{
    const struct followed *row = *state;
    const struct request_header headers[] = {
        {"Host", "localhost"},
        {"Sec-Fetch-Site", "cross-site"},
        {"Sec-Fetch-Dest", row->destination},
    };
    const struct request request = {.verb = row->verb,
                                    .method = "state",
                                    .target = "/_mock/state",
                                    .headers = headers,
                                    .header_count = 3};

    assert_number(control_access_check(&loopback, &request).status,
                  row->status);
    assert_number(control_access_check_page(&loopback, &request).status,
                  row->status);
}

struct target_row {
    const char *name;
    const char *target;
    const char *host;
    bool may_pass;
};

static struct target_row target_rows[] = {
    {"a URL of localhost", "http://localhost:8080/_mock/state",
     "localhost:8080", true},
    {"a URL of an IPv6 address", "http://[::1]:8080/_mock/state", "[::1]:8080",
     true},
    {"a URL of the name listened on", "http://Mock.Test/_mock/state",
     "mock.test", true},
    {"a URL of Slack's", "http://slack.com/_mock/state", "slack.com", false},
    {"a URL of Slack's, with another Host", "http://slack.com/_mock/state",
     "localhost:8080", false},
    {"a URL with a Host of another", "http://localhost:8080/_mock/state",
     "evil.test", false},
    {"a URL with a user", "http://localhost@evil.test/_mock/state", "localhost",
     false},
};

/* The target's counts beside that of the header. */
static void a_url_names_a_host(void **state)
{
    const struct target_row *row = *state;
    const struct request_header header = {"Host", row->host};
    const struct request request = {.method = "state",
                                    .target = row->target,
                                    .headers = &header,
                                    .header_count = 1};
    struct refusal refusal = control_access_check(&loopback, &request);

    assert_string_equal(refusal.error ? refusal.error : "none",
                        row->may_pass ? "none" : "forbidden_host");
}

static void health_is_for_all(void **state)
{
    static const struct control_access *const accesses[] = {
        &loopback, &open_to_all, &guarded};
    const struct request_header headers[] = {{"Host", "evil.test"},
                                             {"Origin", "http://evil.test"}};
    const struct request request = {.method = "health",
                                    .target = "/_mock/health",
                                    .headers = headers,
                                    .header_count = 2};

    (void)state;
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++)
        assert_number(control_access_check(accesses[i], &request).status, 0);
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows(&list, it_is_judged, rows);
    add_rows(&list, another_site_may_link_here_and_no_more, follows);
    add_rows(&list, a_url_names_a_host, target_rows);
    add_test(&list, health_is_for_all);
    return run_list("control_access", &list);
}
