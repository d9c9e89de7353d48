/*
 * A scenario: the world as its files describe it, checked whole before anything
 * of it is used. It never changes once it is loaded.
 *
 * The core reads no files: the caller lends a function that finds them.
 */
#ifndef SLACKMOCK_SCENARIO_H
#define SLACKMOCK_SCENARIO_H

#include <stddef.h>

#include "buffer.h"

struct scenario;

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
 * then holds every one, a line each, as `--check` prints them.
 */
struct scenario *scenario_load(const char *name, scenario_find *find,
                               void *context, struct buffer *mistakes);

void scenario_free(struct scenario *scenario);

#endif
