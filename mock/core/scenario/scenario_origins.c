/* One row for each list whose entries have an origin. */
#include "scenario/scenario_origins.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

struct listed {
    const char *name;
    size_t (*count)(const struct scenario *scenario);
    /* Of an entry; NULL for a rule, which has a file and an index alone. */
    struct origin *(*at)(const struct scenario *scenario, size_t number);
};

#define LISTED(list, entries)                                                  \
    static size_t count_##list(const struct scenario *scenario)                \
    {                                                                          \
        return scenario->directory.entries##_count;                            \
    }

LISTED(apps, app)
LISTED(teams, team)
LISTED(tokens, token)
LISTED(codes, code)
LISTED(pairs, pair)

static size_t count_rules(const struct scenario *scenario)
{
    return scenario->rule_count;
}

static struct origin *app_at(const struct scenario *scenario, size_t number)
{
    return &scenario->directory.apps[number]->origin;
}

static struct origin *team_at(const struct scenario *scenario, size_t number)
{
    return &scenario->directory.teams[number]->origin;
}

static struct origin *token_at(const struct scenario *scenario, size_t number)
{
    return &scenario->directory.tokens[number]->origin;
}

static struct origin *code_at(const struct scenario *scenario, size_t number)
{
    return &scenario->directory.codes[number]->origin;
}

static struct origin *pair_at(const struct scenario *scenario, size_t number)
{
    return &scenario->directory.pairs[number].origin;
}

static const struct listed lists[] = {
    {"apps", count_apps, app_at},       {"teams", count_teams, team_at},
    {"tokens", count_tokens, token_at}, {"codes", count_codes, code_at},
    {"pairs", count_pairs, pair_at},    {"rules", count_rules, NULL},
};

#define LIST_COUNT (sizeof lists / sizeof *lists)

/* ---- writing ---- */

struct place {
    const char *file;
    size_t index;
};

static struct place place_of(const struct listed *list,
                             const struct scenario *scenario, size_t number)
{
    const struct origin *origin;

    if (!list->at)
        return (struct place){scenario->rules[number]->file,
                              scenario->rules[number]->index};
    origin = list->at(scenario, number);
    return (struct place){origin->file, origin->index};
}

/* How many entries from that one on stood behind each other. */
static size_t run_length(const struct listed *list,
                         const struct scenario *scenario, size_t first)
{
    const struct place start = place_of(list, scenario, first);
    const size_t count = list->count(scenario);
    size_t number = first + 1;

    for (; number < count; number++) {
        const struct place place = place_of(list, scenario, number);

        if (place.index != start.index + (number - first) ||
            (place.file != start.file && strcmp(place.file, start.file) != 0))
            break;
    }
    return number - first;
}

static void write_runs(struct json_writer *writer, const struct listed *list,
                       const struct scenario *scenario)
{
    const size_t count = list->count(scenario);
    size_t number = 0;

    if (!count)
        return;
    json_write_array(writer, list->name);
    while (number < count) {
        const struct place place = place_of(list, scenario, number);
        const size_t length = run_length(list, scenario, number);

        json_write_object(writer, NULL);
        json_write_text(writer, "file", place.file);
        json_write_integer(writer, "from", (long long)place.index);
        json_write_integer(writer, "count", (long long)length);
        json_write_object_end(writer);
        number += length;
    }
    json_write_array_end(writer);
}

void scenario_origins_write(struct json_writer *writer, const char *key,
                            const struct scenario *scenario)
{
    size_t row;

    json_write_object(writer, key);
    for (row = 0; row < LIST_COUNT; row++)
        write_runs(writer, &lists[row], scenario);
    json_write_object_end(writer);
}

/* ---- reading ---- */

#define INDEX_MOST 100000000

struct run {
    const char *file;
    long long from;
    long long count;
};

static const struct json_field run_fields[] = {
    {.key = "file",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct run, file)},
    {.key = "from",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = INDEX_MOST,
     .offset = offsetof(struct run, from)},
    {.key = "count",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = 1,
     .most = INDEX_MOST,
     .offset = offsetof(struct run, count)},
    {.key = NULL},
};

static const struct json_field *const run_tables[] = {run_fields, NULL};

/* The value of each list, as found; in the order of `lists`. */
struct found_lists {
    const cJSON *values[LIST_COUNT];
};

static void find_list(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct found_lists *found = target;
    size_t row = 0;

    while (strcmp(lists[row].name, path->key) != 0)
        row++;
    if (json_is_array(reader, value, path))
        found->values[row] = value;
}

#define LIST_FIELD(name)                                                       \
    {                                                                          \
        .key = (name), .kind = FIELD_OTHER, .read = find_list,                 \
        .inside = run_tables, .step = "[]"                                     \
    }

static const struct json_field origins_fields[] = {
    LIST_FIELD("apps"),  LIST_FIELD("teams"), LIST_FIELD("tokens"),
    LIST_FIELD("codes"), LIST_FIELD("pairs"), LIST_FIELD("rules"),
    {.key = NULL},
};

const struct json_field *const scenario_origins_tables[] = {origins_fields,
                                                            NULL};

/* Where to go on. */
struct setting {
    const struct listed *list;
    struct scenario *scenario;
    size_t number;
};

static void set_place(const struct setting *setting, const char *file,
                      size_t index)
{
    struct origin *origin;

    if (!setting->list->at) {
        rule_set_place(setting->scenario->rules[setting->number], file, index);
        return;
    }
    origin = setting->list->at(setting->scenario, setting->number);
    origin->file = file;
    origin->above = NULL;
    origin->index = index;
}

static void set_run(const struct json_reader *reader, const cJSON *value,
                    const struct json_path *path, struct setting *setting)
{
    struct run run = {NULL, 0, 0};
    long long done;

    if (!json_fields_read(reader, value, path, run_fields, &run))
        return;
    for (done = 0; done < run.count; done++) {
        if (setting->number >= setting->list->count(setting->scenario)) {
            mistake(reader->mistakes, reader->file, path,
                    "found more than there are entries in \"%s\"",
                    setting->list->name);
            return;
        }
        set_place(setting, run.file, (size_t)(run.from + done));
        setting->number++;
    }
}

static void set_list(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, struct setting *setting)
{
    struct json_path place = {path, NULL, 0};
    const size_t before = reader->mistakes->count;
    const cJSON *run;

    cJSON_ArrayForEach (run, value) {
        set_run(reader, run, &place, setting);
        place.index++;
    }
    if (reader->mistakes->count == before &&
        setting->number < setting->list->count(setting->scenario))
        mistake(reader->mistakes, reader->file, path,
                "found fewer than there are entries in \"%s\"",
                setting->list->name);
}

void scenario_origins_read(const struct json_reader *reader,
                           const struct cJSON *value,
                           const struct json_path *path,
                           struct scenario *scenario)
{
    struct found_lists found = {{NULL}};
    size_t row;

    if (!json_fields_read(reader, value, path, origins_fields, &found))
        return;
    for (row = 0; row < LIST_COUNT; row++) {
        const struct json_path place = {path, lists[row].name, 0};
        struct setting setting = {&lists[row], scenario, 0};

        if (found.values[row])
            set_list(reader, found.values[row], &place, &setting);
    }
}
