/*
 * The scenarios of scenarios/, compiled into the program, so that it needs no
 * file beside it. The table is made at build time by scripts/embed-scenarios.
 */
#ifndef SLACKMOCK_SHIPPED_SCENARIOS_H
#define SLACKMOCK_SHIPPED_SCENARIOS_H

#include <stdbool.h>
#include <stddef.h>

struct shipped_scenario {
    const char *name; /* as `extends` names it, e.g. errors/ratelimited.json */
    const char *bytes;
    size_t length;
};

extern const struct shipped_scenario shipped_scenarios[];
extern const size_t shipped_scenario_count;

/* The shipped scenario of that name, NULL if there is none. */
const struct shipped_scenario *shipped_scenario_find(const char *name);

struct buffer;
struct scenario_text;

/* Copies it for the loader; false if there is none of that name. */
bool shipped_scenario_read(const char *name, struct scenario_text *text);

/* Adds a "did you mean" to the reason, if a shipped name is near. */
void shipped_scenario_suggest(const char *name, struct buffer *why);

#endif
