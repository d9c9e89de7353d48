/*
 * Saves scenarios: the keys that anybody may write, and under `world` what only
 * a saved one has.
 */
#include "scenario/scenario_save.h"

#include <stdlib.h>

#include "base/hash_table.h"
#include "scenario/scenario_origins.h"
#include "scenario/scenario_parts.h"
#include "scenario/scenario_saved.h"
#include "json/json_writer.h"

/*
 * Where its entries stood, and what the keys cannot say: `rate_limits` is a
 * word or an object.
 */
static void write_beside(const struct scenario *scenario,
                         struct json_writer *writer)
{
    if (scenario->has_documented_limits && scenario->rate_limits.count)
        json_write_boolean(writer, "documented_limits", true);
    scenario_origins_write(writer, "origins", scenario);
}

static void write_tokens(const struct directory *directory,
                         struct json_writer *writer)
{
    size_t number;

    json_write_array(writer, "tokens");
    for (number = 0; number < directory->token_count; number++)
        scenario_write_token_facts(writer, NULL, directory->tokens[number]);
    json_write_array_end(writer);
}

static void write_issued(const struct directory *directory,
                         struct json_writer *writer)
{
    const struct hash_entry **sorted;
    size_t number;

    if (!directory->issued_by_text.count)
        return;
    sorted = hash_table_sorted(&directory->issued_by_text);
    json_write_array(writer, "issued");
    for (number = 0; number < directory->issued_by_text.count; number++)
        scenario_write_issued(writer, NULL, sorted[number]->value);
    json_write_array_end(writer);
    free(sorted);
}

/*
 * The scenario that PATCHes have made of the one that was loaded; rules, clock
 * and seed of a running mock are its own.
 */
static void write_changed(const struct scenario *scenario,
                          struct json_writer *writer)
{
    struct scenario running = *scenario;

    running.rule_count = 0;
    running.has_clock = false;
    running.seed = -1;
    json_write_object(writer, "changed");
    json_write_object(writer, "scenario");
    json_fields_write(writer, *scenario_tables, &running);
    json_write_object_end(writer);
    write_beside(&running, writer);
    write_tokens(&running.directory, writer);
    write_issued(&running.directory, writer);
    json_write_object_end(writer);
}

void scenario_save_begin(const struct scenario *loaded,
                         const struct scenario *running,
                         struct json_writer *writer)
{
    json_write_object(writer, NULL);
    json_fields_write(writer, *scenario_tables, loaded);
    json_write_object(writer, "world");
    json_write_integer(writer, "format", SCENARIO_SAVED_FORMAT);
    write_beside(loaded, writer);
    if (running != loaded)
        write_changed(running, writer);
}

void scenario_save_end(struct json_writer *writer)
{
    json_write_object_end(writer);
    json_write_object_end(writer);
}

void scenario_save(const struct scenario *scenario, struct buffer *document)
{
    struct json_writer writer = {.output = document};

    scenario_save_begin(
        scenario, scenario->changed ? scenario->changed : scenario, &writer);
    if (scenario->state)
        json_write_tree(&writer, "state", scenario->state);
    scenario_save_end(&writer);
}
