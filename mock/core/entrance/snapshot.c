/*
 * A whole server as lines. The first tells what the worlds have in common: the
 * names of the sandboxes, the main world's is empty, in the order of the lines
 * that follow.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "entrance/entrance.h"
#include "entrance/entrance_parts.h"
#include "entrance/scenario_difference.h"
#include "mock/mock.h"
#include "mock/mock_state.h"
#include "mock/outbox.h"
#include "mock/sandboxes.h"
#include "scenario/scenario.h"
#include "world/world_load.h"
#include "json/json_fields.h"
#include "json/json_text.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define SNAPSHOT   "snapshot" /* how messages call the text */
#define DEPTH_MOST 8
#define COUNT_MOST ((long long)1 << 53)

/* ---- saving ---- */

struct names {
    const char **list;
    size_t count;
};

static struct mock *world_of(struct sandboxes *sandboxes, const char *name)
{
    return *name ? sandboxes_find(sandboxes, name, strlen(name))
                 : sandboxes_main(sandboxes);
}

static const char *name_of(struct sandboxes *sandboxes,
                           const struct names *names, const struct mock *mock)
{
    size_t number = 0;

    if (mock == sandboxes_main(sandboxes))
        return "";
    while (world_of(sandboxes, names->list[number]) != mock)
        number++;
    return names->list[number];
}

static void write_worlds(const struct names *names, struct json_writer *writer)
{
    size_t number;

    json_write_array(writer, "worlds");
    json_write_text(writer, NULL, "");
    for (number = 0; number < names->count; number++)
        json_write_text(writer, NULL, names->list[number]);
    json_write_array_end(writer);
}

/* Of several events that are due the first of these has its own sent. */
static void write_outbox(struct sandboxes *sandboxes, const struct names *names,
                         struct json_writer *writer)
{
    const struct outbox *outbox = sandboxes_outbox(sandboxes);
    const struct mock *mock = outbox_next(outbox, NULL);

    json_write_array(writer, "outbox");
    for (; mock; mock = outbox_next(outbox, mock))
        json_write_text(writer, NULL, name_of(sandboxes, names, mock));
    json_write_array_end(writer);
}

static void write_head(struct sandboxes *sandboxes, const struct names *names,
                       struct buffer *lines)
{
    struct json_writer writer = {.output = lines};

    json_write_object(&writer, NULL);
    json_bits_write(&writer, "entropy", sandboxes_entropy(sandboxes));
    json_write_integer(&writer, "last_ticket",
                       (long long)sandboxes_outbox(sandboxes)->last_ticket);
    write_worlds(names, &writer);
    write_outbox(sandboxes, names, &writer);
    json_write_object_end(&writer);
    buffer_add_byte(lines, '\n');
}

static void write_world(const struct mock *mock, int64_t host_time,
                        struct buffer *lines)
{
    struct json_writer writer = {.output = lines};

    mock_save(mock, host_time, &writer);
    buffer_add_byte(lines, '\n');
}

void entrance_save(const struct entrance *entrance, int64_t host_time,
                   struct buffer *lines)
{
    struct sandboxes *sandboxes = entrance_sandboxes(entrance);
    struct names names;
    size_t number;

    names.list = sandboxes_names(sandboxes, &names.count);
    write_head(sandboxes, &names, lines);
    write_world(sandboxes_main(sandboxes), host_time, lines);
    for (number = 0; number < names.count; number++)
        write_world(world_of(sandboxes, names.list[number]), host_time, lines);
    free(names.list);
}

bool entrance_has_scenario(const struct entrance *entrance,
                           const char *document, size_t length)
{
    struct buffer own = BUFFER_INIT;
    struct buffer place = BUFFER_INIT;
    struct json_writer writer = {.output = &own};
    bool has_it;

    mock_save_scenario(sandboxes_main(entrance_sandboxes(entrance)), &writer);
    has_it =
        !scenario_difference(own.data, own.length, document, length, &place);
    buffer_free(&place);
    buffer_free(&own);
    return has_it;
}

/* ---- restoring ---- */

/* The first line. */
struct head {
    uint64_t entropy;
    long long last_ticket;
    const cJSON *worlds; /* arrays of texts */
    const cJSON *outbox;
};

struct restoring {
    const struct mock_options *options;
    int64_t host_time;
    const char *rest; /* the lines that were not read yet */
    size_t length;
    struct arena arena;
    struct mistakes mistakes;
    struct sandboxes *sandboxes; /* NULL before the main world is there */
};

static void find_names(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct head *head = target;
    struct json_path place = {path, NULL, 0};
    const cJSON *name;

    if (!json_is_array(reader, value, path))
        return;
    cJSON_ArrayForEach (name, value) {
        if (!cJSON_IsString(name))
            mistake_found(reader->mistakes, reader->file, &place, name,
                          "the name of a world");
        place.index++;
    }
    if (strcmp(path->key, "worlds") == 0)
        head->worlds = value;
    else
        head->outbox = value;
}

static const struct json_field head_fields[] = {
    {.key = "entropy",
     .kind = FIELD_BITS,
     .required = true,
     .offset = offsetof(struct head, entropy)},
    {.key = "last_ticket",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct head, last_ticket)},
    {.key = "worlds",
     .kind = FIELD_OTHER,
     .required = true,
     .read = find_names},
    {.key = "outbox",
     .kind = FIELD_OTHER,
     .required = true,
     .read = find_names},
    {.key = NULL},
};

/* The next line, without its end. */
static struct json_text take_line(struct restoring *restoring)
{
    const char *end = memchr(restoring->rest, '\n', restoring->length);
    const size_t length =
        end ? (size_t)(end - restoring->rest) : restoring->length;
    const struct json_text line = {restoring->rest, length, NULL};

    restoring->rest += length + (end != NULL);
    restoring->length -= length + (end != NULL);
    return line;
}

static bool read_head(struct restoring *restoring, struct head *head)
{
    static const struct json_path top = {0};
    const struct json_reader reader = {.mistakes = &restoring->mistakes,
                                       .file = SNAPSHOT,
                                       .arena = &restoring->arena};
    const struct json_text line = take_line(restoring);
    struct json_syntax_error error;
    const cJSON *tree =
        json_text_parse_into(&restoring->arena, &line, DEPTH_MOST, &error);

    if (!tree)
        mistake(&restoring->mistakes, SNAPSHOT, NULL, "syntax error: %s",
                error.message);
    return tree && json_fields_read(&reader, tree, &top, head_fields, head) &&
           !restoring->mistakes.count;
}

static bool complain(struct restoring *restoring, const char *name,
                     const char *problem)
{
    mistake(&restoring->mistakes, SNAPSHOT, NULL, "the world \"%s\" %s", name,
            problem);
    return false;
}

/* The main world comes first, and each name once. */
static bool check_name(struct restoring *restoring, const char *name)
{
    if (!restoring->sandboxes)
        return !*name || complain(restoring, name, "stands before the main");
    if (!sandbox_name_is_valid(name, strlen(name)))
        return complain(restoring, name, "has no name of a sandbox");
    return !sandboxes_find(restoring->sandboxes, name, strlen(name)) ||
           complain(restoring, name, "stands there twice");
}

static bool add_world(struct restoring *restoring, const char *name,
                      uint64_t entropy)
{
    const struct json_text line = take_line(restoring);
    struct scenario *scenario = world_load_unchecked(
        SNAPSHOT, line.bytes, line.length, restoring->mistakes.lines);
    struct mock *mock =
        scenario ? mock_restore(scenario, restoring->options,
                                restoring->host_time, restoring->mistakes.lines)
                 : NULL;

    if (!mock)
        return false;
    if (restoring->sandboxes)
        sandboxes_add(restoring->sandboxes, name, mock);
    else
        restoring->sandboxes =
            sandboxes_restore(mock, restoring->options, entropy);
    return true;
}

static bool restore_outbox(struct restoring *restoring, const struct head *head)
{
    int number = cJSON_GetArraySize(head->outbox);

    while (number-- > 0) {
        const char *name =
            cJSON_GetStringValue(cJSON_GetArrayItem(head->outbox, number));
        struct mock *mock = world_of(restoring->sandboxes, name);

        if (!mock)
            return complain(restoring, name, "has events, and is not there");
        outbox_put_first(mock);
    }
    sandboxes_outbox(restoring->sandboxes)->last_ticket =
        (uint64_t)head->last_ticket;
    return true;
}

static bool restore(struct restoring *restoring)
{
    struct head head = {0};
    const cJSON *name;

    if (!read_head(restoring, &head))
        return false;
    cJSON_ArrayForEach (name, head.worlds)
        if (!check_name(restoring, name->valuestring) ||
            !add_world(restoring, name->valuestring, head.entropy))
            return false;
    if (!restoring->sandboxes || restoring->length) {
        mistake(&restoring->mistakes, SNAPSHOT, NULL,
                "it has not a line for each world");
        return false;
    }
    return restore_outbox(restoring, &head);
}

struct entrance *entrance_restore(const char *lines, size_t length,
                                  const struct mock_options *options,
                                  int64_t host_time, struct buffer *mistakes)
{
    struct restoring restoring = {
        .options = options,
        .host_time = host_time,
        .rest = lines,
        .length = length,
        .mistakes = {mistakes, 0},
    };
    const bool is_well = restore(&restoring);

    arena_free(&restoring.arena);
    if (is_well)
        return entrance_of(restoring.sandboxes);
    sandboxes_free(restoring.sandboxes);
    return NULL;
}
