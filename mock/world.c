/*
 * Gives the core what it may not take for itself: files, the time, entropy.
 */
#include "world.h"

#include <event2/util.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/random.h>
#include <sys/types.h>

#include "http/host_time.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"
#include "scenario_file.h"
#include "world/world_load.h"

#define DEFAULT_SCENARIO "default.json"

/* Two names for one call of the system. */
static bool take_entropy(uint64_t *bits)
{
#ifdef __APPLE__
    return getentropy(bits, sizeof *bits) == 0;
#else
    return getrandom(bits, sizeof *bits, 0) == (ssize_t)sizeof *bits;
#endif
}

/*
 * Random bits: tokens differ from run to run, and nobody can foresee which keys
 * collide in a hash table. To seed libevent's generator takes longer than the
 * rest of a start, so it is for systems that refuse the call.
 */
uint64_t world_entropy(void)
{
    uint64_t bits;

    if (take_entropy(&bits))
        return bits;
    if (evutil_secure_rng_init() != 0)
        return (uint64_t)host_time();
    evutil_secure_rng_get_bytes(&bits, sizeof bits);
    return bits;
}

/*
 * Finds the default world, which is compiled in: files of its name do not
 * count.
 */
static int find_default(void *context, const char *name, const char *named_by,
                        struct scenario_text *text, struct buffer *why)
{
    (void)context;
    (void)named_by;
    if (shipped_scenario_read(name, text))
        return 0;
    buffer_add_text(why, "no shipped scenario of that name");
    return -1;
}

static struct scenario *find_and_load(const struct world_source *source,
                                      bool is_running, struct buffer *mistakes)
{
    struct scenario_files files = {source->file_size, is_running};

    if (!source->scenario)
        return scenario_load(DEFAULT_SCENARIO, find_default, NULL, mistakes);
    return scenario_load(source->scenario, scenario_file_find, &files,
                         mistakes);
}

static struct scenario *load(const struct world_source *source, bool is_running,
                             struct buffer *mistakes)
{
    struct scenario *scenario = find_and_load(source, is_running, mistakes);

    if (!scenario || world_state_is_right(scenario, mistakes))
        return scenario;
    scenario_release(scenario);
    return NULL;
}

const char *world_source_name(const struct world_source *source)
{
    return source->scenario ? source->scenario : DEFAULT_SCENARIO;
}

bool world_check(const struct world_source *source, struct buffer *lines)
{
    struct scenario *loaded = load(source, false, lines);

    if (!loaded)
        return false;
    scenario_warn(loaded, lines);
    scenario_release(loaded);
    return true;
}

struct scenario *world_load(const struct world_source *source,
                            struct buffer *mistakes)
{
    return load(source, false, mistakes);
}

struct scenario *world_load_again(const struct world_source *source,
                                  struct buffer *mistakes)
{
    return load(source, true, mistakes);
}
