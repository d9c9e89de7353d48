/*
 * The host's time: the mock's clock runs on it, and the log shows it.
 */
#ifndef SLACKMOCK_HOST_TIME_H
#define SLACKMOCK_HOST_TIME_H

#include <stdint.h>

/*
 * Milliseconds since 1970, by the wall clock as it was at the first call: no
 * call returns less than one before it.
 */
int64_t host_time(void);

/* From now on host_time() goes on from that time. */
void host_time_go_back(int64_t time);

/*
 * Milliseconds on the monotonic clock, to measure the time between two calls.
 */
int64_t host_monotonic_time(void);

#endif
