/*
 * The pairs that a scenario wants to be given, which are no tokens until then.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "scenario/scenario_parts.h"
#include "tokens/token_table.h"
#include "json/json_writer.h"

static const char *const pair_types[] = {"bot", "user", NULL};

static const struct json_field pair_fields[] = {
    {.key = "access_token",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct given_pair, access_token)},
    {.key = "refresh_token",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct given_pair, refresh_token)},
    {.key = "type",
     .kind = FIELD_WORD,
     .words = pair_types,
     .offset = offsetof(struct given_pair, type)},
    {.key = NULL},
};

const struct json_field *const scenario_pair_tables[] = {pair_fields, NULL};

void scenario_read_pairs(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct scenario *scenario = target;
    struct directory *directory = &scenario->directory;
    struct json_path place = {path, NULL, 0};
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    directory->pair_count = (size_t)cJSON_GetArraySize(value);
    directory->pairs = arena_allocate(
        reader->arena, (directory->pair_count + 1) * sizeof *directory->pairs);
    directory->renews_pairs = true;
    cJSON_ArrayForEach (entry, value) {
        struct given_pair *pair = &directory->pairs[place.index];

        pair->type = TOKEN_TYPE_UNSET;
        pair->origin.list = "pairs";
        scenario_set_origin(reader, &place, &pair->origin);
        json_fields_read(reader, entry, &place, pair_fields, pair);
        place.index++;
    }
}

void scenario_write_pairs(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct scenario *scenario = target;
    const struct directory *directory = &scenario->directory;
    size_t number;

    if (!directory->pair_count && !directory->renews_pairs)
        return;
    json_write_array(writer, key);
    for (number = 0; number < directory->pair_count; number++) {
        json_write_object(writer, NULL);
        json_fields_write(writer, pair_fields, &directory->pairs[number]);
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

/* One that was given before a change is in the running world, as it should. */
static bool is_taken(const struct scenario *scenario,
                     const struct token_table *running, const char *text)
{
    const struct directory *directory = &scenario->directory;
    const size_t length = strlen(text);
    struct legacy_token found;
    bool is_running =
        running && hash_table_find(&running->tokens, text, length);

    if (hash_table_find(&directory->pairs_by_text, text, length))
        return true;
    return is_running ? directory->renews_pairs
                      : directory_find_token(directory, text, length, &found);
}

struct claims {
    struct scenario *scenario;
    const struct token_table *running;
    struct mistakes *mistakes;
};

static void claim(const struct claims *claims, struct given_pair *pair,
                  const char *key, const char *text)
{
    if (!text)
        return;
    if (is_taken(claims->scenario, claims->running, text))
        mistake_at(claims->mistakes, &pair->origin, key,
                   "found \"%s\", which is another token already; wanted one "
                   "of its own",
                   text);
    else
        hash_table_put(&claims->scenario->directory.pairs_by_text, text,
                       strlen(text), pair);
}

void scenario_check_pairs(struct scenario *scenario,
                          const struct token_table *running,
                          struct mistakes *mistakes)
{
    const struct directory *directory = &scenario->directory;
    const struct claims claims = {scenario, running, mistakes};
    size_t number;

    for (number = 0; number < directory->pair_count; number++) {
        struct given_pair *pair = &directory->pairs[number];

        if (pair->access_token && !token_is_rotated(pair->access_token))
            mistake_at(mistakes, &pair->origin, "access_token",
                       "found \"%s\", wanted one that begins with \"xoxe.\"",
                       pair->access_token);
        claim(&claims, pair, "access_token", pair->access_token);
        claim(&claims, pair, "refresh_token", pair->refresh_token);
    }
}
