/* One line, made of another. */
#include "log/log_snapshot.h"

#include <string.h>

#include "entrance/log_head.h"

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

bool log_snapshot_head(const struct buffer *head_line,
                       const struct log_snapshot *snapshot, struct buffer *line,
                       struct buffer *why)
{
    struct buffer copy = BUFFER_INIT;
    struct log_head head;
    bool is_read;

    buffer_add(&copy, head_line->data, head_line->length);
    is_read = log_head_read(copy.data, copy.length, &head, why);
    head.snapshot_lines = count_lines(&snapshot->lines);
    head.snapshot_last_id = snapshot->last_id;
    head.snapshot_time = snapshot->time;
    if (is_read)
        log_head_write(&head, line);
    buffer_free(&copy);
    return is_read;
}
