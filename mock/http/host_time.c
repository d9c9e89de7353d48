/* The one place where the program asks what time it is. */
#include "host_time.h"

#include <time.h>

int64_t host_time(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
