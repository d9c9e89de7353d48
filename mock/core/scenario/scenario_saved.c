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
#include "scenario/scenario_saved_keys.h"

static const struct json_path top = {0};
static const struct json_path world_path = {&top, "world", 0};
static const struct json_path changed_path = {&world_path, "changed", 0};
static const struct json_path scenario_path = {&changed_path, "scenario", 0};

/* ---- the entries of tokens ---- */

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
        struct token_facts_keys facts = {0, NULL, 0};

        if (json_fields_read(reader, entry, &place,
                             *scenario_token_facts_tables, &facts)) {
            into->type = facts.type;
            into->default_user = facts.user;
            into->ends_before = (size_t)facts.ends_before;
        }
        place.index++;
    }
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

        if (json_fields_read(reader, item, &place, *scenario_issued_tables,
                             entry))
            hash_table_put(by_text, entry->token, strlen(entry->token), entry);
        place.index++;
    }
}

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
                        const struct scenario_found *found,
                        const struct json_path *path)
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
    struct scenario_found found = {0};

    loaded->changed = scenario;
    scenario->is_saved = true;
    if (!json_fields_read(&reader, value, &changed_path,
                          *scenario_changed_tables, &found))
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
    struct scenario_found found = {0};

    if (!json_fields_read(&reader, value, &world_path, *scenario_saved_tables,
                          &found))
        return;
    read_beside(&reader, &found, &world_path);
    if (found.changed)
        read_changed(scenario, found.changed, file, mistakes);
    scenario->state = found.state;
}
