/*
 * A scenario: the world as its files describe it. It never changes once it is
 * loaded (scenario_load.h), so any number of mocks may hold one.
 */
#ifndef SLACKMOCK_SCENARIO_H
#define SLACKMOCK_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "rules/rule.h"
#include "scenario/choices.h"
#include "scenario/rate_limit_setting.h"
#include "tokens/directory.h"
#include "tokens/token_factory.h"

struct cJSON;
struct token_changes;

/* What becomes of an installation: a person is asked, or it goes by itself. */
enum consent {
    CONSENT_ASK,
    CONSENT_ALLOW,
    CONSENT_DENY,
    CONSENT_DENY_SILENTLY /* without a description */
};

struct scenario {
    int holders;
    bool is_saved; /* it was written by scenario_save() */
    /*
     * Of a saved one, until a mock has taken them: what PATCHes had made of it,
     * and how far its world had come. Else NULL.
     */
    struct scenario *changed;
    const struct cJSON *state;
    const char *state_file;    /* the name of the file with the state */
    struct arena state_memory; /* of the state */
    struct arena arena;        /* all that the parts point to */
    bool is_partial; /* a document did not load: never used as it is */
    /*
     * Of a PATCH: the changes to the running world's tokens, until they are
     * made. Else NULL.
     */
    struct token_changes *changes;
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
    long long refresh_grace; /* seconds */
    int consent;             /* enum consent */
    struct choices choices;
    struct hash_table rate_limits; /* struct rate_limit by method */
    struct hash_table methods;     /* struct scenario_method by name */
    bool has_documented_limits;    /* of all methods that are not among these */
    struct hash_table stubs;       /* struct cJSON by method; both owned here */
};

/* Adds a holder. Returns the scenario. */
struct scenario *scenario_hold(struct scenario *scenario);

/* Forgets what a mock has taken. */
void scenario_forget_state(struct scenario *scenario);

/* Takes a holder away; without one the scenario is freed. NULL is ignored. */
void scenario_release(struct scenario *scenario);

#endif
