/*
 * The host's clock: what the mock's runs on, and what the log shows.
 */
#ifndef SLACKMOCK_HOST_TIME_H
#define SLACKMOCK_HOST_TIME_H

#include <stdint.h>

/*
 * Milliseconds since 1970, by the wall clock as it was at the first call: no
 * call returns less than one before it.
 */
int64_t host_time(void);

/* Milliseconds on a clock that nobody sets: for the time between two calls. */
int64_t host_monotonic_time(void);

#endif
