/* One constant and one environment variable; see deadline.h. */
#include "deadline.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#define PATIENCE_MS 20000
#define MOMENT_MS   2
#define BUILD_TIMES 6

deadline deadline_clock(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        abort();
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static double factor(void)
{
    const char *text = getenv("SLACKMOCK_TEST_TIMEOUT_FACTOR");
    double value = text ? strtod(text, NULL) : 1;

    return value > 0 && value < 10000 ? value : 1;
}

deadline deadline_from_now(void)
{
    return deadline_clock() + (int64_t)(PATIENCE_MS * factor());
}

deadline deadline_of_build(void)
{
    return deadline_clock() + (int64_t)(BUILD_TIMES * PATIENCE_MS * factor());
}

bool deadline_is_over(deadline end)
{
    return deadline_clock() >= end;
}

int deadline_left(deadline end)
{
    int64_t left = end - deadline_clock();

    return left > 0 ? (int)left : 0;
}

bool deadline_look_again(deadline end)
{
    if (deadline_is_over(end))
        return false;
    (void)poll(NULL, 0, MOMENT_MS);
    return true;
}
