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
#include "control_client.h"
#include "default_world.h"
#include "http_reply.h"
#include "program_run.h"
#include "scenario_check.h"
#include "scenario_places.h"
#include "server_fixture.h"
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

/* So does the world that each becomes, once it is saved. */
static void test_shipped_fit_once_saved(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);
    const glob_t *files = find_shipped(test);
    const char *complaint;

    for (size_t i = 0; i < files->gl_pathc; i++) {
        const char *path = files->gl_pathv[i];
        const cJSON *world;

        control_do(test, server, "PUT /_mock/scenario", test_read(test, path));
        world = control_call(test, server, "GET /_mock/world", NULL)->json;
        if (!scenario_fits(test, scenario_text(test, world), &complaint))
            fail_msg("%s: %s", path, complaint);
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

/* ---- which of them are for which method ---- */

/* The first word of a line, which it leaves behind it. */
static const char *take_word(struct test *test, const char **line)
{
    int length = (int)strcspn(*line, " ");
    const char *word = test_printf(test, "%.*s", length, *line);

    *line += strcspn(*line, "\n");
    *line += **line == '\n';
    return word;
}

static void add_rule(cJSON *rules, const char *method, const char *error)
{
    cJSON *rule = cJSON_CreateObject();

    cJSON_AddStringToObject(cJSON_AddObjectToObject(rule, "when"), "method",
                            method);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(rule, "reply"), "error",
                            error);
    cJSON_AddItemToArray(rules, rule);
}

/* One rule for each error that the program lists for that method. */
static void add_rules_of(struct test *test, cJSON *rules, const char *method)
{
    const char *line =
        program_run(test, ARGUMENTS("--list-errors", method))->out;

    while (*line) {
        const char *kind = line + strcspn(line, " ");
        bool is_error = strncmp(kind + strspn(kind, " "), "error", 5) == 0;
        const char *name = take_word(test, &line);

        if (is_error)
            add_rule(rules, method, name);
    }
}

/* Of each method, any error that --list-errors has may be forced. */
static void test_each_method_has_its_errors(struct test *test)
{
    cJSON *scenario = test_json(test, WORLD("\"rules\":[]"));
    cJSON *rules = cJSON_GetObjectItemCaseSensitive(scenario, "rules");
    const char *line = program_run(test, ARGUMENTS("--list-methods"))->out;
    size_t count = 0;

    while (*line) {
        add_rules_of(test, rules, take_word(test, &line));
        count++;
    }
    assert_number(count, 322);
    assert_true(cJSON_GetArraySize(rules) > 2454);
    scenario_assert_taken(test, scenario);
}

/* What is not the method's own may be forced by who says so. */
static void test_other_errors(struct test *test)
{
    scenario_assert_taken(
        test,
        test_json(test,
                  WORLD("\"rules\":["
                        "{\"when\":{\"method\":\"chat.postMessage\"},\"reply\":"
                        "{\"error\":\"already_pinned\",\"undocumented\":true}},"
                        "{\"when\":{\"method\":\"chat.postMessage\"},"
                        "\"sequence\":[\"pass\",{\"error\":\"mine\","
                        "\"undocumented\":true}]},"
                        "{\"when\":{\"method\":\"pins.*\"},\"reply\":"
                        "{\"error\":\"already_pinned\"}},"
                        "{\"reply\":{\"error\":\"already_pinned\"}}]")));
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

/*
 * No object of the schema is without a place, and so without these tests; those
 * of a saved world are tested in test_schema_world.c.
 */
static void test_places_are_whole(struct test *test)
{
    const cJSON *schema = scenario_schema(test);
    const cJSON *object;
    size_t count = 1; /* the whole schema */

    cJSON_ArrayForEach (object,
                        cJSON_GetObjectItemCaseSensitive(schema, "$defs"))
        if (cJSON_GetObjectItemCaseSensitive(object, "properties") &&
            strncmp(object->string, "saved_", strlen("saved_")) != 0)
            count++;
    assert_number(scenario_place_count, count);
}

/* ---- the group ---- */

static const struct test_case cases[] = {
    {"schema: every shipped scenario fits it", test_shipped_fit, NULL},
    {"schema: every shipped scenario fits it once it is saved",
     test_shipped_fit_once_saved, NULL},
    {"schema: the scenarios in the reference are taken",
     test_reference_examples, NULL},
    {"schema: it knows the names that --list-errors prints",
     test_listed_names_are_known, NULL},
    {"schema: the program takes the names that it knows",
     test_known_names_are_taken, NULL},
    {"schema: of each method it knows the errors",
     test_each_method_has_its_errors, NULL},
    {"schema: another error may be forced as undocumented", test_other_errors,
     NULL},
    {"schema: the program takes the errors of webhooks that it knows",
     test_webhook_errors_are_taken, NULL},
    {"schema: every object in it is tested", test_places_are_whole, NULL},
};

int run_schema_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
