/*
 * The mocked Slack that the program serves, made from a scenario by its name.
 */
#ifndef SLACKMOCK_WORLD_H
#define SLACKMOCK_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct scenario;

struct world_source {
    const char *scenario; /* a file, or a shipped one; NULL: default.json */
    size_t file_size;     /* bytes in each file that is read, at most */
};

/* The name by which messages call the scenario. */
const char *world_source_name(const struct world_source *source);

/* False if the scenario has mistakes. `lines` holds them, or the warnings. */
bool world_check(const struct world_source *source, struct buffer *lines);

/*
 * NULL if the scenario has mistakes; `mistakes` then holds a line for each. The
 * caller is its holder.
 */
struct scenario *world_load(const struct world_source *source,
                            struct buffer *mistakes);

/* The same while a server runs: it must not wait for a pipe. */
struct scenario *world_load_again(const struct world_source *source,
                                  struct buffer *mistakes);

/* Random bits. */
uint64_t world_entropy(void);

#endif
