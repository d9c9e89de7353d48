/*
 * The journal of answered requests: what an entry says, which entries a query
 * picks, what is masked, and how the oldest make room.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define SECRET_HEADER "Authorization: Bearer " USER_TOKEN

/* ---- what an entry says ---- */

static void test_entry(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const struct http_request request = {
        .target = EXCHANGE "?x=1",
        .headers = {FORM, "Host: mock.test", "Accept: text/html"},
        .body = BOT_FORM};
    const struct http_reply *reply = http_send(test, server, &request);
    const cJSON *journal = control_journal(test, server, "?secrets=1");
    const cJSON *entry;

    assert_keys(journal, "ok,requests,count,dropped");
    entry = json_at(journal, "requests.0");
    assert_keys(entry, "id,time,http_method,path,method,headers,arguments,"
                       "status,error,warnings,rule,reason,hint,fault,effect,"
                       "body");
    assert_json(entry, "id", "1");
    assert_json_text(entry, "time", MIDNIGHT);
    assert_json_text(entry, "http_method", "POST");
    assert_json_text(entry, "path", EXCHANGE "?x=1");
    assert_json_text(entry, "method", "oauth.v2.exchange");
    assert_json(entry, "headers",
                test_printf(test,
                            "{\"host\":\"mock.test\",\"content-type\":"
                            "\"application/x-www-form-urlencoded\","
                            "\"accept\":\"text/html\","
                            "\"content-length\":\"%zu\"}",
                            strlen(BOT_FORM)));
    assert_json(entry, "arguments",
                "{\"x\":\"1\",\"client_id\":\"" CLIENT_ID
                "\",\"client_secret\":\"" CLIENT_SECRET
                "\",\"token\":\"" BOT_TOKEN "\"}");
    assert_json(entry, "status", "200");
    assert_json(entry, "error", NULL);
    assert_json(entry, "warnings", "[]");
    assert_json(entry, "rule", NULL);
    assert_json(entry, "reason", NULL);
    assert_json(entry, "hint", NULL);
    assert_json(entry, "fault", NULL);
    assert_json_text(entry, "effect", "committed");
    assert_json_text(entry, "body", reply->body);
}

static void test_refused_entry(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"name\":\"r\",\"when\":{\"method\":"
                    "\"apps.uninstall\"},\"reply\":{\"status\":503,"
                    "\"body\":\"later\"}}]"));
    const struct http_request charset = {.target = EXCHANGE,
                                         .headers = {FORM ";charset=utf-8"},
                                         .body = APP_FORM};
    const cJSON *journal;

    http_send(test, server, &charset);
    life_call(test, server, "apps.uninstall", NULL, "");
    journal = control_journal(test, server, "");
    assert_json_text(journal, "requests.0.error", "invalid_arguments");
    assert_json(journal, "requests.0.warnings", "[\"superfluous_charset\"]");
    assert_json_text(journal, "requests.0.effect", "none");
    assert_json(journal, "requests.1.status", "503");
    assert_json_text(journal, "requests.1.rule", "r");
    assert_json_text(journal, "requests.1.body", "later");
}

/* The misuse that design section 2 names is said where a test looks first. */
static void test_hint(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    http_exchange(test, server,
                  test_printf(test, APP_FORM "&token=%s", pair.access));
    assert_contains(cJSON_GetStringValue(json_at(
                        control_journal(test, server, ""), "requests.1.hint")),
                    "long-lived");
}

static void test_nearly_matched(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"name\":\"only-bots\",\"when\":{\"method\":"
                    "\"oauth.v2.exchange\",\"token\":\"xoxb-*\"},"
                    "\"reply\":{\"error\":\"fatal_error\"}}]"));
    const char *hint;

    http_exchange(test, server, USER_FORM);
    hint = cJSON_GetStringValue(
        json_at(control_journal(test, server, ""), "requests.0.hint"));
    assert_contains(hint, "only-bots");
    assert_contains(hint, "token");
}

/* A method that reads forms, called with JSON: what it answers then. */
struct unread {
    const char *target;
    const char *body;
    const char *type;   /* a Content-Type */
    const char *bearer; /* a header; NULL for none */
    const char *error;
};

static void test_unread_json(struct test *test)
{
    const struct unread *row = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {.target = row->target,
                                         .headers = {row->type, row->bearer},
                                         .body = row->body};
    const cJSON *log;
    const cJSON *journal;

    assert_json_text(http_send(test, server, &request)->json, "error",
                     row->error);
    log = server_await_log(test, server, 1);
    journal = control_journal(test, server, "");
    assert_contains(cJSON_GetStringValue(json_at(log, "0.hint")),
                    "the body is JSON, which ");
    assert_contains(cJSON_GetStringValue(json_at(journal, "requests.0.hint")),
                    "application/x-www-form-urlencoded");
}

/* What a client repeats is one value, and no byte of it is lost silently. */
static void test_headers(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {
        .target = "/api/api.test",
        .headers = {"X-Twice: a", "X-Other: o", "x-tWICE: b", "X-Latin: \xe9"}};
    const cJSON *headers;

    http_send(test, server, &request);
    headers = json_at(control_journal(test, server, ""), "requests.0.headers");
    assert_json_text(headers, "x-twice", "a, b");
    assert_json_text(headers, "x-other", "o");
    assert_json_text(headers, "x-latin", "\xef\xbf\xbd");
}

static void test_decoded_arguments(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    life_call(test, server, "auth.test", NULL,
              "plain=a+b%2Fc&nul=x%00y&twice=1&twice=2");
    assert_contains(
        control_call(test, server, "GET /_mock/requests", NULL)->body,
        "\"arguments\":"
        "{\"plain\":\"a b/c\",\"nul\":\"x\\u0000y\",\"twice\":\"2\"}");
}

/* ---- what is masked ---- */

static void test_masked(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {
        .target = EXCHANGE "?token=" BOT_TOKEN,
        .headers = {FORM, SECRET_HEADER, "Cookie: d=xoxd-" USER_TOKEN},
        .body = APP_FORM};
    const char *masked;
    const char *shown;

    http_send(test, server, &request);
    masked = control_call(test, server, "GET /_mock/requests", NULL)->body;
    assert_lacks(masked, CLIENT_SECRET);
    assert_lacks(masked, BOT_TOKEN);
    assert_lacks(masked, USER_TOKEN);
    assert_contains(masked, CLIENT_ID);
    shown =
        control_call(test, server, "GET /_mock/requests?secrets=1", NULL)->body;
    assert_contains(shown, CLIENT_SECRET);
    assert_contains(shown, "?token=" BOT_TOKEN);
    assert_contains(shown, "Bearer " USER_TOKEN);
    assert_text(
        control_call(test, server, "GET /_mock/requests?secrets=0", NULL)->body,
        masked);
}

/* ---- which entries a query picks ---- */

#define THIRD "auth.test"

/* Five calls: an exchange twice, one refused by a rule, one without a token. */
static struct server *five_calls(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD("\"rules\":[{\"name\":\"down\",\"when\":{\"method\":\"" THIRD
              "\"},\"reply\":{\"error\":\"fatal_error\"}}]"));

    http_exchange(test, server, BOT_FORM);
    http_exchange(test, server, BOT_FORM);
    life_call(test, server, THIRD, USER_TOKEN, "");
    http_exchange(test, server, USER_FORM);
    http_exchange(test, server, APP_FORM);
    return server;
}

struct query {
    const char *text;
    const char *ids; /* of the entries that it picks */
};

static void test_query(struct test *test)
{
    const struct query *row = test_row(test);
    struct server *server = five_calls(test);
    const cJSON *journal = control_journal(test, server, row->text);
    const cJSON *entry;
    const char *ids = "";

    cJSON_ArrayForEach (entry,
                        cJSON_GetObjectItemCaseSensitive(journal, "requests"))
        ids = test_printf(test, "%s%s%.0f", ids, *ids ? "," : "",
                          cJSON_GetNumberValue(
                              cJSON_GetObjectItemCaseSensitive(entry, "id")));
    assert_text(ids, row->ids);
    assert_number(cJSON_GetNumberValue(
                      cJSON_GetObjectItemCaseSensitive(journal, "count")),
                  cJSON_GetArraySize(
                      cJSON_GetObjectItemCaseSensitive(journal, "requests")));
    assert_json(journal, "dropped", "0");
}

/* ---- which entries there are ---- */

static void call_times(struct test *test, struct server *server, int times)
{
    while (times--)
        life_call(test, server, "auth.test", USER_TOKEN, "");
}

static void test_ring(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--journal", "3"));
    const cJSON *journal;

    call_times(test, server, 3);
    assert_json(control_journal(test, server, ""), "dropped", "0");
    call_times(test, server, 2);
    journal = control_journal(test, server, "");
    assert_json(journal, "count", "3");
    assert_json(journal, "dropped", "2");
    assert_json(journal, "requests.0.id", "3");
    assert_json(journal, "requests.2.id", "5");
    control_do(test, server, "POST /_mock/reset", NULL);
    call_times(test, server, 1);
    journal = control_journal(test, server, "");
    assert_json(journal, "dropped", "0");
    assert_json(journal, "requests.0.id", "6");
}

/* Twenty bodies of a megabyte do not fit, few as the entries are. */
static void test_bytes(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *body = test_printf(test, "text=%0*d", 1 << 20 >> 1, 0);
    const cJSON *journal;
    double count;
    double dropped;

    for (int i = 0; i < 40; i++)
        life_call(test, server, "auth.test", USER_TOKEN, body);
    journal = control_journal(test, server, "");
    count = cJSON_GetNumberValue(
        cJSON_GetObjectItemCaseSensitive(journal, "count"));
    dropped = cJSON_GetNumberValue(
        cJSON_GetObjectItemCaseSensitive(journal, "dropped"));
    assert_number(count + dropped, 40);
    assert_true(count >= 10 && count <= 16);
    assert_json(journal, test_printf(test, "requests.%d.id", (int)count - 1),
                "40");
}

static void test_emptied(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const cJSON *journal;

    call_times(test, server, 2);
    control_do(test, server, "DELETE /_mock/requests", NULL);
    assert_json(control_journal(test, server, ""), "requests", "[]");
    call_times(test, server, 1);
    journal = control_journal(test, server, "");
    assert_json(journal, "count", "1");
    assert_json(journal, "requests.0.id", "3");
    assert_json(journal, "dropped", "0");
}

/* Who polls with `since` misses nothing and sees nothing twice. */
static void test_ids_outlive_worlds(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const cJSON *journal;

    call_times(test, server, 1);
    control_do(test, server, "PUT /_mock/scenario", STILL_WORLD);
    assert_json(control_journal(test, server, ""), "count", "0");
    call_times(test, server, 1);
    journal = control_journal(test, server, "?since=1");
    assert_json(journal, "count", "1");
    assert_json(journal, "requests.0.id", "2");
}

#define JSON "Content-Type: application/json"
#define UNREAD(title, target, body, type, bearer, error)                       \
    {                                                                          \
        "journal: JSON that is not read, " title, test_unread_json,            \
            &(const struct unread)                                             \
        {                                                                      \
            target, body, type, bearer, error                                  \
        }                                                                      \
    }
#define PICKS(text, entry_ids)                                                 \
    {                                                                          \
        "journal: " text, test_query, &(const struct query)                    \
        {                                                                      \
            text, entry_ids                                                    \
        }                                                                      \
    }

static const struct test_case cases[] = {
    {"journal: what an entry says", test_entry, NULL},
    {"journal: what the entry of a refusal says", test_refused_entry, NULL},
    {"journal: misuse has a hint", test_hint, NULL},
    UNREAD("an exchange", EXCHANGE, "{\"client_id\":\"1\"}", JSON, NULL,
           "invalid_arguments"),
    UNREAD("an exchange with a charset", EXCHANGE, "{\"client_id\":\"1\"}",
           JSON ";charset=utf-8", NULL, "invalid_arguments"),
    UNREAD("a refresh", "/api/oauth.v2.access?" APP_FORM,
           "{\"grant_type\":\"refresh_token\"}", JSON, NULL, "invalid_code"),
    UNREAD("a test that revokes", "/api/auth.revoke", "{\"test\":true}",
           JSON "; charset=utf-8", SECRET_HEADER, NULL),
    {"journal: a rule that nearly matched is named", test_nearly_matched, NULL},
    {"journal: repeated headers are joined", test_headers, NULL},
    {"journal: arguments are decoded", test_decoded_arguments, NULL},
    {"journal: secrets are masked unless asked for", test_masked, NULL},
    {"journal: no query picks all", test_query,
     &(const struct query){"", "1,2,3,4,5"}},
    PICKS("?method=oauth.v2.exchange", "1,2,4,5"),
    PICKS("?method=auth", ""),
    PICKS("?error=token_already_exchanged", "2"),
    PICKS("?token=" BOT_TOKEN, "1,2"),
    PICKS("?token=" USER_TOKEN, "3,4"),
    PICKS("?rule=down", "3"),
    PICKS("?since=3", "4,5"),
    PICKS("?since=99", ""),
    PICKS("?limit=2", "1,2"),
    PICKS("?limit=0", ""),
    PICKS("?since=1&limit=2&method=oauth.v2.exchange", "2,4"),
    {"journal: the oldest make room, and are counted", test_ring, NULL},
    {"journal: large bodies make room sooner", test_bytes, NULL},
    {"journal: DELETE empties it, ids go on", test_emptied, NULL},
    {"journal: ids go on in another world", test_ids_outlive_worlds, NULL},
};

int run_journal_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
