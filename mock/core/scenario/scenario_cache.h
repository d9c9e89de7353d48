/*
 * The scenarios that were loaded last over HTTP, by their text: a test suite
 * sends the same few over and over, and mocks of one text share one scenario.
 */
#ifndef SLACKMOCK_SCENARIO_CACHE_H
#define SLACKMOCK_SCENARIO_CACHE_H

#include <stddef.h>

#include "base/buffer.h"

struct scenario;
struct scenario_base;

/* Every shipped scenario has room. */
#define CACHED_SCENARIOS 128

struct cached_scenario {
    char *text;
    size_t length;
    struct scenario *scenario;
};

/* The caller owns the struct: zero it, and end with scenario_cache_free(). */
struct scenario_cache {
    struct cached_scenario entries[CACHED_SCENARIOS];
    size_t oldest;
    size_t count;
    size_t bytes; /* of the texts */
};

/* The scenario of a text if it is kept, of which the caller is a holder then;
 * else NULL. */
struct scenario *scenario_cache_find(const struct scenario_cache *cache,
                                     const char *text, size_t length);

/*
 * The scenario of a text, of which the caller is a holder then. It may extend
 * shipped scenarios, and no files. One with a state is not kept: it gives that
 * away once. NULL after any mistake; `mistakes` then
 * holds every one, a line each.
 */
struct scenario *scenario_cache_load(struct scenario_cache *cache,
                                     const char *text, size_t length,
                                     struct buffer *mistakes);

/* The same, laid over a running world; it is not kept in the cache. */
struct scenario *scenario_body_load_over(const struct scenario_base *base,
                                         const char *text, size_t length,
                                         struct buffer *mistakes);

void scenario_cache_free(struct scenario_cache *cache);

#endif
