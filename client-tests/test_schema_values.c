/*
 * What stands after each key: the program takes what scenarios/schema.json
 * shows as examples, and refuses what the schema refuses.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* The schema itself, or the one in its $defs that a $ref in it points to. */
static const cJSON *resolve(const cJSON *root, const cJSON *schema)
{
    static const char definitions[] = "#/$defs/";
    const char *reference =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(schema, "$ref"));

    if (!reference)
        return schema;
    return cJSON_GetObjectItemCaseSensitive(json_at(root, "$defs"),
                                            reference + strlen(definitions));
}

/* An annotation of a property, or of the definition that it points to. */
static const cJSON *annotation(const cJSON *schema, const cJSON *property,
                               const char *keyword)
{
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(property, keyword);

    if (own)
        return own;
    return cJSON_GetObjectItemCaseSensitive(resolve(schema, property), keyword);
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

/* One that extends a file is for --check: no server takes it over HTTP. */
static void check_value(struct test *test, const struct server *server,
                        const char *key, const cJSON *value)
{
    const char *name = cJSON_GetStringValue(value);
    const cJSON *scenario = build(test, key, value);
    const char *text = scenario_text(test, scenario);
    const char *complaint;

    if (name && strncmp(name, "./", 2) == 0) {
        (void)test_file(test, name + 2, WORLD("\"seed\":1"));
        scenario_assert_taken(test, scenario);
        return;
    }
    if (!scenario_fits(test, text, &complaint))
        fail_msg("the schema refuses %s: %s", text, complaint);
    assert_text(scenario_mistakes(test, server, text), "");
}

static void check_values(struct test *test, const struct server *server,
                         const char *key, const cJSON *values)
{
    const cJSON *value;

    cJSON_ArrayForEach (value, values)
        check_value(test, server, key, value);
}

/* Its examples, and the words of its enums. */
static void test_examples(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);
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
        check_values(test, server, key, examples);
        check_values(test, server, key, annotation(schema, property, "enum"));
        cJSON_ArrayForEach (option, annotation(schema, property, "anyOf"))
            check_values(test, server, key,
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
    const struct server *server = server_start(test, NULL, NULL);
    const cJSON *neither = test_json(test, "\"neither\"");
    const cJSON *schema = scenario_schema(test);
    const cJSON *property;

    cJSON_ArrayForEach (property, scenario_place_properties(schema, place)) {
        const char *wish = wanted(test, schema, property);
        const char *text =
            scenario_text(test, build(test, property->string, neither));

        if (wish)
            assert_contains(
                scenario_mistakes(test, server, text),
                test_printf(test, ": %s.%s: found \"neither\", wanted %s\n",
                            place->path, property->string, wish));
    }
}

/* ---- values of every kind ---- */

/* The last can be wrong for the program alone: it may name what is not there.
 */
static const char kinds[] = "[null, true, -1, 1.5, \"\", [], {}, [1], \"x\"]";

static void check_alike(struct test *test, const struct server *server,
                        const char *key, const cJSON *value)
{
    const char *text = scenario_text(test, build(test, key, value));
    const char *complaint;
    bool fits = scenario_fits(test, text, &complaint);
    const char *mistakes = scenario_mistakes(test, server, text);
    bool taken = !*mistakes;

    if (fits != taken && (taken || value->next))
        fail_msg("%s: the program says %s, the schema says %s", text,
                 taken ? "ok" : mistakes, fits ? "ok" : complaint);
}

static void test_kinds(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);
    const cJSON *schema = scenario_schema(test);
    const cJSON *values = test_json(test, kinds);
    const cJSON *property;
    const cJSON *value;

    cJSON_ArrayForEach (property,
                        scenario_place_properties(schema, test_row(test)))
        cJSON_ArrayForEach (value, values)
            check_alike(test, server, property->string, value);
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
