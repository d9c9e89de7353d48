/*
 * One bucket, for the files that keep and save them.
 */
#ifndef SLACKMOCK_RATE_LIMIT_PARTS_H
#define SLACKMOCK_RATE_LIMIT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/rate_limit.h"

struct rate_bucket {
    int64_t level;
    int64_t time; /* when it had that level */
    size_t key_length;
    char key[]; /* parts with a NUL between them */
};

/*
 * Keeps a bucket, which it takes over: one of a stranger in place of the oldest
 * of them.
 */
void rate_limits_keep(struct rate_limits *limits, struct rate_bucket *bucket,
                      bool is_stranger);

#endif
