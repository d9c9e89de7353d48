/*
 * What each key of a scenario file means. The entries of its lists are read in
 * scenario_entries.c.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "scenario/scenario_entries.h"
#include "scenario/scenario_method.h"
#include "scenario/scenario_parts.h"
#include "scenario/scenario_saved.h"
#include "json/json_fields.h"

#define SEED_MOST          ((1LL << 53) - 1)
#define REFRESH_GRACE_MOST 86400

/* ---- rules ---- */

/*
 * Notes the rule by its name; a name twice in one list is a mistake. A world
 * that is saved has the rules of several lists in one.
 */
static void note_name(const struct json_reader *reader,
                      const struct json_path *path, struct hash_table *by_name,
                      struct rule *rule)
{
    const struct json_path place = {path, "name", 0};
    const struct scenario *scenario = reader->context;
    const struct rule *other;

    if (!rule->is_named || scenario->is_saved)
        return;
    other = hash_table_find(by_name, rule->name, strlen(rule->name));
    if (other)
        mistake(reader->mistakes, reader->file, &place,
                "stands at $.rules[%zu] already; wanted each once",
                other->index);
    else
        hash_table_put(by_name, rule->name, strlen(rule->name), rule);
}

/* A document's rules come before those of what it extends. */
static void read_rules(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    struct json_path place = {path, NULL, 0};
    struct hash_table by_name = {0};
    struct rule **rules;
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    rules = xcalloc((size_t)cJSON_GetArraySize(value) + scenario->rule_count,
                    sizeof *rules);
    cJSON_ArrayForEach (entry, value) {
        rules[place.index] = rule_read(reader, entry, &place);
        note_name(reader, &place, &by_name, rules[place.index]);
        place.index++;
    }
    hash_table_free(&by_name);
    if (scenario->rule_count)
        memcpy(rules + place.index, scenario->rules,
               scenario->rule_count * sizeof *rules);
    free(scenario->rules);
    scenario->rules = rules;
    scenario->rule_count += place.index;
}

/* ---- clock ---- */

struct clock_setting {
    const char *at;
    bool frozen;
};

static const struct json_field clock_fields[] = {
    {.key = "at",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct clock_setting, at)},
    {.key = "frozen",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct clock_setting, frozen)},
    {.key = NULL},
};

static const struct json_field *const clock_tables[] = {clock_fields, NULL};

static void start_clock(const struct json_reader *reader, const cJSON *at,
                        const struct json_path *path)
{
    struct scenario *scenario = reader->context;

    if (cJSON_IsString(at) &&
        timestamp_from_iso_8601(at->valuestring, &scenario->clock_start) == 0)
        scenario->has_clock = true;
    else
        mistake_found(reader->mistakes, reader->file, path, at,
                      "a time such as \"2026-01-01T00:00:00Z\"");
}

/*
 * An object changes only the keys that it gives; a time alone sets a clock that
 * runs.
 */
static void read_clock(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    const struct json_path at_path = {path, "at", 0};
    struct clock_setting setting = {NULL, scenario->clock_frozen};

    if (!cJSON_IsObject(value)) {
        setting.frozen = false;
        start_clock(reader, value, path);
    } else if (json_fields_read(reader, value, path, clock_fields, &setting)) {
        if (setting.at)
            start_clock(reader, cJSON_GetObjectItemCaseSensitive(value, "at"),
                        &at_path);
        else
            scenario_require(reader, path, "at",
                             scenario->has_clock || scenario->changes);
    }
    scenario->clock_frozen = setting.frozen;
    if (cJSON_GetObjectItemCaseSensitive(value, "frozen"))
        scenario->names_frozen = true;
}

/* ---- methods and stubs ---- */

/* Reads what is said of each method by its name. */
static void read_by_method(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path,
                           void (*read)(const struct json_reader *reader,
                                        const cJSON *value,
                                        const struct json_path *path))
{
    struct hash_table seen = {0};
    const cJSON *member;

    if (!json_is_object(reader, value, path))
        return;
    cJSON_ArrayForEach (member, value) {
        struct json_path place = {path, member->string, 0};

        if (json_is_first(reader, &seen, &place))
            read(reader, member, &place);
    }
    hash_table_free(&seen);
}

static void read_methods(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    (void)target;
    read_by_method(reader, value, path, scenario_read_method);
}

static void read_stubs(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    (void)target;
    read_by_method(reader, value, path, scenario_read_stub);
}

/* ---- rate limits ---- */

static void read_rate_limits(const struct json_reader *reader,
                             const cJSON *value, const struct json_path *path,
                             void *target)
{
    struct scenario *scenario = target;
    struct hash_table seen = {0};
    const cJSON *limit;

    if (cJSON_IsString(value) &&
        strcmp(value->valuestring, "documented") == 0) {
        scenario->has_documented_limits = true;
        return;
    }
    if (!cJSON_IsObject(value)) {
        mistake_found(reader->mistakes, reader->file, path, value,
                      "an object or \"documented\"");
        return;
    }
    cJSON_ArrayForEach (limit, value) {
        struct json_path place = {path, limit->string, 0};
        size_t length = strlen(limit->string);

        if (!json_is_first(reader, &seen, &place))
            continue;
        hash_table_put(&scenario->rate_limits,
                       arena_strdup(reader->arena, limit->string), length,
                       rate_limit_read(reader, limit, &place,
                                       hash_table_find(&scenario->rate_limits,
                                                       limit->string, length)));
    }
    hash_table_free(&seen);
}

/* ---- choices ---- */

static void read_choices(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct scenario *scenario = target;

    choices_read(reader, value, path, &scenario->choices);
}

/* ---- the whole ---- */

static const char *const consents[] = {"ask", "allow", "deny", "deny_silently",
                                       NULL};
static const char *const token_styles[] = {"fake", "realistic", NULL};

static const struct json_field scenario_fields[] = {
    {.key = "description",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct scenario, description)},
    {.key = "extends", .kind = FIELD_ELSEWHERE},
    {.key = "world",
     .kind = FIELD_ELSEWHERE,
     .inside = scenario_saved_tables,
     .step = ""},
    {.key = "clock",
     .kind = FIELD_OTHER,
     .read = read_clock,
     .write = scenario_write_clock,
     .inside = clock_tables,
     .step = ""},
    {.key = "seed",
     .kind = FIELD_INTEGER,
     .least = 0,
     .most = SEED_MOST,
     .offset = offsetof(struct scenario, seed)},
    {.key = "token_style",
     .kind = FIELD_WORD,
     .words = token_styles,
     .offset = offsetof(struct scenario, token_style)},
    {.key = "apps",
     .kind = FIELD_LIST,
     .read = scenario_read_app,
     .write = scenario_write_apps,
     .inside = scenario_app_tables,
     .step = "[]"},
    {.key = "teams",
     .kind = FIELD_LIST,
     .read = scenario_read_team,
     .write = scenario_write_teams,
     .inside = scenario_team_tables,
     .step = "[]"},
    {.key = "tokens",
     .kind = FIELD_LIST,
     .read = scenario_read_token,
     .write = scenario_write_tokens,
     .inside = scenario_token_tables,
     .step = "[]"},
    {.key = "pairs",
     .kind = FIELD_OTHER,
     .read = scenario_read_pairs,
     .write = scenario_write_pairs,
     .inside = scenario_pair_tables,
     .step = "[]"},
    {.key = "rules",
     .kind = FIELD_OTHER,
     .read = read_rules,
     .write = scenario_write_rules,
     .inside = rule_tables,
     .step = "[]"},
    {.key = "codes",
     .kind = FIELD_LIST,
     .read = scenario_read_code,
     .write = scenario_write_codes,
     .inside = scenario_code_tables,
     .step = "[]"},
    {.key = "rate_limits",
     .kind = FIELD_OTHER,
     .read = read_rate_limits,
     .write = scenario_write_rate_limits,
     .inside = rate_limit_tables,
     .step = ".METHOD"},
    {.key = "methods",
     .kind = FIELD_OTHER,
     .read = read_methods,
     .write = scenario_write_methods,
     .inside = scenario_method_tables,
     .step = ".METHOD"},
    {.key = "stubs",
     .kind = FIELD_OTHER,
     .read = read_stubs,
     .write = scenario_write_stubs},
    {.key = "choices",
     .kind = FIELD_OTHER,
     .read = read_choices,
     .write = scenario_write_choices,
     .inside = choices_tables,
     .step = ""},
    {.key = "consent",
     .kind = FIELD_WORD,
     .words = consents,
     .offset = offsetof(struct scenario, consent)},
    {.key = "refresh_grace",
     .kind = FIELD_INTEGER,
     .most = REFRESH_GRACE_MOST,
     .offset = offsetof(struct scenario, refresh_grace)},
    {.key = NULL},
};

const struct json_field *const scenario_tables[] = {scenario_fields, NULL};

void scenario_apply_at(struct scenario *scenario, const struct cJSON *document,
                       const struct json_path *path, const char *file,
                       struct mistakes *mistakes)
{
    struct json_reader reader = {
        .mistakes = mistakes,
        .file = arena_strdup(&scenario->arena, file),
        .arena = &scenario->arena,
        .context = scenario,
        .format = path->parent ? NULL : scenario_tables,
    };

    json_fields_read(&reader, document, path, scenario_fields, scenario);
}

void scenario_apply(struct scenario *scenario, const struct cJSON *document,
                    const char *file, struct mistakes *mistakes)
{
    const struct json_path top = {0};

    scenario_apply_at(scenario, document, &top, file, mistakes);
}
