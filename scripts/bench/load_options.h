#ifndef LOAD_OPTIONS_H
#define LOAD_OPTIONS_H

#include <stdbool.h>

struct load_options {
    int port;
    int connections;
    bool connection_per_call;
    /* Each connection trades a token, and then refreshes what it got. */
    bool refresh;
    /* The tokens to trade, PREFIX-FIRST to PREFIX-LAST, then again. */
    long first_token;
    long last_token;
    /* The load ends after this many calls or this time, whichever is first. */
    long calls;
    long milliseconds;
    /* Not 0: before so many calls the clock stops for the call `between`,
     * a verb and a path. */
    long burst;
    const char *between;
    /* What each reply must hold. */
    const char *expected;
};

/* Returns -1 after saying on stderr what is wrong. */
int load_options_read(struct load_options *options, int count,
                      char **arguments);

#endif
