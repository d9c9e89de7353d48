/*
 * Rate limits: a bucket of calls for each method, app and team, which fills up
 * evenly on the mock's clock. Slack keeps the sizes of its bursts secret; a
 * bucket here holds a minute's calls unless the scenario says otherwise.
 */
#ifndef SLACKMOCK_RATE_LIMIT_H
#define SLACKMOCK_RATE_LIMIT_H

#include <stddef.h>

#include "buffer.h"
#include "hash_table.h"
#include "json_fields.h"
#include "slack_error.h"

struct call;
struct rate_bucket;

#define RATE_STRANGERS_MOST 1024

/* What a scenario says of a method. It never changes. */
struct rate_limit {
    const char *file; /* that says it */
    long long tier;   /* 0: not given */
    long long per_minute;
    long long burst; /* so many can come at once; 0: as many as per_minute */
};

/*
 * Who has called how often of late. Callers who are known by their token have a
 * bucket each, as many as there are teams; of others, known by no more than the
 * client id that they send, the oldest is forgotten when there are too many.
 * The caller owns the struct: zero it, and end with rate_limits_clear().
 */
struct rate_limits {
    struct hash_table buckets;      /* struct rate_bucket by its key */
    struct rate_bucket **strangers; /* RATE_STRANGERS_MOST, or NULL */
    size_t next_stranger;           /* the oldest, once all are there */
    struct buffer key;              /* of the call at hand */
};

/*
 * Reads what a scenario says of a method, over what its base says, or NULL. It
 * lives in the arena of the reader, whose context is the scenario.
 */
struct rate_limit *rate_limit_read(const struct json_reader *reader,
                                   const struct cJSON *value,
                                   const struct json_path *path,
                                   const struct rate_limit *before);

/*
 * SLACK_RATELIMITED, and call->retry_after set, if the call comes too early for
 * the limit of its method. Else it is counted.
 */
enum slack_error rate_limits_check(struct rate_limits *limits,
                                   struct call *call);

/* Everybody may begin anew. */
void rate_limits_clear(struct rate_limits *limits);

#endif
