/* The head of a log whose entries so far were replaced by a snapshot. */
#ifndef SLACKMOCK_LOG_SNAPSHOT_H
#define SLACKMOCK_LOG_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct log_snapshot {
    struct buffer lines; /* of entrance_save() */
    long long last_id;   /* of the last entry in it */
    int64_t time;
};

/*
 * Adds the line, without its end: the head that the log began with, saying that
 * the snapshot follows. False, with the reason added to `why`, if `head_line`
 * is no head.
 */
bool log_snapshot_head(const struct buffer *head_line,
                       const struct log_snapshot *snapshot, struct buffer *line,
                       struct buffer *why);

#endif
