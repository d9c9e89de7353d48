/*
 * Rules that look at the arguments of a call.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define BEARER    "Authorization: Bearer " BOT_TOKEN
#define JSON      "Content-Type: application/json; charset=utf-8"
#define MULTIPART "Content-Type: multipart/form-data; boundary=cut"
#define LIST      "/api/conversations.list"

/* A world in which a call of those arguments is lost. */
#define WANTED(arguments)                                                      \
    WORLD("\"stubs\":{\"conversations.list\":{}},"                             \
          "\"rules\":[{\"name\":\"r\",\"when\":{\"method\":"                   \
          "\"conversations.*\",\"argument\":{" arguments "}},"                 \
          "\"reply\":{\"error\":\"fatal_error\"}}]")

struct aimed {
    const char *scenario;
    struct http_request request;
    bool met;
    const char *hint; /* a part of it; NULL for none */
};

static void test_aimed(struct test *test)
{
    const struct aimed *row = test_row(test);
    struct server *server = server_start_with(test, row->scenario);
    const struct http_reply *reply = http_send(test, server, &row->request);
    const cJSON *hint = json_at(server_await_log(test, server, 1), "0.hint");

    assert_json_text(reply->json, "error", row->met ? "fatal_error" : NULL);
    if (row->hint)
        assert_contains(cJSON_GetStringValue(hint), row->hint);
    else
        assert_true(!hint || cJSON_IsNull(hint));
}

/* An answer for each of several refresh tokens, as of several installations. */
static void test_refresh_token(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD(
            "\"rules\":[{\"when\":{\"argument\":{\"refresh_token\":"
            "\"xoxe-1-gone*\",\"grant_type\":\"refresh_token\"}},"
            "\"reply\":{\"error\":\"token_revoked\",\"undocumented\":true}}]"));
    struct http_request request = {
        .target = "/api/oauth.v2.access",
        .headers = {FORM},
        .body =
            APP_FORM "&grant_type=refresh_token&refresh_token=xoxe-1-gone1"};

    assert_json_text(http_send(test, server, &request)->json, "error",
                     "token_revoked");
    request.body =
        APP_FORM "&grant_type=refresh_token&refresh_token=xoxe-1-other";
    assert_json_text(http_send(test, server, &request)->json, "error",
                     "invalid_refresh_token");
}

#define AIMED(title, wanted, met, hint, ...)                                   \
    {                                                                          \
        "rules-arguments: " title, test_aimed, &(const struct aimed)           \
        {                                                                      \
            WANTED(wanted), {__VA_ARGS__}, met, hint                           \
        }                                                                      \
    }
#define CURSOR    "\"cursor\":\"page/*\""
#define NO_CURSOR "\"cursor\":null"
#define KEPT      "only its argument "

static const struct test_case cases[] = {
    AIMED("one in the query", CURSOR, true, NULL,
          .target = LIST "?cursor=page%2F2", .headers = {BEARER}),
    AIMED("one in a form", CURSOR, true, NULL, .target = LIST,
          .headers = {FORM, BEARER}, .body = "cursor=page%2f2"),
    AIMED("one in JSON", CURSOR, true, NULL, .target = LIST,
          .headers = {JSON, BEARER}, .body = "{\"cursor\":\"page/2\"}"),
    AIMED("one in multipart", CURSOR, true, NULL, .target = LIST,
          .headers = {MULTIPART, BEARER},
          .body = "--cut\r\nContent-Disposition: form-data; "
                  "name=\"cursor\"\r\n\r\npage/2\r\n--cut--"),
    AIMED("a number in JSON", "\"limit\":\"1?\"", true, NULL, .target = LIST,
          .headers = {JSON, BEARER}, .body = "{\"limit\":10}"),
    AIMED("the body's counts, not the query's", CURSOR, false,
          KEPT "cursor kept it from this call", .target = LIST "?cursor=page/1",
          .headers = {FORM, BEARER}, .body = "cursor=other"),
    AIMED("one that is absent", CURSOR, false,
          KEPT "cursor kept it from this call, which has none", .target = LIST,
          .headers = {BEARER}),
    AIMED("an empty one", "\"cursor\":\"\"", true, NULL,
          .target = LIST "?cursor=", .headers = {BEARER}),
    AIMED("none, and there is none", NO_CURSOR, true, NULL, .target = LIST,
          .headers = {BEARER}),
    AIMED("none, and there is an empty one", NO_CURSOR, false,
          KEPT "cursor kept it from this call",
          .target = LIST "?cursor=", .headers = {BEARER}),
    AIMED("two of which one fits", CURSOR ",\"team_id\":\"T1\"", false,
          KEPT "team_id", .target = LIST "?cursor=page/2&team_id=T2",
          .headers = {BEARER}),
    AIMED("two of which none fits", CURSOR ",\"team_id\":\"T1\"", false, NULL,
          .target = LIST "?cursor=2&team_id=T2", .headers = {BEARER}),
    AIMED("two that fit", CURSOR ",\"team_id\":\"T?\"", true, NULL,
          .target = LIST "?cursor=page/2&team_id=T2", .headers = {BEARER}),
    {"rules-arguments: an answer by refresh token", test_refresh_token, NULL},
};

int run_rules_arguments_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
