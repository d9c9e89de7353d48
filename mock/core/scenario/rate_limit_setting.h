/*
 * What a scenario says of how often a method may be called.
 */
#ifndef SLACKMOCK_RATE_LIMIT_SETTING_H
#define SLACKMOCK_RATE_LIMIT_SETTING_H

#include "json/json_fields.h"

/* For one method. It never changes. */
struct rate_limit {
    const char *file; /* that says it */
    long long tier;   /* 0: not given */
    long long per_minute;
    bool by_channel; /* the calls for each channel are counted apart */
    long long burst; /* so many can come at once; 0: as many as per_minute */
};

extern const struct json_field *const rate_limit_tables[];

/* Reads a tier alone, a number from 1 to 4. */
void rate_limit_read_tier(const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path,
                          struct rate_limit *limit);

/* How many calls a minute a tier allows, from 1 to 4. */
long long rate_limit_of_tier(long long tier);

/*
 * Reads what a scenario says of a method, over what its base says, or NULL. It
 * lives in the arena of the reader, whose context is the scenario.
 */
struct rate_limit *rate_limit_read(const struct json_reader *reader,
                                   const struct cJSON *value,
                                   const struct json_path *path,
                                   const struct rate_limit *before);

/* Writes what reading gives back. */
void rate_limit_write(struct json_writer *writer, const char *key,
                      const struct rate_limit *limit);

#endif
