/*
 * A log that was kept by --state, looked at without a server that goes on with
 * it.
 */
#ifndef SLACKMOCK_REPLAY_H
#define SLACKMOCK_REPLAY_H

#include <stddef.h>

struct buffer;
struct entrance;
struct options;

struct replay_options {
    const char *path; /* lent */
    size_t until;     /* the id of the last entry that counts; 0: all do */
};

/* Prints each entry and what it was answered. Returns the exit status. */
int replay_print(struct options *options);

/*
 * The server as it was behind the last entry that counts, at that time, which
 * host_time() goes on from. NULL with the reason added to `why`. What of the
 * options changes answers becomes that of the log.
 */
struct entrance *replay_restore(struct options *options, struct buffer *why);

#endif
