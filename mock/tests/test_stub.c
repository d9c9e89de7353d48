/*
 * Methods that a scenario has a stub for: what may stand in one, what becomes
 * of it in a reply, and which arguments such a method takes.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "journal/journal.h"
#include "world.h"

#define STUB(reply) WITH("\"stubs\":{\"chat.postMessage\":" reply "}")
#define JSON_UTF8   "application/json; charset=utf-8"
#define JSON_ALONE  "application/json"
#define URLENCODED  "application/x-www-form-urlencoded"

/* ---- what may stand in one ---- */

#define AT "$.stubs[\"chat.postMessage\"]"

static struct mistake_row mistakes[] = {
    {"a key twice", STUB("{\"a\":1,\"a\":2}"),
     AT ".a: given twice; wanted each key once\n"},
    {"a key twice inside",
     STUB("{\"a\":[0,{\"b\":{\"c\":1,\"d\":2,\"c\":3}}]}"),
     AT ".a[1].b.c: given twice; wanted each key once\n"},
    {"an ok that is no boolean", STUB("{\"ok\":1}"),
     AT ".ok: found 1, wanted true or false\n"},
    {"a failure without its name", STUB("{\"ok\":false}"),
     AT ": missing \"error\"\n"},
    {"a failure whose name is no text", STUB("{\"ok\":false,\"error\":7}"),
     AT ".error: found 7, wanted a text that is not empty\n"},
    {"an error of a success", STUB("{\"error\":\"channel_not_found\"}"),
     AT ".error: found an error, wanted \"ok\": false beside it\n"},
    {"a warning that is no text", STUB("{\"warning\":[]}"),
     AT ".warning: found an array, wanted a text that is not empty\n"},
    {"metadata that are no object", STUB("{\"response_metadata\":null}"),
     AT ".response_metadata: found null, wanted an object\n"},
    {"warnings and messages that are no texts",
     STUB("{\"response_metadata\":{\"warnings\":\"w\",\"messages\":[1]}}"),
     AT ".response_metadata.warnings: found \"w\", wanted an array\n"
        "test.json: " AT ".response_metadata.messages[0]: found 1, wanted a "
        "text\n"},
};

/* ---- what becomes of it ---- */

struct row {
    const char *name;
    const char *scenario;
    const char *content_type;
    const char *body;
    const char *reply;
};

#define RULE(reply) "\"rules\":[{\"stage\":\"after\",\"reply\":" reply "}],"
#define RULED(rule, reply)                                                     \
    WITH(RULE(rule) "\"stubs\":{\"chat.postMessage\":" reply "}")

static struct row rows[] = {
    {"its fields", STUB("{\"ok\":true,\"ts\":\"1\"}"), JSON_UTF8, "{}",
     "{\"ok\":true,\"ts\":\"1\"}"},
    {"its numbers",
     STUB("{\"a\":9007199254740991,\"b\":-12345678901234,\"c\":0.5,\"d\":"
          "1e300,\"e\":[0,-7]}"),
     JSON_UTF8, "{}",
     "{\"ok\":true,\"a\":9007199254740991,\"b\":-12345678901234,\"c\":0.5,"
     "\"d\":1e+300,\"e\":[0,-7]}"},
    {"its metadata stand last",
     STUB("{\"response_metadata\":{\"next_cursor\":\"c\"},\"members\":[]}"),
     JSON_UTF8, "{}",
     "{\"ok\":true,\"members\":[],"
     "\"response_metadata\":{\"next_cursor\":\"c\"}}"},
    {"its metadata and a warning of the call",
     STUB("{\"response_metadata\":{\"next_cursor\":\"c\"}}"), JSON_ALONE, "{}",
     "{\"ok\":true,\"warning\":\"missing_charset\",\"response_metadata\":"
     "{\"next_cursor\":\"c\",\"warnings\":[\"missing_charset\"]}}"},
    {"its warnings and messages, the call's and the rule's",
     RULED("{\"messages\":[\"r\"]}",
           "{\"warning\":\"w\",\"response_metadata\":{\"messages\":[\"m\"],"
           "\"warnings\":[\"w\"],\"next_cursor\":\"\"}}"),
     JSON_ALONE, "{}",
     "{\"ok\":true,\"warning\":\"w,missing_charset\",\"response_metadata\":"
     "{\"next_cursor\":\"\",\"warnings\":[\"w\",\"missing_charset\"],"
     "\"messages\":[\"m\",\"r\"]}}"},
    {"one warning once",
     STUB("{\"warning\":\"a,missing_charset\",\"response_metadata\":"
          "{\"warnings\":[\"missing_charset\"]}}"),
     JSON_ALONE, "{}",
     "{\"ok\":true,\"warning\":\"a,missing_charset\",\"response_metadata\":"
     "{\"warnings\":[\"missing_charset\"]}}"},
    {"a failure",
     STUB("{\"needed\":\"chat:write\",\"error\":\"missing_scope\","
          "\"ok\":false}"),
     JSON_UTF8, "{}",
     "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"chat:write\"}"},
    {"a failure that names the method",
     STUB("{\"ok\":false,\"error\":\"unknown_method\",\"req_method\":\"x\"}"),
     JSON_UTF8, "{}",
     "{\"ok\":false,\"error\":\"unknown_method\",\"req_method\":\"x\"}"},
    {"a rule's error in its place",
     RULED("{\"error\":\"fatal_error\"}",
           "{\"ok\":false,\"error\":\"x\",\"warning\":\"w\","
           "\"response_metadata\":{\"next_cursor\":\"c\"}}"),
     JSON_UTF8, "{}", "{\"ok\":false,\"error\":\"fatal_error\"}"},

    {"structures as arguments", STUB("{}"), JSON_UTF8,
     "{\"channel\":\"C1\",\"blocks\":[{\"type\":\"divider\"}],"
     "\"metadata\":{\"a\":1}}",
     "{\"ok\":true}"},
    {"an array in a form", STUB("{}"), URLENCODED, "blocks[]=1",
     "{\"ok\":false,\"error\":\"invalid_array_arg\"}"},
    {"an array as a key of JSON", STUB("{}"), JSON_UTF8, "{\"blocks[]\":1}",
     "{\"ok\":false,\"error\":\"invalid_array_arg\"}"},
};

static const struct row *current_row;

static int row_setup(void **state)
{
    current_row = *state;
    return world_setup(state);
}

static const char *post(struct world *world, const char *content_type,
                        const char *body)
{
    const struct request_header headers[] = {
        {"Content-Type", content_type},
        {"Authorization", "Bearer " BOT_TOKEN},
    };
    const struct request request = {
        .verb = VERB_POST,
        .method = "chat.postMessage",
        .headers = headers,
        .header_count = 2,
        .body = body,
        .body_length = strlen(body),
        .host_time = HOST_TIME,
    };

    return world_call(world, &request);
}

static void it_answers(void **state)
{
    struct world *world = *state;

    world_load(world, current_row->scenario);
    assert_string_equal(
        post(world, current_row->content_type, current_row->body),
        current_row->reply);
}

static void a_failure_is_recorded(void **state)
{
    struct world *world = *state;

    world_load(world, STUB("{\"ok\":false,\"error\":\"ratelimited\"}"));
    post(world, JSON_UTF8, "{}");
    assert_string_equal(world->reply.record.error, "ratelimited");
    assert_number(world->reply.status, 429);
    assert_string_equal(reply_header(&world->reply, "Retry-After"), "30");
}

static void a_raw_body_hides_a_failure(void **state)
{
    struct world *world = *state;

    world_load(world, RULED("{\"body\":\"x\"}",
                            "{\"ok\":false,\"error\":\"ratelimited\"}"));
    assert_string_equal(post(world, JSON_UTF8, "{}"), "x");
    assert_null(world->reply.record.error);
    assert_number(world->reply.status, 200);
}

static void the_journal_has_a_structure_as_compact_text(void **state)
{
    struct world *world = *state;
    const struct journal_pair *blocks;

    world_load(world, STUB("{}"));
    post(world, JSON_UTF8, "{ \"blocks\": [ { \"type\" : \"divider\" } ] }");
    blocks = journal_at(mock_journal(world->mock), 0)->arguments;
    assert_string_equal(blocks->name.bytes, "blocks");
    assert_string_equal(blocks->value.bytes, "[{\"type\":\"divider\"}]");
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    world_add_mistakes(&list, mistakes, sizeof mistakes / sizeof *mistakes);
    add_rows_with(&list, it_answers, rows, row_setup, world_teardown);
    ADD(a_failure_is_recorded);
    ADD(a_raw_body_hides_a_failure);
    ADD(the_journal_has_a_structure_as_compact_text);
    return run_list("stubs", &list);
}
