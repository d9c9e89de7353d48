/*
 * scenarios/schema.json against the shipped scenarios, the scenarios in the
 * reference, and the names that Slack documents. Its keys are tested in
 * test_schema_keys.c, what it refuses in test_schema_mistakes.c.
 */
#include <cjson/cJSON.h>
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- shipped scenarios ---- */

static int release_glob(void *files)
{
    globfree(files);
    free(files);
    return 0;
}

static const glob_t *find_shipped(struct test *test)
{
    glob_t *files = calloc(1, sizeof *files);

    if (!files)
        abort();
    test_keep(test, files, release_glob);
    assert_number(glob("scenarios/default.json", 0, NULL, files), 0);
    assert_number(glob("scenarios/*/*.json", GLOB_APPEND, NULL, files), 0);
    return files;
}

static const char *one_line(struct test *test, const char *text)
{
    return scenario_text(test, test_json(test, text));
}

/* Each fits, so does a scenario that extends it, and the reference has it. */
static void test_shipped_fit(struct test *test)
{
    const char *reference = test_read(test, SCENARIO_REFERENCE);
    const glob_t *files = find_shipped(test);
    const char *complaint;

    for (size_t i = 0; i < files->gl_pathc; i++) {
        const char *path = files->gl_pathv[i];
        const char *name = path + strlen("scenarios/");
        const char *child = test_printf(
            test, "{\"description\":\"d\",\"extends\":\"%s\"}", name);

        if (!scenario_fits(test, one_line(test, test_read(test, path)),
                           &complaint))
            fail_msg("%s: %s", path, complaint);
        if (!scenario_fits(test, child, &complaint))
            fail_msg("the schema knows no %s: %s", name, complaint);
        if (!strstr(reference, test_printf(test, "\n| `%s` | ", name)))
            fail_msg(SCENARIO_REFERENCE " does not list %s", name);
    }
}

/* The scenarios in the reference are in blocks that say `json`. */
static void test_reference_examples(struct test *test)
{
    static const char fence[] = "\n```json\n";
    const char *at = test_read(test, SCENARIO_REFERENCE);
    int count = 0;

    for (; (at = strstr(at, fence)) != NULL; count++) {
        const char *end = strstr(at += strlen(fence), "```");

        if (!end)
            fail_msg("a block in " SCENARIO_REFERENCE " has no end");
        scenario_assert_taken(
            test,
            test_json(test, test_printf(test, "%.*s", (int)(end - at), at)));
    }
    assert_true(count >= 1);
}

/* ---- the names that Slack documents ---- */

static bool is_in_enum(const cJSON *schema, const char *name)
{
    const cJSON *word;

    cJSON_ArrayForEach (word, cJSON_GetObjectItemCaseSensitive(schema, "enum"))
        if (strcmp(cJSON_GetStringValue(word), name) == 0)
            return true;
    return false;
}

/* Those that the program lists are in the schema. */
static void test_listed_names_are_known(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *errors = json_at(schema, "$defs.documented_error");
    const cJSON *warnings = json_at(schema, "$defs.documented_warning");
    const char *line = program_run(test, ARGUMENTS("--list-errors"))->out;
    int count = 0;

    for (; *line; count++) {
        int length = (int)strcspn(line, " \t\n");
        const char *name = test_printf(test, "%.*s", length, line);

        if (!is_in_enum(errors, name) && !is_in_enum(warnings, name))
            fail_msg("the schema knows no %s", name);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    assert_true(count > 0);
}

/* A rule for each name: `open` and `close` stand around it. */
static const char *add_rules(struct test *test, const char *rules,
                             const cJSON *schema, const char *open,
                             const char *close)
{
    const cJSON *name;

    cJSON_ArrayForEach (name, cJSON_GetObjectItemCaseSensitive(schema, "enum"))
        rules = test_printf(test, "%s%s{\"reply\":{%s\"%s\"%s}}", rules,
                            *rules ? "," : "", open, cJSON_GetStringValue(name),
                            close);
    return rules;
}

/* Those that the schema has are taken by the program. */
static void test_known_names_are_taken(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const char *rules = add_rules(
        test, "", json_at(schema, "$defs.documented_error"), "\"error\":", "");

    rules = add_rules(test, rules, json_at(schema, "$defs.documented_warning"),
                      "\"warnings\":[", "]");
    scenario_assert_taken(
        test,
        test_json(test, test_printf(test, WORLD("\"rules\":[%s]"), rules)));
}

/* The same of webhooks, which have their own. */
static void test_webhook_errors_are_taken(struct test *test)
{
    const char *rules = add_rules(
        test, "", json_at(scenario_schema(test), "$defs.webhook_error"),
        "\"error\":", "},\"when\":{\"webhook\":\"*\"");

    scenario_assert_taken(
        test,
        test_json(test, test_printf(test, WORLD("\"rules\":[%s]"), rules)));
}

/* No object of the schema is without a place, and so without these tests. */
static void test_places_are_whole(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *object;
    size_t count = 1; /* the whole schema */

    cJSON_ArrayForEach (object,
                        cJSON_GetObjectItemCaseSensitive(schema, "$defs"))
        if (cJSON_GetObjectItemCaseSensitive(object, "properties"))
            count++;
    assert_number(scenario_place_count, count);
}

/* ---- the group ---- */

static const struct test_case cases[] = {
    {"schema: every shipped scenario fits it", test_shipped_fit, NULL},
    {"schema: the scenarios in the reference are taken",
     test_reference_examples, NULL},
    {"schema: it knows the names that --list-errors prints",
     test_listed_names_are_known, NULL},
    {"schema: the program takes the names that it knows",
     test_known_names_are_taken, NULL},
    {"schema: the program takes the errors of webhooks that it knows",
     test_webhook_errors_are_taken, NULL},
    {"schema: every object in it is tested", test_places_are_whole, NULL},
};

int run_schema_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
