/* The host's time on clocks that the test sets: clock_gettime() is its own. */
#include <time.h>

#include "../http/host_time.h"
#include "check.h"

static int64_t wall = 1767225600; /* seconds */
static int64_t monotonic = 1000;

/* Replaces the C library's function, whose parameters have other names. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    now->tv_sec = clock == CLOCK_REALTIME ? wall : monotonic;
    now->tv_nsec = 0;
    return 0;
}

static void it_goes_on_when_the_wall_clock_is_set(void **state)
{
    (void)state;
    assert_number(host_time(), INT64_C(1767225600000));
    wall -= 3600;
    monotonic += 5;
    assert_number(host_time(), INT64_C(1767225605000));
    wall += 7200;
    monotonic += 1;
    assert_number(host_time(), INT64_C(1767225606000));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_test(&list, it_goes_on_when_the_wall_clock_is_set);
    return run_list("host time", &list);
}
