/*
 * Rate limits, seen from a client, on a clock that the test moves.
 */
#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LIMITED(limit)                                                         \
    WORLD("\"clock\":{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":true},"       \
          "\"teams\":[{\"id\":\"T2\"}],"                                       \
          "\"tokens\":[{\"token\":\"xoxb-2\",\"app\":\"A0APP\","               \
          "\"team\":\"T2\"}],"                                                 \
          "\"rate_limits\":{\"oauth.v2.exchange\":{" limit "}}")
#define OTHER_TEAM APP_FORM "&token=xoxb-2"
#define EXCHANGED  "token_already_exchanged"

static void advance(struct test *test, const struct server *server, int seconds)
{
    const struct http_request request = {
        .target = "/_mock/clock",
        .headers = {"Content-Type: application/json"},
        .body = test_printf(test, "{\"advance\":%d}", seconds)};

    assert_number(http_send(test, server, &request)->status, 200);
}

static void check_passes(struct test *test, const struct server *server,
                         const char *form, const char *error)
{
    const struct http_reply *reply = http_exchange(test, server, form);

    assert_number(reply->status, 200);
    assert_json_text(reply->json, "error", error);
    assert_null(http_header(reply, "Retry-After"));
}

static void check_limited(struct test *test, const struct server *server,
                          const char *form, const char *seconds)
{
    const struct http_reply *reply = http_exchange(test, server, form);

    assert_number(reply->status, 429);
    assert_text(reply->body, "{\"ok\":false,\"error\":\"ratelimited\"}");
    assert_text(http_header(reply, "Retry-After"), seconds);
    assert_text(http_header(reply, "Content-Type"),
                "application/json; charset=utf-8");
}

static void test_tier(struct test *test)
{
    struct server *server = server_start_with(test, LIMITED("\"tier\":3"));

    check_passes(test, server, BOT_FORM, NULL);
    for (int i = 1; i < 50; i++)
        check_passes(test, server, BOT_FORM, EXCHANGED);
    check_limited(test, server, BOT_FORM, "2");
    check_limited(test, server, USER_FORM, "2");
    advance(test, server, 2);
    check_passes(test, server, USER_FORM, NULL);
}

static void test_other_teams_go_on(struct test *test)
{
    struct server *server =
        server_start_with(test, LIMITED("\"per_minute\":1"));

    check_passes(test, server, BOT_FORM, NULL);
    check_limited(test, server, BOT_FORM, "60");
    check_passes(test, server, OTHER_TEAM, NULL);
    check_limited(test, server, OTHER_TEAM, "60");
}

static void test_other_methods_go_on(struct test *test)
{
    struct server *server =
        server_start_with(test, LIMITED("\"per_minute\":1"));
    const struct http_request request = {
        .target = "/api/auth.test",
        .headers = {FORM, "Authorization: Bearer " USER_TOKEN},
        .body = ""};

    check_passes(test, server, BOT_FORM, NULL);
    check_limited(test, server, BOT_FORM, "60");
    assert_json(http_send(test, server, &request)->json, "ok", "true");
}

/* A refused exchange has no effect: the same call succeeds a minute later. */
static void test_retry(struct test *test)
{
    struct server *server =
        server_start_with(test, LIMITED("\"per_minute\":2,\"burst\":1"));

    check_passes(test, server, USER_FORM, NULL);
    check_limited(test, server, BOT_FORM, "30");
    advance(test, server, 29);
    check_limited(test, server, BOT_FORM, "1");
    advance(test, server, 1);
    check_passes(test, server, BOT_FORM, NULL);
}

/* No limit is there unless it is asked for. */
static void test_none(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    check_passes(test, server, BOT_FORM, NULL);
    for (int i = 0; i < 300; i++)
        check_passes(test, server, BOT_FORM, EXCHANGED);
}

static const struct test_case cases[] = {
    {"limits: tier 3 is fifty calls", test_tier, NULL},
    {"limits: another team's calls go on", test_other_teams_go_on, NULL},
    {"limits: other methods go on", test_other_methods_go_on, NULL},
    {"limits: who waits as long as told succeeds", test_retry, NULL},
    {"limits: the default world has none", test_none, NULL},
};

int run_limits_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
