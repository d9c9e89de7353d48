/*
 * Cuts a log short: a new first line, then the server as it is now, in place of
 * all entries so far.
 */
#include "entrance/entrance.h"
#include "log/file_log_parts.h"
#include "log/log_snapshot.h"

static bool take(struct file_log *log, struct buffer *why)
{
    struct log_snapshot snapshot = {
        .lines = BUFFER_INIT, .last_id = log->kept_id, .time = log->kept_time};
    struct buffer lines = BUFFER_INIT;
    bool is_well;

    entrance_save(log->entrance, snapshot.time, &snapshot.lines);
    is_well = log_snapshot_head(&log->head_line, &snapshot, &lines, why);
    buffer_add_byte(&lines, '\n');
    buffer_add(&lines, snapshot.lines.data, snapshot.lines.length);
    buffer_free(&snapshot.lines);
    is_well = is_well && log_file_replace(&log->file, &lines, why) == 0;
    buffer_free(&lines);
    return is_well;
}

/* A large world is not saved again before as much has come in. */
bool file_log_cut_short(struct file_log *log, struct buffer *why)
{
    const size_t before = (size_t)log->file.end;
    bool is_well;

    if (before < log->snapshot_at)
        return true;
    is_well = take(log, why);
    log->snapshot_at = is_well ? 2 * (size_t)log->file.end : before;
    if (log->snapshot_at < log->limit)
        log->snapshot_at = log->limit;
    if (!is_well)
        log->snapshot_at += log->limit;
    return is_well;
}
