/*
 * The mocked Slack that the program serves, made from a scenario by its name.
 */
#ifndef SLACKMOCK_WORLD_H
#define SLACKMOCK_WORLD_H

#include "base/buffer.h"

struct mock_options;
struct sandboxes;

struct world_source {
    const char *scenario; /* a file, or a shipped one; NULL: default.json */
    size_t file_size;     /* bytes in each file that is read, at most */
};

/* What to call it. */
const char *world_source_name(const struct world_source *source);

/*
 * NULL if the scenario has mistakes; `mistakes` then holds a line for each.
 */
struct sandboxes *world_create(const struct world_source *source,
                               const struct mock_options *options,
                               struct buffer *mistakes);

/* Loads the main mock's scenario again; -1 if that has mistakes. */
int world_reload(struct sandboxes *sandboxes, const struct world_source *source,
                 struct buffer *mistakes);

#endif
