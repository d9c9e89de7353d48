/*
 * The mock's clock: everything that depends on time uses it. It runs as fast as
 * the host's clock, whose time the caller gives, or stands still. Times are
 * milliseconds since 1970.
 */
#ifndef SLACKMOCK_CLOCK_H
#define SLACKMOCK_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
    int64_t start;      /* the mock's time ... */
    int64_t host_start; /* ... when the host's was this */
    bool frozen;
};

/* The mock's time when the host's is `host_time`. */
int64_t clock_now(const struct clock *clock, int64_t host_time);

#endif
