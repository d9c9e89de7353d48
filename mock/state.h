/*
 * What the program serves, and the log that keeps it: in memory, or in a file
 * from which it goes on.
 */
#ifndef SLACKMOCK_STATE_H
#define SLACKMOCK_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct entrance;
struct options;
struct ordered_log;

struct state_options {
    const char *path; /* NULL: nothing is kept; lent */
    bool sync;
    bool fresh;
    size_t limit;
};

/* End it with state_clear(). */
struct state {
    struct entrance *entrance;
    struct ordered_log *order; /* its taker's, once there is a server */
    struct buffer news;        /* lines for the log on stderr */
};

/*
 * Loads the scenario, or goes on with the one of the log. -1 after a failure:
 * `mistakes` has a line for each mistake of a scenario, or `why` the reason.
 */
int state_open(struct state *state, struct options *options,
               struct buffer *mistakes, struct buffer *why);

void state_clear(struct state *state);

#endif
