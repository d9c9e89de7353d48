/* What a server begins with, and what becomes of that when it has its log. */
#ifndef SLACKMOCK_LOG_START_H
#define SLACKMOCK_LOG_START_H

#include <stdbool.h>

#include "base/buffer.h"
#include "entrance/log_head.h"

struct entrance;
struct mock_options;

struct log_start {
    const struct mock_options *options;
    const struct log_head *own; /* of a new log */
    bool takes_any; /* scenario of a log that is there; else the own one */
    /* Why the scenario that it began with is not the own one; empty if it is.
     * Whoever opens it looks whether its scenario is by now. */
    struct buffer *difference;
    struct buffer *news;       /* lines for the log of the program */
    struct buffer *why;        /* the reason of a failure; lines */
    struct entrance *entrance; /* the server; the caller's then */
};

/*
 * Notes whether the log of that head began with another scenario than the own
 * one. `name` is the log's, and `way_out` ends what is said of it.
 */
void log_start_compare(const struct log_start *start,
                       const struct log_head *head, const char *name,
                       const char *way_out);

#endif
