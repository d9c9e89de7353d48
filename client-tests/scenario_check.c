/* Asks the schema and the program about a scenario; see scenario_check.h. */
#include "scenario_check.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "files.h"
#include "json_schema.h"
#include "program_run.h"
#include "test_case.h"

static int release_json(void *json)
{
    cJSON_Delete(json);
    return 0;
}

static int release_text(void *text)
{
    free(text);
    return 0;
}

cJSON *test_json(struct test *test, const char *text)
{
    cJSON *json = cJSON_Parse(text);

    if (!json)
        fail_msg("no JSON: %s", text);
    test_keep(test, json, release_json);
    return json;
}

const char *test_read(struct test *test, const char *path)
{
    char *text = file_read(path);

    if (!text)
        fail_msg("%s cannot be read", path);
    test_keep(test, text, release_text);
    return text;
}

const char *scenario_text(struct test *test, const cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);

    if (!text)
        abort();
    test_keep(test, text, release_text);
    return text;
}

const cJSON *scenario_schema(struct test *test)
{
    const cJSON *schema =
        test_json(test, test_read(test, "scenarios/schema.json"));
    char complaint[JSON_SCHEMA_COMPLAINT_SIZE];

    if (!json_schema_is_sound(schema, complaint))
        fail_msg("scenarios/schema.json: %s", complaint);
    return schema;
}

const struct program_run *scenario_run_check(struct test *test,
                                             const char *text)
{
    const char *path = test_file(test, "x.json", text);

    return program_run(test, ARGUMENTS("--check", path));
}

void scenario_assert_taken(struct test *test, const cJSON *schema,
                           const cJSON *scenario)
{
    char complaint[JSON_SCHEMA_COMPLAINT_SIZE];
    const char *text = scenario_text(test, scenario);
    const struct program_run *run;

    if (!json_schema_fits(schema, scenario, complaint))
        fail_msg("the schema refuses %s: %s", text, complaint);
    run = scenario_run_check(test, text);
    if (run->status != 0)
        fail_msg("--check refuses %s: %s", text, run->err);
}
