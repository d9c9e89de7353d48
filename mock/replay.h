/*
 * A log that was kept by --state, looked at without a server that goes on with
 * it.
 */
#ifndef SLACKMOCK_REPLAY_H
#define SLACKMOCK_REPLAY_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct entrance;
struct log_head;
struct options;

struct replay_options {
    const char *path; /* lent */
    size_t until;     /* the id of the last entry that counts; 0: all do */
    bool redact;      /* a copy without secrets is wanted */
};

/* Prints each entry and what it was answered. Returns the exit status. */
int replay_print(struct options *options);

/*
 * Sets what of the options changes answers to what the log was kept under.
 * False, with the reason added to `why`, if this program cannot do as that did.
 */
bool replay_take_options(struct options *options, const struct log_head *head,
                         struct buffer *why);

/*
 * The server as it was after the last entry that counts, at that time, which
 * host_time() goes on from. NULL with the reason added to `why`. What of the
 * options changes answers becomes that of the log.
 */
struct entrance *replay_restore(struct options *options, struct buffer *why);

#endif
