/*
 * Reads what a saved scenario has under `world`: where its entries stood, the
 * scenario that PATCHes have made of it, and where the state is.
 */
#include "scenario/scenario_saved.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "base/xalloc.h"
#include "scenario/scenario_origins.h"
#include "scenario/scenario_parts.h"

#define COUNT_MOST ((long long)1 << 53)

static const struct json_path top = {0};
static const struct json_path world_path = {&top, "world", 0};
static const struct json_path changed_path = {&world_path, "changed", 0};
static const struct json_path scenario_path = {&changed_path, "scenario", 0};

/* The members of `world`, or of `changed`, as found. */
struct found {
    long long format;
    bool documented_limits;
    const cJSON *origins, *changed, *state;  /* NULL: none */
    const cJSON *scenario, *tokens, *issued; /* of `changed` */
};

/* ---- the entries of tokens ---- */

struct token_facts_entry {
    int type;
    const char *user;
    long long ends_before;
};

static const char *const types[] = {"bot", "user", NULL};

static const struct json_field facts_fields[] = {
    {.key = "type",
     .kind = FIELD_WORD,
     .required = true,
     .words = types,
     .offset = offsetof(struct token_facts_entry, type)},
    {.key = "user",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct token_facts_entry, user)},
    {.key = "ends_before",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct token_facts_entry, ends_before)},
    {.key = NULL},
};

static const struct json_field *const facts_tables[] = {facts_fields, NULL};

void scenario_write_token_facts(struct json_writer *writer, const char *key,
                                const void *target)
{
    const struct token_entry *entry = target;
    const struct token_facts_entry facts = {entry->type, entry->default_user,
                                            (long long)entry->ends_before};

    scenario_write_object(writer, key, facts_fields, &facts);
}

static void read_tokens(const struct json_reader *reader, const cJSON *value)
{
    const struct scenario *scenario = reader->context;
    const struct directory *directory = &scenario->directory;
    const struct json_path path = {&changed_path, "tokens", 0};
    struct json_path place = {&path, NULL, 0};
    const cJSON *entry;

    if (!json_is_array(reader, value, &path))
        return;
    if ((size_t)cJSON_GetArraySize(value) != directory->token_count) {
        mistake(reader->mistakes, reader->file, &path,
                "found %d entries, wanted one for each of the %zu tokens",
                cJSON_GetArraySize(value), directory->token_count);
        return;
    }
    cJSON_ArrayForEach (entry, value) {
        struct token_entry *into = directory->tokens[place.index];
        struct token_facts_entry facts = {0, NULL, 0};

        if (json_fields_read(reader, entry, &place, facts_fields, &facts)) {
            into->type = facts.type;
            into->default_user = facts.user;
            into->ends_before = (size_t)facts.ends_before;
        }
        place.index++;
    }
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

static const struct json_field *const issued_tables[] = {issued_fields, NULL};

void scenario_write_issued(struct json_writer *writer, const char *key,
                           const void *target)
{
    scenario_write_object(writer, key, issued_fields, target);
}

static void read_issued(const struct json_reader *reader, const cJSON *value)
{
    struct scenario *scenario = reader->context;
    struct hash_table *by_text = &scenario->directory.issued_by_text;
    const struct json_path path = {&changed_path, "issued", 0};
    struct json_path place = {&path, NULL, 0};
    const cJSON *item;

    if (!json_is_array(reader, value, &path))
        return;
    cJSON_ArrayForEach (item, value) {
        struct token_entry *entry =
            arena_allocate(reader->arena, sizeof *entry);

        if (json_fields_read(reader, item, &place, issued_fields, entry))
            hash_table_put(by_text, entry->token, strlen(entry->token), entry);
        place.index++;
    }
}

/* ---- keys that are read when all are found ---- */

static void find_value(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct found *found = target;
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
     .offset = offsetof(struct found, documented_limits)},                     \
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
     .inside = facts_tables,
     .step = "[]"},
    {.key = "issued",
     .kind = FIELD_OTHER,
     .read = find_value,
     .inside = issued_tables,
     .step = "[]"},
    {.key = NULL},
};

static const struct json_field *const changed_tables[] = {changed_fields, NULL};

static const struct json_field world_fields[] = {
    {.key = "format",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = SCENARIO_SAVED_FORMAT,
     .most = SCENARIO_SAVED_FORMAT,
     .offset = offsetof(struct found, format)},
    BESIDE_FIELDS,
    {.key = "changed",
     .kind = FIELD_OTHER,
     .read = find_value,
     .inside = changed_tables,
     .step = ""},
    {.key = "state", .kind = FIELD_OTHER, .read = find_value},
    {.key = NULL},
};

const struct json_field *const scenario_saved_tables[] = {world_fields, NULL};

/* ---- the whole ---- */

static struct json_reader reader_for(struct scenario *scenario,
                                     const char *file,
                                     struct mistakes *mistakes)
{
    return (struct json_reader){
        .mistakes = mistakes,
        .file = file,
        .arena = &scenario->arena,
        .context = scenario,
    };
}

static void read_beside(const struct json_reader *reader,
                        const struct found *found, const struct json_path *path)
{
    struct scenario *scenario = reader->context;
    const struct json_path place = {path, "origins", 0};

    scenario->has_documented_limits |= found->documented_limits;
    if (found->origins)
        scenario_origins_read(reader, found->origins, &place, scenario);
}

/* The scenario as it runs, which differs from the one that was loaded. */
static void read_changed(struct scenario *loaded, const cJSON *value,
                         const char *file, struct mistakes *mistakes)
{
    struct scenario *scenario = scenario_create();
    const struct json_reader reader =
        reader_for(scenario, arena_strdup(&scenario->arena, file), mistakes);
    struct found found = {0};

    loaded->changed = scenario;
    scenario->is_saved = true;
    if (!json_fields_read(&reader, value, &changed_path, changed_fields,
                          &found))
        return;
    scenario_apply_at(scenario, found.scenario, &scenario_path, file, mistakes);
    scenario_complete(scenario, NULL, mistakes);
    if (mistakes->count)
        return;
    if (found.tokens)
        read_tokens(&reader, found.tokens);
    if (found.issued)
        read_issued(&reader, found.issued);
    read_beside(&reader, &found, &changed_path);
}

void scenario_read_saved(struct scenario *scenario, const struct cJSON *value,
                         const char *file, struct mistakes *mistakes)
{
    const struct json_reader reader = reader_for(scenario, file, mistakes);
    struct found found = {0};

    if (!json_fields_read(&reader, value, &world_path, world_fields, &found))
        return;
    read_beside(&reader, &found, &world_path);
    if (found.changed)
        read_changed(scenario, found.changed, file, mistakes);
    scenario->state = found.state;
}
