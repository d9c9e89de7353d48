/*
 * A log in a stream of Redis, which any number of servers share: each applies
 * what all of them add, in the order that Redis gives it.
 */
#ifndef SLACKMOCK_REDIS_LOG_H
#define SLACKMOCK_REDIS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "log/log_start.h"

struct ordered_log;
struct redis_url;

struct redis_log_options {
    const struct redis_url *url; /* lent */
    size_t limit; /* bytes of entries before a snapshot takes their place */
    bool fresh;
    int64_t patience; /* milliseconds, until what waits is put off */
    uint64_t writer;  /* random: no two servers have one */
};

/*
 * Connects, begins a log if there is none, and replays it. NULL with the reason
 * added to start->why.
 */
struct ordered_log *redis_log_open(const struct redis_log_options *options,
                                   struct log_start *start);

/* The library with its version; NULL in a program without it. */
const char *redis_library(void);

#endif
