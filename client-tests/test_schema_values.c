/*
 * What stands behind each key: the program takes what scenarios/schema.json
 * shows as examples, and refuses what the schema refuses.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "json_schema.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "test_case.h"
#include "test_groups.h"

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

/* The small scenario of the place at hand, with that value for that key. */
static cJSON *build(struct test *test, const char *key, const cJSON *value)
{
    cJSON *object;
    cJSON *scenario = scenario_place_build(test, test_row(test), &object);

    scenario_set_key(object, key, cJSON_Duplicate(value, true));
    if (strcmp(key, "sequence") == 0) /* a rule has this or a reply */
        cJSON_DeleteItemFromObjectCaseSensitive(object, "reply");
    return scenario;
}

/* ---- examples ---- */

static void check_value(struct test *test, const cJSON *schema, const char *key,
                        const cJSON *value)
{
    const char *text = cJSON_GetStringValue(value);

    if (text && strncmp(text, "./", 2) == 0)
        (void)test_file(test, text + 2, WORLD("\"seed\":1"));
    scenario_assert_taken(test, schema, build(test, key, value));
}

static void check_values(struct test *test, const cJSON *schema,
                         const char *key, const cJSON *values)
{
    const cJSON *value;

    cJSON_ArrayForEach (value, values)
        check_value(test, schema, key, value);
}

/* Its examples, and the words of its enums. */
static void test_examples(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *property;

    cJSON_ArrayForEach (property,
                        scenario_place_properties(schema, test_row(test))) {
        const char *key = property->string;
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
    }
}

/* ---- words and limits ---- */

/* `"active", "exchanged" or "revoked"`, as the program says it. */
static const char *list_words(struct test *test, const cJSON *words)
{
    const char *list = "";
    const cJSON *word;

    cJSON_ArrayForEach (word, words) {
        const char *between = word->next ? ", " : " or ";

        list = test_printf(test, "%s%s\"%s\"", list, *list ? between : "",
                           cJSON_GetStringValue(word));
    }
    return list;
}

/* What the program wants of a key, by what the schema says; NULL: other. */
static const char *wanted(struct test *test, const cJSON *schema,
                          const cJSON *property)
{
    const cJSON *words = annotation(schema, property, "enum");
    const cJSON *least = annotation(schema, property, "minimum");
    const cJSON *most = annotation(schema, property, "maximum");
    const char *type =
        cJSON_GetStringValue(annotation(schema, property, "type"));

    if (words)
        return list_words(test, words);
    if (!least || !most)
        return NULL;
    if (type && strcmp(type, "number") == 0)
        return test_printf(test, "a number from %g to %g", least->valuedouble,
                           most->valuedouble);
    return test_printf(test, "a whole number from %.0f to %.0f",
                       least->valuedouble, most->valuedouble);
}

/* The program's own lists and limits are those of the schema. */
static void test_words_and_limits(struct test *test)
{
    const struct scenario_place *place = test_row(test);
    const cJSON *neither = test_json(test, "\"neither\"");
    const cJSON *schema = scenario_schema(test);
    const cJSON *property;

    cJSON_ArrayForEach (property, scenario_place_properties(schema, place)) {
        const char *wish = wanted(test, schema, property);
        const char *text =
            scenario_text(test, build(test, property->string, neither));

        if (wish)
            assert_contains(
                scenario_run_check(test, text)->err,
                test_printf(test, ": %s.%s: found \"neither\", wanted %s\n",
                            place->path, property->string, wish));
    }
}

/* ---- values of every kind ---- */

/* The last can be wrong for the program alone: it may name what is not there.
 */
static const char kinds[] = "[null, true, -1, 1.5, \"\", [], {}, [1], \"x\"]";

static void check_alike(struct test *test, const cJSON *schema, const char *key,
                        const cJSON *value)
{
    const cJSON *scenario = build(test, key, value);
    const char *text = scenario_text(test, scenario);
    char complaint[JSON_SCHEMA_COMPLAINT_SIZE] = "";
    bool fits = json_schema_fits(schema, scenario, complaint);
    const struct program_run *run = scenario_run_check(test, text);
    bool taken = run->status == 0;

    if (fits != taken && (taken || value->next))
        fail_msg("%s: --check says %s, the schema says %s", text,
                 taken ? "ok" : run->err, fits ? "ok" : complaint);
}

static void test_kinds(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *values = test_json(test, kinds);
    const cJSON *property;
    const cJSON *value;

    cJSON_ArrayForEach (property,
                        scenario_place_properties(schema, test_row(test)))
        cJSON_ArrayForEach (value, values)
            check_alike(test, schema, property->string, value);
}

static const struct test_case cases[] = {
    {"every example is taken", test_examples, NULL},
    {"the program has its words and limits", test_words_and_limits, NULL},
    {"schema and program judge values of every kind alike", test_kinds, NULL},
};

int run_schema_values_tests(void)
{
    return scenario_places_run(cases, sizeof cases / sizeof cases[0]);
}
