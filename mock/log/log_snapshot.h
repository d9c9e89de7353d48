/* The head of a log whose entries so far were replaced by a snapshot. */
#ifndef SLACKMOCK_LOG_SNAPSHOT_H
#define SLACKMOCK_LOG_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/*
 * Adds the line, without its end: the head that the log began with, saying that
 * a snapshot of those lines follows, made at that time after the entry of that
 * id. False, with the reason added to `why`, if `head_line` is no head.
 */
bool log_snapshot_head(const struct buffer *head_line,
                       const struct buffer *snapshot, long long last_id,
                       int64_t time, struct buffer *line, struct buffer *why);

#endif
