/* The table of places, and the ways into them; see scenario_places.h. */
#include "scenario_places.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "scenario_check.h"
#include "test_case.h"

#define RULE(keys) WORLD("\"rules\":[{" keys "}]")

const struct scenario_place scenario_places[] = {
    {"Top level", NULL, "$", WORLD("\"seed\":1"), NULL},
    {"Clock", "clock", "$.clock",
     WORLD("\"clock\":{\"at\":\"2026-01-01T00:00:00Z\"}"), NULL},
    {"Apps", "app", "$.apps[0]",
     "{\"description\":\"An app alone.\",\"apps\":[{\"id\":\"A1\","
     "\"client_id\":\"1.1\",\"client_secret\":\"s\"}]}",
     NULL},
    {"Events", "events", "$.apps[0].events",
     WORLD("\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":"
           "\"http://127.0.0.1:1/\",\"signing_secret\":\"s\"}}]"),
     NULL},
    {"Teams", "team", "$.teams[0]", WORLD("\"teams\":[{\"id\":\"T1\"}]"), NULL},
    {"Enterprise", "enterprise", "$.teams[0].enterprise",
     WORLD("\"teams\":[{\"id\":\"T1\",\"enterprise\":{\"id\":\"E1\","
           "\"name\":\"n\"}}]"),
     NULL},
    {"Tokens", "token", "$.tokens[0]",
     WORLD("\"tokens\":[{\"token\":\"xoxb-1\",\"app\":\"A0APP\","
           "\"team\":\"T0TEAM\"}]"),
     "generate"},
    {"Rotated tokens", "rotated_token", "$.tokens[0]",
     WORLD("\"tokens\":[{\"token\":\"xoxe.xoxb-1\",\"refresh_token\":"
           "\"xoxe-1-1\",\"expires_in\":1,\"app\":\"A0APP\","
           "\"team\":\"T0TEAM\"}]"),
     "generate"},
    {"Generated tokens", "generated_tokens", "$.tokens[0]",
     WORLD("\"tokens\":[{\"generate\":1,\"type\":\"bot\",\"app\":\"A0APP\","
           "\"team\":\"T0TEAM\"}]"),
     NULL},
    {"Codes", "code", "$.codes[0]",
     WORLD("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
           "\"T0TEAM\",\"bot\":{\"user\":\"U1\",\"scope\":\"\"}}]"),
     NULL},
    {"Code parts", "code_part", "$.codes[0].bot",
     WORLD("\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
           "\"T0TEAM\",\"bot\":{\"user\":\"U1\",\"scope\":\"\"}}]"),
     NULL},
    {"Pairs", "pair", "$.pairs[0]",
     WORLD("\"pairs\":[{\"access_token\":\"xoxe.xoxb-1-A\","
           "\"refresh_token\":\"xoxe-1-A\"}]"),
     NULL},
    {"Choices", "choices", "$.choices", WORLD("\"choices\":{}"), NULL},
    {"Rules", "rule", "$.rules[0]", RULE("\"reply\":{}"), NULL},
    {"When", "when", "$.rules[0].when", RULE("\"when\":{},\"reply\":{}"), NULL},
    {"Reply", "reply", "$.rules[0].reply", RULE("\"reply\":{}"), NULL},
    {"Delay within a range", "delay_range", "$.rules[0].reply.delay",
     RULE("\"reply\":{\"delay\":{\"min\":1,\"max\":2}}"), "median"},
    {"Delay around a median", "delay_spread", "$.rules[0].reply.delay",
     RULE("\"reply\":{\"delay\":{\"median\":1,\"sigma\":1}}"), NULL},
    {"Methods", "method", "$.methods.ping",
     WORLD("\"methods\":{\"ping\":{\"tier\":1}}"), NULL},
    {"Scopes", "method_scopes", "$.methods.ping.scopes",
     WORLD("\"methods\":{\"ping\":{\"scopes\":{\"bot\":[]}}}"), NULL},
    {"Limits by tier", "limit_by_tier", "$.rate_limits.ping",
     WORLD("\"stubs\":{\"ping\":{}},\"rate_limits\":{\"ping\":{\"tier\":1}}"),
     NULL},
    {"Limits by number", "limit_by_number", "$.rate_limits.ping",
     WORLD("\"stubs\":{\"ping\":{}},"
           "\"rate_limits\":{\"ping\":{\"per_minute\":1}}"),
     "tier"},
};

const size_t scenario_place_count =
    sizeof scenario_places / sizeof scenario_places[0];

/* The one step that `path` begins with, `.key` or `[index]`. */
static cJSON *step(struct test *test, cJSON *value, const char *path)
{
    size_t length = strcspn(path + 1, ".[");

    if (*path == '[')
        return cJSON_GetArrayItem(value, (int)strtol(path + 1, NULL, 10));
    return cJSON_GetObjectItemCaseSensitive(
        value, test_printf(test, "%.*s", (int)length, path + 1));
}

cJSON *scenario_place_build(struct test *test,
                            const struct scenario_place *place, cJSON **object)
{
    cJSON *scenario = test_json(test, place->scenario);
    const char *path = place->path + 1;

    *object = scenario;
    for (; *path; path += 1 + strcspn(path + 1, ".["))
        *object = step(test, *object, path);
    if (!*object)
        fail_msg("no %s in %s", place->path, place->scenario);
    return scenario;
}

void scenario_set_key(cJSON *object, const char *key, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    if (!cJSON_AddItemToObject(object, key, value))
        abort();
}

const cJSON *scenario_place_properties(const cJSON *schema,
                                       const struct scenario_place *place)
{
    const cJSON *object = schema;

    if (place->definition)
        object = cJSON_GetObjectItemCaseSensitive(json_at(schema, "$defs"),
                                                  place->definition);
    return cJSON_GetObjectItemCaseSensitive(object, "properties");
}

/* What stands under a heading, up to the next one. */
static const char *section(struct test *test, const char *heading)
{
    const char *title = test_printf(test, "\n### %s\n", heading);
    const char *start = strstr(test_read(test, SCENARIO_REFERENCE), title);
    const char *end;

    if (!start) {
        fail_msg(SCENARIO_REFERENCE " has no heading %s", heading);
        return "";
    }
    start += strlen(title) - 1;
    end = strstr(start, "\n#");
    if (!end)
        end = start + strlen(start);
    return test_printf(test, "%.*s", (int)(end - start), start);
}

size_t scenario_place_keys(struct test *test,
                           const struct scenario_place *place,
                           const char *keys[SCENARIO_KEYS_MAX])
{
    static const char row[] = "\n| `";
    const char *at = section(test, place->heading);
    size_t count = 0;

    while ((at = strstr(at, row)) != NULL && count + 1 < SCENARIO_KEYS_MAX) {
        at += sizeof row - 1;
        keys[count++] = test_printf(test, "%.*s", (int)strcspn(at, "`"), at);
    }
    keys[count] = NULL;
    return count;
}

int scenario_places_run(const struct test_case *cases, size_t count)
{
    size_t total = scenario_place_count * count;
    struct test_case *rows = calloc(total, sizeof *rows);
    char **names = calloc(total, sizeof *names);
    int failed;

    if (!rows || !names)
        abort();
    for (size_t i = 0; i < total; i++) {
        const struct scenario_place *place = &scenario_places[i / count];
        const struct test_case *row = &cases[i % count];

        names[i] = text_printf("schema: %s: %s", place->heading, row->name);
        rows[i] = (struct test_case){names[i], row->run, place};
    }
    failed = test_cases_run(rows, total);
    for (size_t i = 0; i < total; i++)
        free(names[i]);
    free(names);
    free(rows);
    return failed;
}
