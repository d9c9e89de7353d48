/* Reads the host's clocks; no other file does. */
#include "host_time.h"

#include <stdbool.h>
#include <time.h>

static int64_t read_clock(clockid_t clock)
{
    struct timespec now = {0};

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t host_monotonic_time(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* host_time() is that much ahead of host_monotonic_time(). */
static int64_t ahead;
static bool is_known;

/* The wall clock may be set back at any time, so it is read only once. */
int64_t host_time(void)
{
    if (!is_known)
        ahead = read_clock(CLOCK_REALTIME) - host_monotonic_time();
    is_known = true;
    return ahead + host_monotonic_time();
}

void host_time_go_back(int64_t time)
{
    ahead = time - host_monotonic_time();
    is_known = true;
}
