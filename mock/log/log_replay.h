/*
 * From the lines of a log to the server that it tells of: the head, a snapshot
 * if there is one, then entry by entry.
 */
#ifndef SLACKMOCK_LOG_REPLAY_H
#define SLACKMOCK_LOG_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "entrance/log_entry.h"
#include "entrance/log_head.h"
#include "message/reply.h"
#include "mock/mock.h"

struct entrance;

/* Set it up with log_replay_init(); end with log_replay_free(). */
struct log_replay {
    const struct mock_options *options;
    struct mock_options salted; /* the same, with the head's salt */
    struct entrance *entrance;  /* NULL: not made yet; the caller's then */
    struct log_head head;
    struct buffer head_line; /* what the head lends from */
    struct buffer snapshot;  /* its lines, as they come */
    long long snapshot_left;
    long long last_id;
    int64_t last_time; /* of the last entry, or of the beginning */
    /* The last entry, and what was answered. */
    struct log_entry entry;
    struct log_entry_room room;
    struct reply reply;
};

void log_replay_init(struct log_replay *replay,
                     const struct mock_options *options);

/*
 * Reads the first line, which is copied. False, with the reason added to `why`,
 * if it is no head.
 */
bool log_replay_head(struct log_replay *replay, const char *line, size_t length,
                     struct buffer *why);

/* Makes the server that the head tells of, unless a snapshot follows. */
bool log_replay_begin(struct log_replay *replay, struct buffer *why);

/* True as long as lines of a snapshot follow. */
bool log_replay_wants_snapshot(const struct log_replay *replay);

/*
 * Takes a line behind the head, which is used up. False, with the reason added
 * to `why`, if it is damaged.
 */
bool log_replay_line(struct log_replay *replay, char *line, size_t length,
                     struct buffer *why);

/* Frees all but the server. */
void log_replay_free(struct log_replay *replay);

#endif
