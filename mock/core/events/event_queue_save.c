/* Writes and reads the queue of events. */
#include "events/event_queue_save.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/xalloc.h"
#include "events/delivery_save.h"
#include "events/event_queue.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)

struct saved_queue {
    const struct event_queue *from; /* whose lists are written */
    struct event_queue *into;       /* whose lists are read */
    long long last_id;
    long long dropped;
};

/* ---- lists ---- */

static void write_list(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct saved_queue *saved = target;
    const struct delivery *delivery = saved->from->oldest;

    json_write_array(writer, key);
    for (; delivery; delivery = delivery->next)
        delivery_save(delivery, writer);
    json_write_array_end(writer);
}

static void read_one(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    const struct saved_queue *saved = target;
    struct event_queue *queue = saved->into;
    struct delivery *delivery = delivery_read_saved(reader, value, path);

    if (delivery && queue->newest && delivery->id <= queue->newest->id) {
        mistake(reader->mistakes, reader->file, path,
                "its id is not above that of the one before");
        delivery_free(delivery);
    } else if (delivery) {
        event_queue_put_back(queue, delivery);
    }
}

static void write_urls(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct saved_queue *saved = target;
    const struct used_url *used = saved->from->urls;

    json_write_array(writer, key);
    for (; used; used = event_queue_next_url(used))
        json_write_text(writer, NULL, event_queue_url(used));
    json_write_array_end(writer);
}

static void read_url(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    const struct saved_queue *saved = target;

    if (!cJSON_IsString(value) || !*value->valuestring)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a text that is not empty");
    else
        event_queue_note_url(saved->into, value->valuestring);
}

static const struct json_field fields[] = {
    {.key = "last_id",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_queue, last_id)},
    {.key = "dropped",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_queue, dropped)},
    {.key = "verified_urls",
     .kind = FIELD_LIST,
     .read = read_url,
     .write = write_urls},
    {.key = "list",
     .kind = FIELD_LIST,
     .read = read_one,
     .write = write_list,
     .inside = delivery_saved_tables,
     .step = "[]"},
    {.key = NULL},
};

const struct json_field *const event_queue_saved_tables[] = {fields, NULL};

void event_queue_save(const struct event_queue *queue, const char *key,
                      struct json_writer *writer)
{
    const struct saved_queue saved = {
        .from = queue, .last_id = queue->last_id, .dropped = queue->dropped};

    if (!queue->last_id)
        return;
    json_write_object(writer, key);
    json_fields_write(writer, fields, &saved);
    json_write_object_end(writer);
}

static int64_t newest_id(const struct event_queue *queue)
{
    return queue->newest ? queue->newest->id : 0;
}

void event_queue_read_saved(struct event_queue *queue,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path)
{
    const struct json_path place = {path, "last_id", 0};
    struct saved_queue saved = {.into = queue};

    if (!json_fields_read(reader, value, path, fields, &saved))
        return;
    if (saved.last_id < newest_id(queue))
        mistake(reader->mistakes, reader->file, &place,
                "found %lld, wanted at least the id of the newest delivery",
                saved.last_id);
    queue->last_id = saved.last_id;
    queue->dropped += saved.dropped;
}
