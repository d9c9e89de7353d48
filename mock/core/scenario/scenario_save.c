/*
 * Saves scenarios. The changes of a running one are a scenario too, of which
 * the lists have only what differs.
 */
#include "scenario/scenario_save.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "json/json_writer.h"
#include "scenario/scenario_origins.h"
#include "scenario/scenario_parts.h"

void scenario_save_keys(const struct scenario *scenario,
                        struct json_writer *writer)
{
    json_fields_write(writer, *scenario_tables, scenario);
}

/* `rate_limits` cannot say both. */
static void write_documented(const struct scenario *scenario,
                             struct json_writer *writer, const char *key)
{
    if (scenario->has_documented_limits && scenario->rate_limits.count)
        json_write_boolean(writer, key, true);
}

void scenario_save_origins(const struct scenario *scenario,
                           struct json_writer *writer)
{
    json_write_integer(writer, "format", SCENARIO_SAVE_FORMAT);
    write_documented(scenario, writer, "documented_limits");
    scenario_origins_write(writer, "origins", scenario);
}

void scenario_save(const struct scenario *scenario, struct buffer *document)
{
    struct json_writer writer = {.output = document};

    json_write_object(&writer, NULL);
    scenario_save_keys(scenario, &writer);
    json_write_object(&writer, "world");
    scenario_save_origins(scenario, &writer);
    json_write_object_end(&writer);
    json_write_object_end(&writer);
}

/* ---- differences ---- */

static bool same_place(const struct origin *one, const struct origin *other)
{
    return one->index == other->index && strcmp(one->file, other->file) == 0;
}

/* Writes each, alone, and compares the texts. */
static bool same_text(json_write_key *write, const void *one, const void *other)
{
    struct buffer texts[2] = {BUFFER_INIT, BUFFER_INIT};
    struct json_writer first = {.output = &texts[0]};
    struct json_writer second = {.output = &texts[1]};
    bool is_same;

    write(&first, NULL, one);
    write(&second, NULL, other);
    is_same = strcmp(buffer_text(&texts[0]), buffer_text(&texts[1])) == 0;
    buffer_free(&texts[0]);
    buffer_free(&texts[1]);
    return is_same;
}

static void *room_for(size_t count)
{
    return xcalloc(count, sizeof(void *));
}

static void keep_apps(const struct directory *running,
                      const struct directory *loaded, struct directory *kept)
{
    size_t number;

    kept->apps = room_for(running->app_count);
    for (number = 0; number < running->app_count; number++) {
        struct app *app = running->apps[number];
        const struct app *before = directory_app_by_id(loaded, app->id);

        if (!before || !same_place(&app->origin, &before->origin) ||
            !same_text(scenario_write_app, app, before))
            kept->apps[kept->app_count++] = app;
    }
}

static void keep_teams(const struct directory *running,
                       const struct directory *loaded, struct directory *kept)
{
    size_t number;

    kept->teams = room_for(running->team_count);
    for (number = 0; number < running->team_count; number++) {
        struct team *team = running->teams[number];
        const struct team *before = directory_team_by_id(loaded, team->id);

        if (!before || !same_place(&team->origin, &before->origin) ||
            !same_text(scenario_write_team, team, before))
            kept->teams[kept->team_count++] = team;
    }
}

static void keep_tokens(const struct directory *running,
                        const struct directory *loaded, struct directory *kept)
{
    size_t number;

    kept->tokens = room_for(running->token_count);
    for (number = 0; number < running->token_count; number++) {
        struct token_entry *entry = running->tokens[number];
        const struct token_entry *before = directory_same_entry(loaded, entry);

        if (!before || !same_place(&entry->origin, &before->origin) ||
            !same_text(scenario_write_token, entry, before))
            kept->tokens[kept->token_count++] = entry;
    }
}

static void keep_codes(const struct directory *running,
                       const struct directory *loaded, struct directory *kept)
{
    size_t number;

    kept->codes = room_for(running->code_count);
    for (number = 0; number < running->code_count; number++) {
        struct code_entry *code = running->codes[number];
        const struct code_entry *before =
            directory_find_code(loaded, code->code, strlen(code->code));

        if (!before || !same_place(&code->origin, &before->origin) ||
            !same_text(scenario_write_code, code, before))
            kept->codes[kept->code_count++] = code;
    }
}

static bool same_pairs(const struct scenario *one, const struct scenario *other)
{
    size_t number;

    if (one->directory.pair_count != other->directory.pair_count)
        return false;
    for (number = 0; number < one->directory.pair_count; number++)
        if (!same_place(&one->directory.pairs[number].origin,
                        &other->directory.pairs[number].origin))
            return false;
    return !one->directory.pair_count ||
           same_text(scenario_write_pairs, one, other);
}

static void keep_values(const struct hash_table *running,
                        const struct hash_table *loaded,
                        json_write_key *write, struct hash_table *kept)
{
    size_t place;

    for (place = 0; place < running->capacity; place++) {
        const struct hash_entry *entry = &running->entries[place];
        const void *before =
            entry->key ? hash_table_find(loaded, entry->key, entry->key_length)
                       : NULL;

        if (entry->key && (!before || !same_text(write, entry->value, before)))
            hash_table_put(kept, entry->key, entry->key_length, entry->value);
    }
}

static void write_limit(struct json_writer *writer, const char *key,
                        const void *target)
{
    rate_limit_write(writer, key, target);
}

static void write_stub(struct json_writer *writer, const char *key,
                       const void *target)
{
    json_write_tree(writer, key, target);
}

/* What is kept is lent from the running one. */
static struct scenario difference(const struct scenario *running,
                                  const struct scenario *loaded)
{
    struct scenario kept = *running;

    kept.seed = -1;
    kept.has_clock = false;
    kept.rule_count = 0;
    kept.directory = (struct directory){.app_count = 0};
    kept.rate_limits = kept.methods = kept.stubs = (struct hash_table){0};
    keep_apps(&running->directory, &loaded->directory, &kept.directory);
    keep_teams(&running->directory, &loaded->directory, &kept.directory);
    keep_tokens(&running->directory, &loaded->directory, &kept.directory);
    keep_codes(&running->directory, &loaded->directory, &kept.directory);
    kept.directory.renews_pairs = !same_pairs(running, loaded);
    if (kept.directory.renews_pairs) {
        kept.directory.pairs = running->directory.pairs;
        kept.directory.pair_count = running->directory.pair_count;
    }
    keep_values(&running->rate_limits, &loaded->rate_limits, write_limit,
                &kept.rate_limits);
    keep_values(&running->methods, &loaded->methods, scenario_write_method,
                &kept.methods);
    keep_values(&running->stubs, &loaded->stubs, write_stub, &kept.stubs);
    kept.has_documented_limits =
        running->has_documented_limits && !loaded->has_documented_limits;
    return kept;
}

static void free_difference(struct scenario *kept)
{
    free(kept->directory.apps);
    free(kept->directory.teams);
    free(kept->directory.tokens);
    free(kept->directory.codes);
    hash_table_free(&kept->rate_limits);
    hash_table_free(&kept->methods);
    hash_table_free(&kept->stubs);
}

void scenario_save_changes(const struct scenario *running,
                           const struct scenario *loaded,
                           struct json_writer *writer)
{
    struct scenario kept;

    if (running == loaded)
        return;
    kept = difference(running, loaded);
    json_write_object(writer, "changes");
    scenario_save_keys(&kept, writer);
    json_write_object_end(writer);
    write_documented(&kept, writer, "changed_documented_limits");
    scenario_origins_write(writer, "changed_origins", &kept);
    free_difference(&kept);
}
