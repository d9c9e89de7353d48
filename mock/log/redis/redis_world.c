/* Elements of a stream as inputs. */
#include "log/redis/redis_world.h"

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "scenario/scenario.h"

#define TIME_MOST INT64_C(253402300799999) /* the end of the year 9999 */

struct writer {
    long long last;
    char name[WRITER_SIZE];
};

/* False if it has come before. */
static bool is_new(struct redis_world *world, const char *name,
                   long long sequence)
{
    struct writer *writer =
        hash_table_find(&world->writers, name, strlen(name));

    if (writer && sequence <= writer->last)
        return false;
    if (!writer) {
        writer = xcalloc(1, sizeof *writer);
        memcpy(writer->name, name, strlen(name));
        hash_table_put(&world->writers, writer->name, strlen(writer->name),
                       writer);
    }
    writer->last = sequence;
    return true;
}

bool redis_world_has(const struct redis_world *world, const char *writer,
                     long long sequence)
{
    const struct writer *found =
        hash_table_find(&world->writers, writer, strlen(writer));

    return found && sequence <= found->last;
}

void redis_world_write_writers(const struct redis_world *world,
                               struct buffer *lines)
{
    const struct writer *writer;
    size_t place = 0;

    while ((writer = hash_table_next(&world->writers, &place)))
        buffer_printf(lines, "%s %lld\n", writer->name, writer->last);
}

bool redis_world_read_writers(struct redis_world *world, char *lines)
{
    char *rest = lines;

    while (*rest) {
        char *name = rest;
        char *blank = name + strcspn(name, " ");

        if (!*blank || blank - name >= WRITER_SIZE)
            return false;
        *blank = '\0';
        (void)is_new(world, name, strtoll(blank + 1, &rest, 10));
        if (rest == blank + 1 || *rest != '\n')
            return false;
        rest++;
    }
    return true;
}

/* ---- ids ---- */

struct id {
    unsigned long long time;
    unsigned long long count;
};

static bool read_id(const char *text, struct id *id)
{
    char *end;

    if (*text < '0' || *text > '9' || strlen(text) >= STREAM_ID_SIZE)
        return false;
    id->time = strtoull(text, &end, 10);
    if (*end != '-' || end[1] < '0' || end[1] > '9')
        return false;
    id->count = strtoull(end + 1, &end, 10);
    return !*end;
}

bool redis_world_is_id(const char *text)
{
    struct id id;

    return read_id(text, &id);
}

/* Otherwise what was read would be asked for again and again. */
static bool is_behind(const char *text, const char *last_text)
{
    struct id id;
    struct id last;

    if (!read_id(text, &id))
        return false;
    if (!read_id(last_text, &last))
        return true; /* it is the first */
    return id.time != last.time ? id.time > last.time : id.count > last.count;
}

/* ---- shapes ---- */

static bool is_array(const redisReply *reply, size_t least)
{
    return reply->type == REDIS_REPLY_ARRAY && reply->elements >= least;
}

static bool is_element(const redisReply *reply)
{
    const redisReply *fields;

    if (!is_array(reply, 2) || reply->element[0]->type != REDIS_REPLY_STRING ||
        !is_array(reply->element[1], 0))
        return false;
    fields = reply->element[1];
    for (size_t i = 0; i < fields->elements; i++)
        if (fields->element[i]->type != REDIS_REPLY_STRING)
            return false;
    return true;
}

const redisReply *redis_world_elements(const redisReply *answer)
{
    if (!is_array(answer, 0))
        return NULL;
    for (size_t i = 0; i < answer->elements; i++)
        if (!is_element(answer->element[i]))
            return NULL;
    return answer;
}

const redisReply *redis_world_news(const redisReply *answer)
{
    if (!is_array(answer, 1) || !is_array(answer->element[0], 2))
        return NULL;
    return redis_world_elements(answer->element[0]->element[1]);
}

/* ---- what they say ---- */

/* The value of a field of an element, NULL if it has none of that name. */
static const redisReply *field(const redisReply *fields, const char *name)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        if (strcmp(fields->element[i]->str, name) == 0)
            return fields->element[i + 1];
    return NULL;
}

static bool is_own(const struct own_entry *own, const char *line, size_t length)
{
    return own->request && own->length == length &&
           memcmp(own->line, line, length) == 0;
}

static void read_entry(struct redis_world *world, const struct own_entry *own,
                       struct log_lines *lines, struct record *record,
                       struct buffer *why)
{
    size_t length;
    char *line = log_lines_next(lines, &length);

    if (is_own(own, line, length))
        record->entry = (struct log_entry){
            .writer = own->writer,
            .sequence = own->sequence,
            .input = {.kind = INPUT_REQUEST, .request = *own->request}};
    else if (!log_entry_read(&world->room, line, length, &record->entry, why))
        return;
    if (strlen(record->entry.writer) >= WRITER_SIZE) {
        buffer_add_text(why, "wanted a shorter writer");
        scenario_release(record->entry.input.scenario);
        return;
    }
    record->kind = RECORD_ENTRY;
    record->entry.input.host_time = record->time;
    record->writer = record->entry.writer;
    record->sequence = record->entry.sequence;
    world->since_snapshot += length;
}

/* `WRITER SEQUENCE` */
static void read_marker(char *text, struct record *record, struct buffer *why)
{
    char *blank = strchr(text, ' ');

    if (!blank || blank - text >= WRITER_SIZE) {
        buffer_add_text(why, "wanted a writer and its count");
        return;
    }
    record->kind = RECORD_MARKER;
    *blank = '\0';
    record->writer = text;
    record->sequence = strtoll(blank + 1, NULL, 10);
}

/* Its size; the next one is due by what comes from here on. */
static void read_snapshot(struct redis_world *world, const char *text,
                          struct record *record)
{
    record->kind = RECORD_SNAPSHOT;
    world->snapshot_size = strtoul(text, NULL, 10);
    world->since_snapshot = 0;
}

static enum record_kind find_text(const redisReply *fields,
                                  const redisReply **text)
{
    static const struct {
        const char *name;
        enum record_kind kind;
    } names[] = {
        {"e", RECORD_ENTRY}, {"m", RECORD_MARKER}, {"s", RECORD_SNAPSHOT}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((*text = field(fields, names[i].name)))
            return names[i].kind;
    return RECORD_DAMAGED;
}

static void look_at_fields(const struct redis_world *world,
                           const redisReply *fields,
                           struct redis_element *element)
{
    const redisReply *generation = field(fields, "g");
    const redisReply *text = NULL;

    if (element->time > TIME_MOST) {
        element->damage = "its time is too far in the future";
    } else if (field(fields, "h")) {
        element->kind = RECORD_HEAD;
    } else if (!generation || strcmp(generation->str, world->generation) != 0) {
        element->kind = RECORD_OTHER;
    } else {
        element->kind = find_text(fields, &text);
        element->damage = text ? NULL : "wanted a field e, m or s";
        if (text)
            element->lines = log_lines_of(text->str, (size_t)text->len);
    }
}

struct redis_element redis_world_begin(struct redis_world *world,
                                       struct redisReply *reply)
{
    struct redis_element element = {.kind = RECORD_DAMAGED,
                                    .lines = {.has_more = true}};
    const bool is_in_order = is_behind(reply->element[0]->str, world->last_id);

    (void)snprintf(world->last_id, sizeof world->last_id, "%s",
                   reply->element[0]->str);
    element.time = strtoll(world->last_id, NULL, 10);
    if (is_in_order)
        look_at_fields(world, reply->element[1], &element);
    else
        element.damage = "its id is not one behind those before it";
    return element;
}

/* What is one record: all but entries. */
static void read_whole(struct redis_world *world, struct redis_element *element,
                       struct record *record, struct buffer *why)
{
    element->lines.has_more = false;
    if (element->damage)
        buffer_add_text(why, element->damage);
    else if (element->kind == RECORD_MARKER)
        read_marker(element->lines.bytes, record, why);
    else if (element->kind == RECORD_SNAPSHOT)
        read_snapshot(world, element->lines.bytes, record);
    else
        record->kind = element->kind;
}

struct record redis_world_next(struct redis_world *world,
                               const struct own_entry *own,
                               struct redis_element *element,
                               struct buffer *why)
{
    struct record record = {.kind = RECORD_DAMAGED, .time = element->time};

    if (element->kind == RECORD_ENTRY)
        read_entry(world, own, &element->lines, &record, why);
    else
        read_whole(world, element, &record, why);
    if ((record.kind == RECORD_ENTRY || record.kind == RECORD_MARKER) &&
        !is_new(world, record.writer, record.sequence))
        record.kind = RECORD_DOUBLE;
    return record;
}

void redis_world_clear(struct redis_world *world)
{
    struct writer *writer;
    size_t place = 0;

    while ((writer = hash_table_next(&world->writers, &place)))
        free(writer);
    hash_table_free(&world->writers);
    log_entry_room_free(&world->room);
    buffer_free(&world->head_line);
    buffer_free(&world->scenario);
    *world = (struct redis_world){.last_id = ""};
}
