/*
 * The buckets of all rate limits as a part of a saved world.
 */
#ifndef SLACKMOCK_RATE_LIMIT_SAVE_H
#define SLACKMOCK_RATE_LIMIT_SAVE_H

#include "json/json_fields.h"

struct rate_limits;

/* Writes nothing if there are none. */
void rate_limits_save(const struct rate_limits *limits, const char *key,
                      struct json_writer *writer);

/* Adds the buckets of such an array. */
void rate_limits_read_saved(struct rate_limits *limits,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path);

extern const struct json_field *const saved_bucket_tables[];

#endif
