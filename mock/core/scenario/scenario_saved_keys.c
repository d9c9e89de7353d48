/* The tables of `world`. What stands in it is read when all is found. */
#include "scenario/scenario_saved_keys.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "scenario/scenario_origins.h"
#include "scenario/scenario_parts.h"

#define COUNT_MOST ((long long)1 << 53)

/* ---- the entries of tokens ---- */

static const char *const types[] = {"bot", "user", NULL};

static const struct json_field facts_fields[] = {
    {.key = "type",
     .kind = FIELD_WORD,
     .required = true,
     .words = types,
     .offset = offsetof(struct token_facts_keys, type)},
    {.key = "user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_facts_keys, user)},
    {.key = "ends_before",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct token_facts_keys, ends_before)},
    {.key = NULL},
};

const struct json_field *const scenario_token_facts_tables[] = {facts_fields,
                                                                NULL};

void scenario_write_token_facts(struct json_writer *writer, const char *key,
                                const void *target)
{
    const struct token_entry *entry = target;
    const struct token_facts_keys facts = {entry->type, entry->default_user,
                                           (long long)entry->ends_before};

    scenario_write_object(writer, key, facts_fields, &facts);
}

static const struct json_field issued_fields[] = {
    {.key = "token",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct token_entry, token)},
    {.key = "refresh_token",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_entry, refresh_token)},
    {.key = NULL},
};

const struct json_field *const scenario_issued_tables[] = {issued_fields, NULL};

void scenario_write_issued(struct json_writer *writer, const char *key,
                           const void *target)
{
    scenario_write_object(writer, key, issued_fields, target);
}

/* ---- keys that are read when all are found ---- */

static void find_value(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct scenario_found *found = target;
    const struct {
        const char *key;
        const cJSON **place;
    } places[] = {
        {"origins", &found->origins}, {"changed", &found->changed},
        {"state", &found->state},     {"scenario", &found->scenario},
        {"tokens", &found->tokens},   {"issued", &found->issued},
    };
    size_t number = 0;

    (void)reader;
    while (strcmp(places[number].key, path->key) != 0)
        number++;
    *places[number].place = value;
}

#define BESIDE_FIELDS                                                          \
    {.key = "documented_limits",                                               \
     .kind = FIELD_BOOLEAN,                                                    \
     .offset = offsetof(struct scenario_found, documented_limits)},            \
    {                                                                          \
        .key = "origins", .kind = FIELD_OTHER, .read = find_value,             \
        .inside = scenario_origins_tables, .step = ""                          \
    }

static const struct json_field changed_fields[] = {
    {.key = "scenario",
     .kind = FIELD_OTHER,
     .required = true,
     .read = find_value},
    BESIDE_FIELDS,
    {.key = "tokens",
     .kind = FIELD_OTHER,
     .read = find_value,
     .inside = scenario_token_facts_tables,
     .step = "[]"},
    {.key = "issued",
     .kind = FIELD_OTHER,
     .read = find_value,
     .inside = scenario_issued_tables,
     .step = "[]"},
    {.key = NULL},
};

const struct json_field *const scenario_changed_tables[] = {changed_fields,
                                                            NULL};

static const struct json_field world_fields[] = {
    {.key = "format",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = SCENARIO_SAVED_FORMAT,
     .most = SCENARIO_SAVED_FORMAT,
     .offset = offsetof(struct scenario_found, format)},
    BESIDE_FIELDS,
    {.key = "changed",
     .kind = FIELD_OTHER,
     .read = find_value,
     .inside = scenario_changed_tables,
     .step = ""},
    {.key = "state", .kind = FIELD_OTHER, .read = find_value},
    {.key = NULL},
};

const struct json_field *const scenario_saved_tables[] = {world_fields, NULL};
