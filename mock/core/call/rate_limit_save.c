/*
 * Writes and reads buckets: those of known callers in the order of their keys,
 * then those of strangers, the oldest first.
 */
#include "call/rate_limit_save.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/xalloc.h"
#include "call/rate_limit_parts.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define LEVEL_MOST ((long long)1 << 53)

struct saved_bucket {
    struct json_bytes of; /* its key */
    bool is_stranger;
    long long level;
    int64_t time;
};

/* ---- a key as a list of its parts ---- */

static void write_key(struct json_writer *writer, const char *key,
                      const void *target)
{
    const struct json_bytes *bytes = &((const struct saved_bucket *)target)->of;
    size_t start = 0;

    json_write_array(writer, key);
    while (start < bytes->length) {
        const char *part = bytes->bytes + start;
        const char *end = memchr(part, '\0', bytes->length - start);
        const size_t length =
            end ? (size_t)(end - part) : bytes->length - start;

        json_write_bytes(writer, NULL, part, length);
        start += length + 1;
    }
    json_write_array_end(writer);
}

static void read_key(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    struct saved_bucket *saved = target;
    struct buffer key = BUFFER_INIT;
    struct text_list parts = {NULL, 0};
    const size_t before = reader->mistakes->count;
    char *copy;
    size_t number;

    json_read_text_list(reader, value, path, &parts);
    if (reader->mistakes->count == before && !parts.count)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a method, and whose calls are counted");
    for (number = 0; reader->mistakes->count == before && number < parts.count;
         number++)
        buffer_add(&key, parts.texts[number], strlen(parts.texts[number]) + 1);
    copy = arena_bytes(reader->arena, key.length + 1);
    memcpy(copy, buffer_text(&key), key.length);
    saved->of = (struct json_bytes){copy, key.length};
    buffer_free(&key);
}

static const struct json_field fields[] = {
    {.key = "of",
     .kind = FIELD_OTHER,
     .required = true,
     .read = read_key,
     .write = write_key},
    {.key = "is_stranger",
     .kind = FIELD_BOOLEAN,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_bucket, is_stranger)},
    {.key = "level",
     .kind = FIELD_INTEGER,
     .required = true,
     .most = LEVEL_MOST,
     .offset = offsetof(struct saved_bucket, level)},
    {.key = "time",
     .kind = FIELD_TIME,
     .required = true,
     .offset = offsetof(struct saved_bucket, time)},
    {.key = NULL},
};

const struct json_field *const saved_bucket_tables[] = {fields, NULL};

/* ---- writing ---- */

static void save(const struct rate_bucket *bucket, bool is_stranger,
                 struct json_writer *writer)
{
    const struct saved_bucket saved = {
        .of = {bucket->key, bucket->key_length},
        .is_stranger = is_stranger,
        .level = bucket->level,
        .time = bucket->time,
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, fields, &saved);
    json_write_object_end(writer);
}

/* By their addresses. */
static struct hash_table find_strangers(const struct rate_limits *limits)
{
    struct hash_table strangers = {0};
    size_t place;

    for (place = 0; limits->strangers && place < RATE_STRANGERS_MOST; place++)
        if (limits->strangers[place])
            hash_table_put(&strangers, (const char *)&limits->strangers[place],
                           sizeof limits->strangers[place],
                           limits->strangers[place]);
    return strangers;
}

static void save_known(const struct rate_limits *limits,
                       struct json_writer *writer)
{
    const struct hash_entry **sorted = hash_table_sorted(&limits->buckets);
    struct hash_table strangers = find_strangers(limits);
    size_t number;

    for (number = 0; number < limits->buckets.count; number++) {
        const struct rate_bucket *bucket = sorted[number]->value;

        if (!hash_table_find(&strangers, (const char *)&bucket, sizeof bucket))
            save(bucket, false, writer);
    }
    hash_table_free(&strangers);
    free(sorted);
}

void rate_limits_save(const struct rate_limits *limits, const char *key,
                      struct json_writer *writer)
{
    size_t number;

    if (!limits->buckets.count)
        return;
    json_write_array(writer, key);
    save_known(limits, writer);
    for (number = 0; limits->strangers && number < RATE_STRANGERS_MOST;
         number++) {
        const struct rate_bucket *bucket =
            limits->strangers[(limits->next_stranger + number) %
                              RATE_STRANGERS_MOST];

        if (bucket)
            save(bucket, true, writer);
    }
    json_write_array_end(writer);
}

/* ---- reading ---- */

static void read_bucket(struct rate_limits *limits,
                        const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path)
{
    const struct json_path place = {path, "of", 0};
    struct saved_bucket saved = {.level = 0};
    struct rate_bucket *bucket;

    if (!json_fields_read(reader, value, path, fields, &saved))
        return;
    if (hash_table_find(&limits->buckets, saved.of.bytes, saved.of.length)) {
        mistake(reader->mistakes, reader->file, &place,
                "stands here twice; wanted each once");
        return;
    }
    bucket = xmalloc(sizeof *bucket + saved.of.length);
    bucket->level = saved.level;
    bucket->time = saved.time;
    bucket->key_length = saved.of.length;
    memcpy(bucket->key, saved.of.bytes, saved.of.length);
    rate_limits_keep(limits, bucket, saved.is_stranger);
}

void rate_limits_read_saved(struct rate_limits *limits,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path)
{
    struct json_path place = {path, NULL, 0};
    const cJSON *bucket;

    if (!json_is_array(reader, value, path))
        return;
    cJSON_ArrayForEach (bucket, value) {
        read_bucket(limits, reader, bucket, &place);
        place.index++;
    }
}
