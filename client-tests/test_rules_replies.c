/*
 * Bodies that a rule gives: JSON, bytes, fields over the method's own; and the
 * stage of each reply of a sequence.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "scenario_check.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define RULES(rules)  WORLD("\"rules\":[" rules "]")
#define REPLY(fields) RULES("{\"times\":1,\"reply\":{" fields "}}")

/* ---- json ---- */

/* Sent as it stands, `ok` before the rest, with the headers of any reply. */
static void test_object(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"json\":{\"team\":{\"id\":null,\"n\":1.50},"
                    "\"list\":[1,true],\"ok\":true}"));
    const struct http_request request = {
        .target = "/api/auth.test",
        .headers = {"Authorization: Bearer " BOT_TOKEN}};
    const struct http_reply *reply = http_send(test, server, &request);

    assert_text(reply->body, "{\"ok\":true,\"team\":{\"id\":null,\"n\":1.5},"
                             "\"list\":[1,true]}");
    assert_text(http_header(reply, "Content-Type"),
                "application/json; charset=utf-8");
    assert_true(http_header(reply, "X-OAuth-Scopes") != NULL);
    assert_contains(http_send(test, server, &request)->body, "\"url\":");
}

/* What is sent is what the log and the journal tell; nothing took effect. */
static void test_json_failure(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"json\":{\"error\":\"own\",\"ok\":false,"
                    "\"needed\":\"x\"}"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);
    const cJSON *journal = control_journal(test, server, "");

    assert_text(reply->body,
                "{\"ok\":false,\"error\":\"own\",\"needed\":\"x\"}");
    assert_json_text(journal, "requests.0.error", "own");
    assert_json_text(journal, "requests.0.effect", "none");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

static void test_json_without_ok(struct test *test)
{
    struct server *server =
        server_start_with(test, REPLY("\"json\":{},\"status\":201"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->status, 201);
    assert_text(reply->body, "{}");
}

static void test_json_indented(struct test *test)
{
    struct server *server =
        server_start_with(test, REPLY("\"json\":{\"a\":1,\"ok\":true}"));

    assert_text(http_exchange(test, server, BOT_FORM "&pretty=1")->body,
                "{\n    \"ok\": true,\n    \"a\": 1\n}");
}

/* ---- fields ---- */

/* Over the method's own, which takes effect; new ones stand after them. */
static void test_fields(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"fields\":{\"expires_in\":7,\"team\":{\"name\":\"Own\"},"
                    "\"new\":[],\"enterprise\":{\"id\":\"E1\"}},"
                    "\"warnings\":[\"missing_charset\"]"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_keys(reply->json, "ok,app_id,token_type,scope,access_token,"
                             "bot_user_id,refresh_token,expires_in,team,"
                             "enterprise,new,warning,response_metadata");
    assert_json(reply->json, "expires_in", "7");
    assert_json(reply->json, "team", "{\"id\":\"T0TEAM\",\"name\":\"Own\"}");
    assert_json(reply->json, "enterprise", "{\"id\":\"E1\"}");
    control_assert_state(test, server, BOT_TOKEN, "exchanged");
}

/* A failure has none of them. */
static void test_fields_of_a_failure(struct test *test)
{
    struct server *server =
        server_start_with(test, REPLY("\"fields\":{\"expires_in\":7}"));

    assert_text(http_exchange(test, server, BOT_FORM "x")->body,
                "{\"ok\":false,\"error\":\"invalid_token\"}");
}

/* A cursor for the next page lies over a stub's. */
/* They can make a failure of it: the log and the journal tell what was sent. */
static void test_fields_that_fail(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"fields\":{\"ok\":false,\"error\":\"own\"}"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);
    const cJSON *journal = control_journal(test, server, "");

    assert_json(reply->json, "ok", "false");
    assert_json_text(reply->json, "error", "own");
    assert_json_text(journal, "requests.0.error", "own");
    assert_json_text(journal, "requests.0.effect", "committed");
}

static void test_fields_of_a_stub(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD(
            "\"stubs\":{\"users.list\":{\"members\":[1],"
            "\"response_metadata\":{\"next_cursor\":\"2\",\"a\":1}}},"
            "\"rules\":[{\"when\":{\"argument\":{\"cursor\":\"2\"}},\"reply\":"
            "{\"fields\":{\"members\":[2],\"response_metadata\":"
            "{\"next_cursor\":\"\"}}}}]"));
    const struct http_request request = {
        .target = "/api/users.list?cursor=2",
        .headers = {"Authorization: Bearer " BOT_TOKEN}};

    assert_text(http_send(test, server, &request)->body,
                "{\"ok\":true,\"members\":[2],\"response_metadata\":"
                "{\"next_cursor\":\"\",\"a\":1}}");
}

/* ---- body_base64 ---- */

/* "a", 0, 255, "b": no text at all. */
static void test_bytes(struct test *test)
{
    struct server *server = server_start_with(
        test, REPLY("\"body_base64\":\"YQD/Yg==\",\"content_type\":null,"
                    "\"headers\":{\"Content-Encoding\":\"x-own\"}"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_number(reply->length, 4);
    assert_memory_equal(reply->body,
                        "a\0\xff"
                        "b",
                        4);
    assert_text(http_header(reply, "Content-Length"), "4");
    assert_text(http_header(reply, "Content-Encoding"), "x-own");
    assert_text(http_header(reply, "Content-Type"), NULL);
    control_assert_state(test, server, BOT_TOKEN, "active");
}

/* ---- the flow that has them all ---- */

struct page {
    const char *target;
    const char *path; /* in its body, and what stands there */
    const char *value;
    const char *encoding; /* in which the body is not looked at */
};

static void test_pages(struct test *test)
{
    static const struct page pages[] = {
        {"/api/users.list", "members.0.id", "U0ONE", NULL},
        {"/api/users.list", "response_metadata.next_cursor", "page2", NULL},
        {"/api/users.list?cursor=page2", "members.0.id", "U0TWO", NULL},
        {"/api/users.list?cursor=page3", NULL, NULL, "gzip"},
        {"/api/users.list?cursor=page4", "error", "invalid_cursor", NULL},
    };
    struct server *server =
        server_start(test, "scenarios/flows/pages-by-cursor.json", NULL);

    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        const struct http_request request = {
            .target = pages[i].target,
            .headers = {"Authorization: Bearer " BOT_TOKEN}};
        const struct http_reply *reply = http_send(test, server, &request);

        assert_text(http_header(reply, "Content-Encoding"), pages[i].encoding);
        if (pages[i].encoding)
            assert_memory_equal(reply->body, "\x1f\x8b", 2);
        else
            assert_json_text(reply->json, pages[i].path, pages[i].value);
    }
}

/* ---- a stage for each reply of a sequence ---- */

static void test_stages(struct test *test)
{
    struct server *server = server_start_with(
        test, RULES("{\"stage\":\"after\",\"sequence\":["
                    "{\"error\":\"fatal_error\",\"stage\":\"before\"},"
                    "{\"error\":\"internal_error\"}]}"));

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    control_assert_state(test, server, BOT_TOKEN, "active");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "internal_error");
    control_assert_state(test, server, BOT_TOKEN, "exchanged");
    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "token_already_exchanged");
}

/* ---- mistakes ---- */

struct mistake {
    const char *scenario;
    const char *said; /* after the file's name */
};

static void test_mistake(struct test *test)
{
    const struct mistake *row = test_row(test);
    const struct program_run *run = scenario_run_check(test, row->scenario);

    assert_number(run->status, 1);
    assert_contains(run->err, row->said);
}

#define MISTAKE(title, fields, said)                                           \
    {                                                                          \
        "rules-replies: --check refuses " title, test_mistake,                 \
            &(const struct mistake)                                            \
        {                                                                      \
            REPLY(fields), "x.json: $.rules[0].reply" said                     \
        }                                                                      \
    }

static const struct test_case cases[] = {
    {"rules-replies: json as it stands, ok first", test_object, NULL},
    {"rules-replies: json that says a failure", test_json_failure, NULL},
    {"rules-replies: json without ok", test_json_without_ok, NULL},
    {"rules-replies: json as pretty as asked for", test_json_indented, NULL},
    {"rules-replies: fields over the method's own", test_fields, NULL},
    {"rules-replies: no fields over a failure", test_fields_of_a_failure, NULL},
    {"rules-replies: fields that make a failure of it", test_fields_that_fail,
     NULL},
    {"rules-replies: fields over a stub", test_fields_of_a_stub, NULL},
    {"rules-replies: bytes in base64", test_bytes, NULL},
    {"rules-replies: the pages of a flow", test_pages, NULL},
    {"rules-replies: a stage for each of a sequence", test_stages, NULL},
    MISTAKE("two bodies", "\"json\":{},\"body\":\"x\"",
            ": found \"body\" and \"json\", wanted one of them"),
    MISTAKE("fields over a body", "\"fields\":{},\"body_base64\":\"eA==\"",
            ": found \"body_base64\" and \"fields\", wanted one of them"),
    MISTAKE("what is no base64", "\"body_base64\":\"a\"",
            ".body_base64: found \"a\", wanted bytes in base64"),
    MISTAKE("json that is no object", "\"json\":[]",
            ".json: found an array, wanted an object"),
    MISTAKE("a key twice in json", "\"json\":{\"a\":[{\"b\":1,\"b\":2}]}",
            ".json.a[0].b: given twice; wanted each key once"),
};

int run_rules_replies_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
