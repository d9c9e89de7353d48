/*
 * Gives the core what it may not take for itself: files, the time, entropy.
 */
#include "world.h"

#include <stdint.h>
#include <sys/random.h>

#include "http/host_time.h"
#include "mock.h"
#include "scenario.h"
#include "scenario_file.h"

/* It makes tokens differ from run to run; nothing is protected by it. */
static uint64_t entropy(void)
{
    uint64_t bytes;

    if (getrandom(&bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        bytes = (uint64_t)host_time();
    return bytes;
}

struct mock *world_create(const char *scenario, struct buffer *mistakes)
{
    struct scenario *loaded =
        scenario_load(scenario, scenario_file_find, NULL, mistakes);

    return loaded ? mock_create(loaded, entropy(), host_time()) : NULL;
}
