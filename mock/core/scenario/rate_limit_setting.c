/* Reads the entries of `rate_limits`: a tier, or numbers. */
#include "scenario/rate_limit_setting.h"

#include <cjson/cJSON.h>
#include <stddef.h>

#include "base/arena.h"
#include "scenario/scenario_parts.h"
#include "json/json_writer.h"

#define RATE_MOST 1000000

long long rate_limit_of_tier(long long tier)
{
    /* https://docs.slack.dev/apis/web-api/rate-limits */
    static const long long tiers[] = {0, 1, 20, 50, 100};

    return tiers[tier];
}

void rate_limit_read_tier(const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path,
                          struct rate_limit *limit)
{
    if (json_read_integer(reader, value, path, (struct integer_range){1, 4},
                          &limit->tier))
        limit->per_minute = rate_limit_of_tier(limit->tier);
}

static void read_tier(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    rate_limit_read_tier(reader, value, path, target);
}

static const struct json_field tier_fields[] = {
    {.key = "tier", .kind = FIELD_OTHER, .read = read_tier},
    {.key = NULL},
};

static const struct json_field number_fields[] = {
    {.key = "per_minute",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = RATE_MOST,
     .offset = offsetof(struct rate_limit, per_minute)},
    {.key = "burst",
     .kind = FIELD_INTEGER,
     .least = 1,
     .most = RATE_MOST,
     .offset = offsetof(struct rate_limit, burst)},
    {.key = NULL},
};

const struct json_field *const rate_limit_tables[] = {tier_fields,
                                                      number_fields, NULL};

/* Merges numbers with those of the base; a tier there is dropped. */
static void read_numbers(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, struct rate_limit *limit)
{
    if (limit->tier)
        *limit = (struct rate_limit){.file = limit->file};
    if (json_fields_read(reader, value, path, number_fields, limit))
        scenario_require(reader, path, "per_minute", limit->per_minute > 0);
}

struct rate_limit *rate_limit_read(const struct json_reader *reader,
                                   const struct cJSON *value,
                                   const struct json_path *path,
                                   const struct rate_limit *before)
{
    struct rate_limit *limit = arena_allocate(reader->arena, sizeof *limit);
    bool has_tier = cJSON_GetObjectItemCaseSensitive(value, "tier") != NULL;

    if (before && !has_tier)
        *limit = *before;
    limit->file = reader->file;
    if (cJSON_IsObject(value) && !value->child)
        mistake(reader->mistakes, reader->file, path,
                "missing \"tier\" or \"per_minute\"");
    else if (has_tier)
        json_fields_read(reader, value, path, tier_fields, limit);
    else
        read_numbers(reader, value, path, limit);
    return limit;
}

void rate_limit_write(struct json_writer *writer, const char *key,
                      const struct rate_limit *limit)
{
    json_write_object(writer, key);
    if (limit->tier)
        json_write_integer(writer, "tier", limit->tier);
    else
        json_fields_write(writer, number_fields, limit);
    json_write_object_end(writer);
}
