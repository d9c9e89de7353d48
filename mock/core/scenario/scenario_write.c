/* Writes the keys of a scenario whose values are lists or objects. */
#include <stdlib.h>

#include "base/timestamp.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

void scenario_write_clock(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct scenario *scenario = target;
    char at[ISO_8601_SIZE];

    if (!scenario->has_clock)
        return;
    timestamp_to_iso_8601(scenario->clock_start, at);
    json_write_object(writer, key);
    json_write_text(writer, "at", at);
    json_write_boolean(writer, "frozen", scenario->clock_frozen);
    json_write_object_end(writer);
}

/* ---- lists ---- */

struct written_list {
    void *const *entries;
    size_t count;
    json_write_key *write_entry;
};

static void write_list(struct json_writer *writer, const char *key,
                       struct written_list list)
{
    size_t number;

    if (!list.count)
        return;
    json_write_array(writer, key);
    for (number = 0; number < list.count; number++)
        list.write_entry(writer, NULL, list.entries[number]);
    json_write_array_end(writer);
}

void scenario_write_apps(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct directory *directory =
        &((const struct scenario *)target)->directory;

    write_list(writer, key,
               (struct written_list){(void *const *)directory->apps,
                                     directory->app_count, scenario_write_app});
}

void scenario_write_teams(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct directory *directory =
        &((const struct scenario *)target)->directory;

    write_list(writer, key,
               (struct written_list){(void *const *)directory->teams,
                                     directory->team_count,
                                     scenario_write_team});
}

void scenario_write_tokens(struct json_writer *writer, const char *key,
                           const void *target)
{
    const struct directory *directory =
        &((const struct scenario *)target)->directory;

    write_list(writer, key,
               (struct written_list){(void *const *)directory->tokens,
                                     directory->token_count,
                                     scenario_write_token});
}

void scenario_write_codes(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct directory *directory =
        &((const struct scenario *)target)->directory;

    write_list(writer, key,
               (struct written_list){(void *const *)directory->codes,
                                     directory->code_count,
                                     scenario_write_code});
}

static void write_rule(struct json_writer *writer, const char *key,
                       const void *target)
{
    json_write_json(writer, key, ((const struct rule *)target)->source);
}

void scenario_write_rules(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct scenario *scenario = target;

    write_list(writer, key,
               (struct written_list){(void *const *)scenario->rules,
                                     scenario->rule_count, write_rule});
}

/* ---- what is said of methods by their names ---- */

static void write_by_method(struct json_writer *writer, const char *key,
                            const struct hash_table *table,
                            json_write_key *write_value)
{
    const struct hash_entry **sorted;
    size_t number;

    if (!table->count)
        return;
    sorted = hash_table_sorted(table);
    json_write_object(writer, key);
    for (number = 0; number < table->count; number++)
        write_value(writer, sorted[number]->key, sorted[number]->value);
    json_write_object_end(writer);
    free(sorted);
}

static void write_limit(struct json_writer *writer, const char *key,
                        const void *target)
{
    rate_limit_write(writer, key, target);
}

/* Both the word and an object are more than one value: see scenario_save.c. */
void scenario_write_rate_limits(struct json_writer *writer, const char *key,
                                const void *target)
{
    const struct scenario *scenario = target;

    if (scenario->has_documented_limits && !scenario->rate_limits.count)
        json_write_text(writer, key, "documented");
    else
        write_by_method(writer, key, &scenario->rate_limits, write_limit);
}

void scenario_write_methods(struct json_writer *writer, const char *key,
                            const void *target)
{
    const struct scenario *scenario = target;

    write_by_method(writer, key, &scenario->methods, scenario_write_method);
}

static void write_stub(struct json_writer *writer, const char *key,
                       const void *target)
{
    json_write_tree(writer, key, target);
}

void scenario_write_stubs(struct json_writer *writer, const char *key,
                          const void *target)
{
    const struct scenario *scenario = target;

    write_by_method(writer, key, &scenario->stubs, write_stub);
}

void scenario_write_choices(struct json_writer *writer, const char *key,
                            const void *target)
{
    choices_write(writer, key, &((const struct scenario *)target)->choices);
}
