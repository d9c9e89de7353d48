/*
 * What is inside a scenario, for those who fill it (scenario_*.c) and for the
 * mock that lives by it.
 */
#ifndef SLACKMOCK_SCENARIO_PARTS_H
#define SLACKMOCK_SCENARIO_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "directory.h"
#include "mistakes.h"
#include "rate_limit.h"
#include "rule.h"
#include "scenario.h"

enum token_style { TOKEN_STYLE_FAKE, TOKEN_STYLE_REALISTIC };

struct scenario {
    int holders;
    struct arena arena; /* all that the parts point to */
    bool is_partial;    /* a document did not load: never used as it is */
    bool is_change;     /* laid over a running world, which has a clock */
    const char *description;
    struct directory directory;
    struct rule **rules; /* in the order in which they are tried */
    size_t rule_count;
    bool has_clock;
    int64_t clock_start;
    bool names_frozen;
    bool clock_frozen;
    long long seed; /* -1: none */
    int token_style;
    long long refresh_grace;       /* seconds */
    struct hash_table rate_limits; /* struct rate_limit by method */
    struct hash_table stubs;       /* struct cJSON by method; both owned here */
};

/*
 * Lays one document over what the scenario holds already: the base first, then
 * what extends it.
 */
void scenario_apply(struct scenario *scenario, const struct cJSON *document,
                    const char *file, struct mistakes *mistakes);

/*
 * Reports that a key is missing, unless it is there by now: in this document or
 * in one that it extends, which may not have loaded. The reader's context is
 * the scenario.
 */
void scenario_require(const struct json_reader *reader,
                      const struct json_path *path, const char *key,
                      bool is_there);

/*
 * A copy to lay documents over: no rules, no clock and no seed, since those of
 * a running mock are its own by then. It is not complete.
 */
struct scenario *scenario_copy(const struct scenario *scenario);

/*
 * Once all documents are applied: fills in defaults, ties tokens to their apps
 * and teams, and reports whatever points nowhere or lacks a part. `running` are
 * the tokens of the world that it was laid over; NULL if there is none.
 */
void scenario_complete(struct scenario *scenario,
                       const struct token_table *running,
                       struct mistakes *mistakes);

#endif
