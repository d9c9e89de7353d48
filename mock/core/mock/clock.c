/* The mock's time is the host's plus an offset, unless the clock is frozen. */
#include "mock/clock.h"

int64_t clock_now(const struct clock *clock, int64_t host_time)
{
    if (clock->frozen)
        return clock->start;
    return clock->start + (host_time - clock->host_start);
}
