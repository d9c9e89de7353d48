/*
 * From scenario files to a scenario, which is checked whole before anything of
 * it is used. The core reads no files: the caller lends a function that finds
 * them.
 */
#ifndef SLACKMOCK_SCENARIO_LOAD_H
#define SLACKMOCK_SCENARIO_LOAD_H

#include <stddef.h>

#include "base/buffer.h"

struct scenario;
struct token_table;

/* One scenario file, as found. */
struct scenario_text {
    char *name; /* as mistakes should name it, e.g. scenarios/x.json */
    char *bytes;
    size_t length;
};

/*
 * Finds the file that `name` means, given the file that names it (NULL for the
 * one to load). Fills `text` with memory that the loader frees and returns 0;
 * or adds one line to `why`, without the name, and returns -1.
 */
typedef int scenario_find(void *context, const char *name, const char *named_by,
                          struct scenario_text *text, struct buffer *why);

/*
 * Loads `name` and all it extends. Returns NULL after any mistake; `mistakes`
 * then holds every one, a line each, as `--check` prints them. The caller is
 * the scenario's first holder. The state of one that was saved is only found:
 * world_check() reads it.
 */
struct scenario *scenario_load(const char *name, scenario_find *find,
                               void *context, struct buffer *mistakes);

/* A running world: its scenario, and what became of its tokens. */
struct scenario_base {
    const struct scenario *scenario;
    const struct token_table *tokens; /* NULL: nothing */
};

/*
 * Lays `name`, and all it extends, over a copy of a world's scenario. It needs
 * no description, and its rules are all the copy has. The caller is the copy's
 * first holder; NULL after any mistake.
 */
struct scenario *scenario_load_over(const struct scenario_base *base,
                                    const char *name, scenario_find *find,
                                    void *context, struct buffer *mistakes);

/*
 * Adds what in a scenario can have no effect, such as a rule that can never
 * act: a line each, `warning: ` and then as a mistake.
 */
void scenario_warn(const struct scenario *scenario, struct buffer *lines);

#endif
