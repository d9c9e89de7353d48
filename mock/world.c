/*
 * Gives the core what it may not take for itself: files, the time, entropy.
 */
#include "world.h"

#include <event2/util.h>
#include <stdint.h>

#include "http/host_time.h"
#include "mock/sandboxes.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"
#include "scenario_file.h"

#define DEFAULT_SCENARIO "default.json"

/* It makes tokens differ from run to run; nothing is protected by it. */
static uint64_t entropy(void)
{
    uint64_t bytes;

    if (evutil_secure_rng_init() != 0)
        return (uint64_t)host_time();
    evutil_secure_rng_get_bytes(&bytes, sizeof bytes);
    return bytes;
}

/* The default world is compiled in, whatever files there are. */
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

struct sandboxes *world_create(const struct world_source *source,
                               const struct mock_options *options,
                               struct buffer *mistakes)
{
    struct scenario *loaded = load(source, false, mistakes);

    return loaded ? sandboxes_create(loaded, options, entropy(), host_time())
                  : NULL;
}

int world_reload(struct sandboxes *sandboxes, const struct world_source *source,
                 struct buffer *mistakes)
{
    struct scenario *loaded = load(source, true, mistakes);

    if (!loaded)
        return -1;
    mock_load(sandboxes_main(sandboxes), loaded, host_time());
    return 0;
}
