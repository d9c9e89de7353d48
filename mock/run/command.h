/*
 * A program that runs beside the server, in the same job: the terminal is its
 * own, and so is standard input. Every create is paired with a free.
 *
 * Signals that are sent to this process alone go on to the command; those of
 * the terminal reach it anyway. While it stands still, so does this process.
 */
#ifndef SLACKMOCK_COMMAND_H
#define SLACKMOCK_COMMAND_H

#include "base/buffer.h"

struct command;
struct event_base;

#define COMMAND_NOT_STARTED 126
#define COMMAND_NOT_FOUND   127

struct command_start {
    char *const *words;    /* the name, found by PATH, and its arguments */
    char **environment;    /* NAME=VALUE; both end with a NULL */
    void (*prepare)(void); /* called in the command's process; or NULL */
    void (*ended)(void *context); /* called by the loop */
    void *context;
};

/*
 * There is one at a time. Returns NULL with the reason added to `why`, and
 * `*status` set to one of those above.
 */
struct command *command_create(struct event_base *base,
                               const struct command_start *start, int *status,
                               struct buffer *why);

/* As a shell tells it: 128 and the signal if one ended it. */
int command_status(const struct command *command);

void command_free(struct command *command);

#endif
