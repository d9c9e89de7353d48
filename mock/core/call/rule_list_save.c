/* Writes and reads a list of rules, each with its counts. */
#include "call/rule_list_save.h"

#include <cjson/cJSON.h>

#include "base/hash_table.h"
#include "call/rule_list.h"
#include "rules/rule.h"
#include "scenario/scenario.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)
#define PLACE_MOST 100000000

struct saved_rule {
    long long place;  /* among the scenario's rules; -1: it came by a PATCH */
    const char *file; /* then it is given, and so is where it stood */
    long long index;
    long long met;
    long long acted;
    const struct rule *from; /* when written */
    struct rule *rule;       /* when read, held */
};

/* The names in messages are of the file that it came from. */
static void read_rule(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct saved_rule *saved = target;

    saved->rule = rule_read(reader, value, path);
}

static void write_rule(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct saved_rule *saved = target;

    if (saved->place < 0)
        json_write_json(writer, key, saved->from->source);
}

#define COUNT_FIELD(name)                                                      \
    {                                                                          \
        .key = #name, .kind = FIELD_INTEGER, .zero_is_absent = true,           \
        .most = COUNT_MOST, .offset = offsetof(struct saved_rule, name)        \
    }

static const struct json_field fields[] = {
    {.key = "place",
     .kind = FIELD_INTEGER,
     .most = PLACE_MOST,
     .offset = offsetof(struct saved_rule, place)},
    {.key = "rule",
     .kind = FIELD_OTHER,
     .read = read_rule,
     .write = write_rule,
     .inside = rule_tables,
     .step = ""},
    {.key = "file",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct saved_rule, file)},
    {.key = "index",
     .kind = FIELD_INTEGER,
     .most = PLACE_MOST,
     .offset = offsetof(struct saved_rule, index)},
    COUNT_FIELD(met),
    COUNT_FIELD(acted),
    {.key = NULL},
};

const struct json_field *const saved_rule_tables[] = {fields, NULL};

/* ---- writing ---- */

/* The places of the scenario's rules, by their addresses. */
static struct hash_table find_places(const struct scenario *scenario)
{
    struct hash_table places = {0};
    size_t number;

    for (number = 0; number < scenario->rule_count; number++)
        hash_table_put(&places, (const char *)&scenario->rules[number],
                       sizeof scenario->rules[number],
                       &scenario->rules[number]);
    return places;
}

static void save(const struct active_rule *entry,
                 const struct scenario *scenario,
                 const struct hash_table *places, struct json_writer *writer)
{
    struct rule *const *place =
        hash_table_find(places, (const char *)&entry->rule, sizeof entry->rule);
    const struct saved_rule saved = {
        .place = place ? place - scenario->rules : -1,
        .file = place ? NULL : entry->rule->file,
        .index = place ? -1 : (long long)entry->rule->index,
        .met = entry->met,
        .acted = entry->acted,
        .from = entry->rule,
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, fields, &saved);
    json_write_object_end(writer);
}

void rule_list_save(const struct rule_list *list,
                    const struct scenario *scenario, const char *key,
                    struct json_writer *writer)
{
    struct hash_table places = find_places(scenario);
    size_t number;

    json_write_array(writer, key);
    for (number = 0; number < list->count; number++)
        save(&list->entries[number], scenario, &places, writer);
    json_write_array_end(writer);
    hash_table_free(&places);
}

/* ---- reading ---- */

/* The rule that is meant, held; NULL after a mistake. */
static struct rule *find_rule(const struct json_reader *reader,
                              const struct json_path *path,
                              const struct scenario *scenario,
                              const struct saved_rule *saved)
{
    const struct json_path place = {path, "place", 0};

    if ((saved->rule != NULL) == (saved->place >= 0))
        mistake(reader->mistakes, reader->file, path,
                "wanted \"place\" or \"rule\", one of them");
    else if (saved->rule)
        return rule_hold(saved->rule);
    else if (saved->place < (long long)scenario->rule_count)
        return rule_hold(scenario->rules[saved->place]);
    else
        mistake(reader->mistakes, reader->file, &place,
                "found %lld, wanted the place of a rule: this scenario has "
                "%zu, the first is 0",
                saved->place, scenario->rule_count);
    return NULL;
}

static void read_entry(struct rule_list *list, const struct scenario *scenario,
                       const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path)
{
    struct saved_rule saved = {.place = -1, .index = -1};
    bool is_right = json_fields_read(reader, value, path, fields, &saved);
    struct rule *rule =
        is_right ? find_rule(reader, path, scenario, &saved) : NULL;

    if (rule && saved.rule)
        rule_set_place(saved.rule, saved.file ? saved.file : reader->file,
                       saved.index < 0 ? path->index : (size_t)saved.index);
    if (rule) {
        rule_list_append(list, rule, saved.met, saved.acted);
        rule_release(rule);
    }
    if (saved.rule)
        rule_release(saved.rule);
}

void rule_list_read_saved(struct rule_list *list,
                          const struct scenario *scenario,
                          const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path)
{
    struct json_path place = {path, NULL, 0};
    const cJSON *entry;

    if (!json_is_array(reader, value, path))
        return;
    cJSON_ArrayForEach (entry, value) {
        read_entry(list, scenario, reader, entry, &place);
        place.index++;
    }
}
