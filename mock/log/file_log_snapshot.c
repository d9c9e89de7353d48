/*
 * Cuts a log short: a new first line, then the server as it is now, in place of
 * all entries so far.
 */
#include <stdlib.h>
#include <string.h>

#include "entrance/entrance.h"
#include "entrance/log_head.h"
#include "log/file_log_parts.h"

static long long count_lines(const struct buffer *lines)
{
    const char *place = lines->data;
    const char *end = place + lines->length;
    long long count = 0;

    while ((place = memchr(place, '\n', (size_t)(end - place)))) {
        place++;
        count++;
    }
    return count;
}

/* The head that the log began with, and what follows it now. */
static bool write_head(const struct file_log *log,
                       const struct buffer *snapshot, struct buffer *lines,
                       struct buffer *why)
{
    struct buffer line = BUFFER_INIT;
    struct log_head head;
    bool is_read;

    buffer_add(&line, log->head_line.data, log->head_line.length);
    is_read = log_head_read(line.data, line.length, &head, why);
    head.snapshot_lines = count_lines(snapshot);
    head.snapshot_last_id = log->kept_id;
    head.snapshot_time = log->kept_time;
    if (is_read)
        log_head_write(&head, lines);
    buffer_add_byte(lines, '\n');
    buffer_free(&line);
    return is_read;
}

static bool take(struct file_log *log, struct buffer *why)
{
    struct buffer snapshot = BUFFER_INIT;
    struct buffer lines = BUFFER_INIT;
    bool is_well;

    entrance_save(log->entrance, log->kept_time, &snapshot);
    is_well = write_head(log, &snapshot, &lines, why);
    buffer_add(&lines, snapshot.data, snapshot.length);
    buffer_free(&snapshot);
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
