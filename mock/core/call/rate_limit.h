/*
 * Rate limits: a bucket of calls for each method, app and team, which fills up
 * evenly on the mock's clock. Slack keeps the sizes of its bursts secret; a
 * bucket here holds a minute's calls unless the scenario says otherwise.
 */
#ifndef SLACKMOCK_RATE_LIMIT_H
#define SLACKMOCK_RATE_LIMIT_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/hash_table.h"
#include "message/slack_error.h"

struct call;
struct rate_bucket;

#define RATE_STRANGERS_MOST 1024

/*
 * The buckets of a mock. A caller with a known token has the bucket of its app
 * and team. A caller without one (a "stranger") has that of the client id that
 * it sends, and the oldest of these is dropped when there are too many. The
 * caller of these functions owns the struct: zero it, and end with
 * rate_limits_clear().
 */
struct rate_limits {
    struct hash_table buckets;      /* struct rate_bucket by its key */
    struct rate_bucket **strangers; /* RATE_STRANGERS_MOST, or NULL */
    size_t next_stranger; /* the oldest, once there are RATE_STRANGERS_MOST */
    struct buffer key;    /* of the call at hand */
};

/*
 * SLACK_RATELIMITED, and call->outcome.retry_after set, if the call comes too
 * early for the limit of its method. Else it is counted.
 */
enum slack_error rate_limits_check(struct rate_limits *limits,
                                   struct call *call);

/* Drops all buckets: every caller begins with a full one. */
void rate_limits_clear(struct rate_limits *limits);

#endif
