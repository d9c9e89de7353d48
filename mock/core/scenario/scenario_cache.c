/* Keeps few entries and compares whole texts: a hit costs one memcmp(). */
#include "scenario/scenario_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "scenario/scenario.h"
#include "scenario/scenario_load.h"
#include "scenario/shipped_scenarios.h"

#define LENGTH_MOST ((size_t)64 * 1024)
#define BYTES_MOST  (16 * LENGTH_MOST)

struct body {
    const char *text;
    size_t length;
};

static int find_from_body(void *context, const char *name, const char *named_by,
                          struct scenario_text *text, struct buffer *why)
{
    const struct body *body = context;

    if (!named_by) {
        *text = (struct scenario_text){
            xstrdup(name), xmemdup0(body->text, body->length), body->length};
        return 0;
    }
    if (shipped_scenario_read(name, text))
        return 0;
    buffer_add_text(why, "no shipped scenario of that name; one that comes "
                         "over HTTP cannot extend a file");
    shipped_scenario_suggest(name, why);
    return -1;
}

struct scenario *scenario_cache_find(const struct scenario_cache *cache,
                                     const char *text, size_t length)
{
    size_t number;

    for (number = 0; number < CACHED_SCENARIOS; number++) {
        const struct cached_scenario *entry = &cache->entries[number];

        if (entry->scenario && entry->length == length &&
            memcmp(entry->text, text, length) == 0)
            return scenario_hold(entry->scenario);
    }
    return NULL;
}

static void forget_oldest(struct scenario_cache *cache)
{
    struct cached_scenario *entry = &cache->entries[cache->oldest];

    cache->oldest = (cache->oldest + 1) % CACHED_SCENARIOS;
    cache->count--;
    cache->bytes -= entry->length;
    free(entry->text);
    scenario_release(entry->scenario);
    *entry = (struct cached_scenario){.scenario = NULL};
}

static void keep(struct scenario_cache *cache, const struct body *body,
                 struct scenario *scenario)
{
    size_t place;

    while (cache->count == CACHED_SCENARIOS ||
           cache->bytes + body->length > BYTES_MOST)
        forget_oldest(cache);
    place = (cache->oldest + cache->count++) % CACHED_SCENARIOS;
    cache->bytes += body->length;
    cache->entries[place] = (struct cached_scenario){
        .text = xmemdup0(body->text, body->length),
        .length = body->length,
        .scenario = scenario_hold(scenario),
    };
}

struct scenario *scenario_cache_load(struct scenario_cache *cache,
                                     const char *text, size_t length,
                                     struct buffer *mistakes)
{
    struct body body = {text, length};
    struct scenario *scenario = scenario_cache_find(cache, text, length);

    if (scenario)
        return scenario;
    scenario = scenario_load("body", find_from_body, &body, mistakes);
    if (scenario && !scenario->state && length <= LENGTH_MOST)
        keep(cache, &body, scenario);
    return scenario;
}

struct scenario *scenario_body_load_over(const struct scenario_base *base,
                                         const char *text, size_t length,
                                         struct buffer *mistakes)
{
    struct body body = {text, length};

    return scenario_load_over(base, "body", find_from_body, &body, mistakes);
}

void scenario_cache_free(struct scenario_cache *cache)
{
    while (cache->count)
        forget_oldest(cache);
}
