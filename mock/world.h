/*
 * The mocked Slack that the program serves, made from a scenario by its name.
 */
#ifndef SLACKMOCK_WORLD_H
#define SLACKMOCK_WORLD_H

#include <stdbool.h>

#include "base/buffer.h"

struct entrance;
struct mock_options;

struct world_source {
    const char *scenario; /* a file, or a shipped one; NULL: default.json */
    size_t file_size;     /* bytes in each file that is read, at most */
};

/* The name by which messages call the scenario. */
const char *world_source_name(const struct world_source *source);

/* False if the scenario has mistakes. `lines` holds them, or the warnings. */
bool world_check(const struct world_source *source, struct buffer *lines);

/*
 * NULL if the scenario has mistakes; `mistakes` then holds a line for each.
 */
struct entrance *world_create(const struct world_source *source,
                              const struct mock_options *options,
                              struct buffer *mistakes);

/* Loads the main mock's scenario again; -1 if that has mistakes. */
int world_reload(struct entrance *entrance, const struct world_source *source,
                 struct buffer *mistakes);

#endif
