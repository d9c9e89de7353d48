/* Asks the schema and the program about a scenario; see scenario_check.h. */
#include "scenario_check.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "check.h"
#include "control_client.h"
#include "files.h"
#include "line_client.h"
#include "program_run.h"
#include "test_case.h"

static struct line_client validator = LINE_CLIENT("ajv", "ajv", NULL);

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
    return test_json(test, test_read(test, "scenarios/schema.json"));
}

bool scenario_fits(struct test *test, const char *text, const char **complaint)
{
    const cJSON *answer = line_client_ask(test, &validator, text);
    const cJSON *fits = cJSON_GetObjectItemCaseSensitive(answer, "fits");

    *complaint = cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(answer, "complaint"));
    if (!cJSON_IsTrue(fits) && !*complaint)
        fail_msg("the validator has no verdict on %s", text);
    return cJSON_IsTrue(fits);
}

const struct program_run *scenario_run_check(struct test *test,
                                             const char *text)
{
    const char *path = test_file(test, "x.json", text);

    return program_run(test, ARGUMENTS("--check", path));
}

const char *scenario_mistakes(struct test *test, const struct server *server,
                              const char *text)
{
    const struct http_reply *reply =
        control_call(test, server, "PUT /_mock/scenario", text);
    const cJSON *mistake;
    const char *lines = "";

    if (reply->status == 200)
        return lines;
    assert_number(reply->status, 422);
    cJSON_ArrayForEach (mistake, json_at(reply->json, "mistakes"))
        lines =
            test_printf(test, "%s%s\n", lines, cJSON_GetStringValue(mistake));
    if (!*lines)
        fail_msg("refused without a mistake: %s", text);
    return lines;
}

void scenario_assert_taken(struct test *test, const cJSON *scenario)
{
    const char *complaint;
    const char *text = scenario_text(test, scenario);
    const struct program_run *run;

    if (!scenario_fits(test, text, &complaint))
        fail_msg("the schema refuses %s: %s", text, complaint);
    run = scenario_run_check(test, text);
    if (run->status != 0)
        fail_msg("--check refuses %s: %s", text, run->err);
}

int scenario_check_end(void)
{
    return line_client_end(&validator) == 0 ? 0 : -1;
}
