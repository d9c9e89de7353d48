/*
 * Every object of the format, key by key: scenarios/schema.json, the program
 * and scenarios/README.md know the same keys, and both take the schema's
 * examples.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "json_schema.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "test_case.h"
#include "test_groups.h"

#define OFFERED_MAX 128

/* ---- examples ---- */

static void set_key(cJSON *object, const char *key, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    if (!cJSON_AddItemToObject(object, key, value))
        abort();
}

static void check_value(struct test *test, const cJSON *schema, const char *key,
                        const cJSON *value)
{
    const char *text = cJSON_GetStringValue(value);
    cJSON *object;
    cJSON *scenario = scenario_place_build(test, test_row(test), &object);

    if (text && strncmp(text, "./", 2) == 0)
        (void)test_file(test, text + 2, WORLD("\"seed\":1"));
    set_key(object, key, cJSON_Duplicate(value, true));
    scenario_assert_taken(test, schema, scenario);
}

static void check_values(struct test *test, const cJSON *schema,
                         const char *key, const cJSON *values)
{
    const cJSON *value;

    cJSON_ArrayForEach (value, values)
        check_value(test, schema, key, value);
}

/* An annotation of a property, or of the definition that it points to. */
static const cJSON *annotation(const cJSON *schema, const cJSON *property,
                               const char *keyword)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(property, keyword);

    if (own)
        return own;
    return cJSON_GetObjectItemCaseSensitive(
        json_schema_resolve(schema, property), keyword);
}

/* One sentence, which also says what holds without the key. */
static void check_description(const cJSON *schema, const cJSON *property)
{
    const char *text =
        cJSON_GetStringValue(annotation(schema, property, "description"));

    if (!text || text[strlen(text) - 1] != '.' || strstr(text, ". ") ||
        (!strstr(text, "default ") && !strstr(text, "required")))
        fail_msg("%s: wanted one sentence with the default: %s",
                 property->string, text ? text : "(none)");
}

/* What the schema gives as examples, as words and as limits. */
static void test_examples(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *property;

    cJSON_ArrayForEach (property,
                        scenario_place_properties(schema, test_row(test))) {
        const char *key = property->string;
        const cJSON *least = annotation(schema, property, "minimum");
        const cJSON *most = annotation(schema, property, "maximum");
        const cJSON *examples = annotation(schema, property, "examples");
        const cJSON *option;

        check_description(schema, property);
        if (cJSON_GetArraySize(examples) == 0)
            fail_msg("%s: wanted examples", key);
        check_values(test, schema, key, examples);
        check_values(test, schema, key, annotation(schema, property, "enum"));
        cJSON_ArrayForEach (option, annotation(schema, property, "anyOf"))
            check_values(test, schema, key,
                         cJSON_GetObjectItemCaseSensitive(option, "enum"));
        if (least)
            check_value(test, schema, key, least);
        if (most)
            check_value(test, schema, key, most);
    }
}

/* ---- keys ---- */

/*
 * Keys of the format that a version may not know yet. One that the program
 * comes to know has to come into the schema and the reference with it.
 */
static const char *const planned[] = {
    "codes",  "rate_limits", "stubs",       "refresh_grace", "expires_in",
    "header", "call",        "probability", "refresh_token", "sequence",
    "stage",  "delay",       "fault",
};

/* The reference's table and the schema's properties name the same keys. */
static void test_reference_has_the_keys(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const cJSON *properties =
        scenario_place_properties(scenario_schema(test), place);
    const char *keys[SCENARIO_KEYS_MAX];
    size_t count = scenario_place_keys(test, place, keys);

    for (size_t i = 0; i < count; i++)
        if (!cJSON_GetObjectItemCaseSensitive(properties, keys[i]))
            fail_msg("%s: the schema has no %s", place->heading, keys[i]);
    assert_number(cJSON_GetArraySize(properties), count);
}

/* Asked with a slip in it, the program names the very key. */
static void test_slips(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const char *keys[SCENARIO_KEYS_MAX];
    size_t count = scenario_place_keys(test, place, keys);
    cJSON *object;
    cJSON *scenario = scenario_place_build(test, place, &object);
    const char *slips[SCENARIO_KEYS_MAX];
    const char *said;

    for (size_t i = 0; i < count; i++) {
        /* Its last letter twice: never a key of its own. */
        slips[i] =
            test_printf(test, "%s%s", keys[i], keys[i] + strlen(keys[i]) - 1);
        set_key(object, slips[i], cJSON_CreateNull());
    }
    said = scenario_run_check(test, scenario_text(test, scenario))->err;
    for (size_t i = 0; i < count; i++)
        assert_contains(
            said,
            test_printf(test, ": %s.%s: unknown key; did you mean \"%s\"?\n",
                        place->path, slips[i], keys[i]));
}

/* The keys that are put into an object to see which of them it takes. */
struct offer {
    cJSON *object;
    const char *misfit;
    const char *keys[OFFERED_MAX];
    size_t count;
};

/* Those that it has already were taken before. */
static void offer_key(struct offer *offer, const char *key)
{
    if (cJSON_GetObjectItemCaseSensitive(offer->object, key) ||
        (offer->misfit && strcmp(key, offer->misfit) == 0))
        return;
    if (offer->count == OFFERED_MAX)
        fail_msg("more keys than the test has room for");
    set_key(offer->object, key, cJSON_CreateString("x"));
    offer->keys[offer->count++] = key;
}

static void offer_all_keys(struct test *test, struct offer *offer)
{
    const char *keys[SCENARIO_KEYS_MAX];

    for (size_t i = 0; i < sizeof planned / sizeof planned[0]; i++)
        offer_key(offer, planned[i]);
    for (size_t i = 0; i < scenario_place_count; i++) {
        size_t count = scenario_place_keys(test, &scenario_places[i], keys);

        for (size_t j = 0; j < count; j++)
            offer_key(offer, keys[j]);
    }
}

/* Of all keys, the program knows here what the schema has, and no other. */
static void test_program_has_the_keys(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const cJSON *properties =
        scenario_place_properties(scenario_schema(test), place);
    struct offer offer = {.misfit = place->misfit};
    cJSON *scenario = scenario_place_build(test, place, &offer.object);
    const char *said;

    offer_all_keys(test, &offer);
    said = scenario_run_check(test, scenario_text(test, scenario))->err;
    for (size_t i = 0; i < offer.count; i++) {
        const char *key = offer.keys[i];
        const char *at = test_printf(test, ": %s.%s: ", place->path, key);
        bool refused =
            strstr(said, test_printf(test, "%sunknown key", at)) ||
            strstr(said, test_printf(test, "%snot supported yet", at));

        if (refused == !!cJSON_GetObjectItemCaseSensitive(properties, key))
            fail_msg("%s: the program %s %s, and the schema does not",
                     place->heading, refused ? "refuses" : "knows", key);
    }
}

/* ---- the group ---- */

static const struct test_case cases[] = {
    {"every example is taken", test_examples, NULL},
    {"the reference lists its keys", test_reference_has_the_keys, NULL},
    {"a slip in a key names the key", test_slips, NULL},
    {"the program knows its keys", test_program_has_the_keys, NULL},
};

#define CASE_COUNT (sizeof cases / sizeof cases[0])

/* Each of these tests for each object. */
int run_schema_keys_tests(void)
{
    size_t count = scenario_place_count * CASE_COUNT;
    struct test_case *rows = calloc(count, sizeof *rows);
    char **names = calloc(count, sizeof *names);
    int failed;

    if (!rows || !names)
        abort();
    for (size_t i = 0; i < count; i++) {
        const struct scenario_place *place = &scenario_places[i / CASE_COUNT];
        const struct test_case *row = &cases[i % CASE_COUNT];

        names[i] = text_printf("schema: %s: %s", place->heading, row->name);
        rows[i] = (struct test_case){names[i], row->run, place};
    }
    failed = test_cases_run(rows, count);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(rows);
    return failed;
}
