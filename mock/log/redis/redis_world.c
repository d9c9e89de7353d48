/* Elements of a stream as inputs. */
#include "log/redis/redis_world.h"

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

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

/* The value of a field of an element, NULL if it has none of that name. */
static redisReply *field(const redisReply *fields, const char *name)
{
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        if (fields->element[i]->str &&
            strcmp(fields->element[i]->str, name) == 0 &&
            fields->element[i + 1]->str)
            return fields->element[i + 1];
    return NULL;
}

static void read_entry(struct redis_world *world, redisReply *line,
                       struct record *record, struct buffer *why)
{
    if (!log_entry_read(&world->room, line->str, (size_t)line->len,
                        &record->entry, why) ||
        strlen(record->entry.writer) >= WRITER_SIZE) {
        record->kind = RECORD_DAMAGED;
        return;
    }
    record->kind = RECORD_ENTRY;
    record->entry.input.host_time = record->time;
    record->writer = record->entry.writer;
    record->sequence = record->entry.sequence;
}

/* `WRITER SEQUENCE` */
static void read_marker(char *text, struct record *record)
{
    char *blank = strchr(text, ' ');

    record->kind =
        blank && blank - text < WRITER_SIZE ? RECORD_MARKER : RECORD_DAMAGED;
    if (record->kind == RECORD_DAMAGED)
        return;
    *blank = '\0';
    record->writer = text;
    record->sequence = strtoll(blank + 1, NULL, 10);
}

struct record redis_world_read(struct redis_world *world,
                               struct redisReply *element, struct buffer *why)
{
    struct record record = {.kind = RECORD_DAMAGED};
    const redisReply *fields = element->element[1];
    redisReply *entry = field(fields, "e");
    redisReply *marker = field(fields, "m");
    const redisReply *generation = field(fields, "g");

    (void)snprintf(world->last_id, sizeof world->last_id, "%s",
                   element->element[0]->str);
    record.time = strtoll(world->last_id, NULL, 10);
    if (field(fields, "h"))
        record.kind = RECORD_HEAD;
    else if (!generation || strcmp(generation->str, world->generation) != 0)
        record.kind = RECORD_OTHER;
    else if (entry)
        read_entry(world, entry, &record, why);
    else if (marker)
        read_marker(marker->str, &record);
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
    buffer_free(&world->scenario);
    *world = (struct redis_world){.last_id = ""};
}
