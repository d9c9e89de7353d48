/*
 * Gives the core what it may not take for itself: files, the time, entropy.
 */
#include "world.h"

#include <event2/util.h>
#include <stdint.h>

#include "base/hash_table.h"
#include "entrance/entrance.h"
#include "http/host_time.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"
#include "scenario_file.h"

#define DEFAULT_SCENARIO "default.json"

/*
 * Random bits: tokens differ from run to run, and nobody can foresee which keys
 * collide in a hash table.
 */
static uint64_t entropy(void)
{
    uint64_t bytes;

    if (evutil_secure_rng_init() != 0)
        return (uint64_t)host_time();
    evutil_secure_rng_get_bytes(&bytes, sizeof bytes);
    return bytes;
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

static struct scenario *load(const struct world_source *source, bool is_running,
                             struct buffer *mistakes)
{
    struct scenario_files files = {source->file_size, is_running};

    if (!source->scenario)
        return scenario_load(DEFAULT_SCENARIO, find_default, NULL, mistakes);
    return scenario_load(source->scenario, scenario_file_find, &files,
                         mistakes);
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

struct entrance *world_create(const struct world_source *source,
                              const struct mock_options *options,
                              struct buffer *mistakes)
{
    struct scenario *loaded;

    hash_table_seed(entropy());
    loaded = load(source, false, mistakes);
    return loaded ? entrance_create(loaded, options, entropy(), host_time())
                  : NULL;
}

int world_reload(struct entrance *entrance, const struct world_source *source,
                 struct buffer *mistakes)
{
    struct scenario *loaded = load(source, true, mistakes);
    const struct input input = {
        .kind = INPUT_LOAD, .host_time = host_time(), .scenario = loaded};

    if (!loaded)
        return -1;
    (void)entrance_take(entrance, &input, NULL);
    return 0;
}
