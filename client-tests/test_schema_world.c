/*
 * Saved worlds before both judges. SAVED has every key that one can have;
 * whatever becomes of a value in it, scenarios/schema.json and the program say
 * the same, but for what names something elsewhere in the document.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "event_receiver.h"
#include "event_world.h"
#include "http_client.h"
#include "http_reply.h"
#include "life.h"
#include "scenario_check.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define SAVED "client-tests/saved_world.json"

static cJSON *saved_world(struct test *test)
{
    return test_json(test, test_read(test, SAVED));
}

/* ---- both take it ---- */

static void test_the_document_is_taken(struct test *test)
{
    scenario_assert_taken(test, saved_world(test));
}

static const cJSON *now(struct test *test, const struct server *server)
{
    return control_call(test, server, "GET /_mock/world", NULL)->json;
}

/* With an event that failed once, a PATCH of what was issued, and limits. */
static void test_a_rich_world_is_taken(struct test *test)
{
    struct event_receiver *receiver = receiver_open(test);
    struct server *server = event_start_with(test, receiver);
    struct pair pair;

    control_do(test, server, "PATCH /_mock/scenario",
               WORLD("\"rate_limits\":\"documented\",\"consent\":\"allow\""));
    pair = life_exchange(test, server, USER_FORM);
    pair = life_refresh(test, server, pair.refresh);
    control_do(test, server, "PATCH /_mock/scenario",
               test_printf(test,
                           "{\"tokens\":[{\"token\":\"%s\",\"state\":"
                           "\"revoked\"}],\"rules\":[{\"name\":\"added\","
                           "\"reply\":{\"error\":\"fatal_error\"},"
                           "\"when\":{\"method\":\"api.test\"}}]}",
                           pair.access));
    (void)http_send(test, server,
                    &(struct http_request){
                        .target = "/oauth/v2/authorize?scope=commands&"
                                  "client_id=" CLIENT_ID
                                  "&redirect_uri=http://localhost/%C3%A4"});
    life_refused(life_call(test, server, "api.test", NULL, ""), "fatal_error");
    event_uninstall(test, server, "");
    receiver_verify(receiver);
    receiver_answer(receiver_await_event(receiver, "tokens_revoked"), "500 No",
                    "", "\xff");
    (void)receiver_await_event(receiver, "tokens_revoked");
    scenario_assert_taken(test, now(test, server));
}

/* ---- the document has every key ---- */

static const cJSON *definition_of(const cJSON *root, const cJSON *schema)
{
    static const char definitions[] = "#/$defs/";
    const char *reference =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(schema, "$ref"));

    if (!reference || strncmp(reference, definitions, strlen(definitions)) != 0)
        return schema;
    return cJSON_GetObjectItemCaseSensitive(json_at(root, "$defs"),
                                            reference + strlen(definitions));
}

/* Takes from `unseen` the keys that a value has, and what is in it. */
static void see(const cJSON *root, const cJSON *schema, const cJSON *value,
                cJSON *unseen)
{
    const cJSON *definition = definition_of(root, schema);
    const cJSON *properties =
        cJSON_GetObjectItemCaseSensitive(definition, "properties");
    cJSON *keys =
        definition->string
            ? cJSON_GetObjectItemCaseSensitive(unseen, definition->string)
            : NULL;
    const cJSON *member;

    cJSON_ArrayForEach (member, value) {
        const cJSON *inside =
            cJSON_IsArray(value)
                ? cJSON_GetObjectItemCaseSensitive(definition, "items")
                : cJSON_GetObjectItemCaseSensitive(properties, member->string);

        if (cJSON_IsObject(value))
            cJSON_DeleteItemFromObjectCaseSensitive(keys, member->string);
        if (inside)
            see(root, inside, member, unseen);
    }
}

static void test_the_document_has_every_key(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    cJSON *unseen = test_json(test, "{}");
    const cJSON *definition;
    const cJSON *keys;

    cJSON_ArrayForEach (definition, json_at(schema, "$defs")) {
        const cJSON *properties =
            cJSON_GetObjectItemCaseSensitive(definition, "properties");

        if (strncmp(definition->string, "saved_", strlen("saved_")) == 0 &&
            properties)
            cJSON_AddItemToObject(unseen, definition->string,
                                  cJSON_Duplicate(properties, true));
    }
    assert_true(cJSON_GetArraySize(unseen) > 10);
    see(schema, json_at(schema, "properties.world"),
        json_at(saved_world(test), "world"), unseen);
    cJSON_ArrayForEach (keys, unseen)
        if (keys->child)
            fail_msg(SAVED " has no %s of %s", keys->child->string,
                     keys->string);
}

/* ---- the document, damaged ---- */

/* What no schema can tell: each is about another place of the document. */
static const char *const elsewhere[] = {
    "than there are entries in",
    "wanted one for each of",
    "of this scenario",
    "wanted the place of a newer token of its chain",
    "wanted a whole number from 0 to 0\n", /* the place of a pair */
    "its state does not fit its attempts", /* whether the last is over */
};

static bool is_elsewhere(const char *mistakes)
{
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strstr(mistakes, elsewhere[i]))
            return true;
    return false;
}

struct judges {
    struct test *test;
    const struct server *server;
    const cJSON *document;
    size_t refused; /* by both */
};

static void check_alike(struct judges *judges, const char *place)
{
    const char *text = scenario_text(judges->test, judges->document);
    const char *mistakes =
        scenario_mistakes(judges->test, judges->server, text);
    const char *complaint;
    const bool fits = scenario_fits(judges->test, text, &complaint);

    if (!fits && *mistakes)
        judges->refused++;
    else if (!fits || (*mistakes && !is_elsewhere(mistakes)))
        fail_msg("%s: the program says %s, the schema says %s in %s", place,
                 *mistakes ? mistakes : "ok", fits ? "ok" : complaint, text);
}

static const char kinds[] =
    "[null, true, -1, 1.5, \"\", [], {}, [1], \"x\", 1e17, {\"hex\":\"f\"}]";

/* A value is another one for a while: its key and its place stay. */
static void put_value(cJSON *node, const cJSON *value)
{
    node->type = value->type;
    node->child = value->child;
    node->valuestring = value->valuestring;
    node->valuedouble = value->valuedouble;
}

static void try_kinds(struct judges *judges, cJSON *node)
{
    const cJSON *values = test_json(judges->test, kinds);
    const cJSON kept = *node;
    const cJSON *value;

    cJSON_ArrayForEach (value, values) {
        put_value(node, value);
        check_alike(judges, kept.string ? kept.string : "an entry");
        put_value(node, &kept);
    }
}

/* `link` leads to it from what stands before it. */
static void try_without(struct judges *judges, cJSON **link)
{
    cJSON *node = *link;

    *link = node->next;
    check_alike(judges, node->string ? node->string : "an entry");
    *link = node;
}

/* Both refuse it, whatever else they say. */
static void try_unknown_key(struct judges *judges, cJSON *object)
{
    const size_t refused = judges->refused;

    cJSON_AddNullToObject(object, "unheard_of");
    check_alike(judges, "unheard_of");
    assert_number(judges->refused, refused + 1);
    cJSON_DeleteItemFromObjectCaseSensitive(object, "unheard_of");
}

/* Scenarios and rules in it are tested as those of any file. */
static bool is_tested_elsewhere(const cJSON *node)
{
    return node->string &&
           (strcmp(node->string, "scenario") == 0 ||
            (strcmp(node->string, "rule") == 0 && cJSON_IsObject(node)));
}

static void damage(struct judges *judges, cJSON *node)
{
    cJSON **link;

    if (is_tested_elsewhere(node))
        return;
    if (cJSON_IsObject(node))
        try_unknown_key(judges, node);
    for (link = &node->child; *link; link = &(*link)->next) {
        try_kinds(judges, *link);
        try_without(judges, link);
        damage(judges, *link);
    }
}

static void test_damages_are_told_alike(struct test *test)
{
    cJSON *document = saved_world(test);
    struct judges judges = {
        .test = test,
        .server = server_start(test, NULL, NULL),
        .document = document,
    };

    damage(&judges, cJSON_GetObjectItemCaseSensitive(document, "world"));
    assert_true(judges.refused > 1000);
}

static const struct test_case cases[] = {
    {"schema: both take the saved world of these tests",
     test_the_document_is_taken, NULL},
    {"schema: both take what a server has saved", test_a_rich_world_is_taken,
     NULL},
    {"schema: every key of a saved world is tested",
     test_the_document_has_every_key, NULL},
    {"schema: both tell damages of a saved world", test_damages_are_told_alike,
     NULL},
};

int run_schema_world_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
