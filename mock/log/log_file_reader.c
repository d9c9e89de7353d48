/* Reads line by line, however long a line is. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "log/log_file.h"

#define PIECE ((size_t)1 << 16)

/* Drops what was read, so that the line at hand is all that is kept. */
static void drop_read(struct log_file_reader *reader)
{
    const size_t left = reader->bytes.length - reader->next;

    if (left && reader->next)
        memmove(reader->bytes.data, reader->bytes.data + reader->next, left);
    reader->bytes.length = left;
    reader->start = reader->next = 0;
}

/* How many bytes came; -1 with the reason added to `why`. */
static ssize_t read_more(struct log_file_reader *reader, struct buffer *why)
{
    const size_t had = reader->bytes.length;
    char *to = buffer_extend(&reader->bytes, PIECE);
    ssize_t count;

    do
        count = pread(reader->file->fd, to, PIECE, reader->offset);
    while (count < 0 && errno == EINTR);
    reader->bytes.length = had + (count > 0 ? (size_t)count : 0);
    if (count < 0)
        buffer_printf(why, "cannot read %s: %s", reader->file->path,
                      strerror(errno));
    else
        reader->offset += count;
    return count;
}

/* NULL if it is not there yet. */
static const char *line_end(const struct log_file_reader *reader,
                            size_t searched)
{
    if (searched == reader->bytes.length)
        return NULL;
    return memchr(reader->bytes.data + searched, '\n',
                  reader->bytes.length - searched);
}

/* What has no end is told, and left out. */
static enum log_file_line end_reading(struct log_file_reader *reader)
{
    reader->length = reader->bytes.length;
    if (!reader->length)
        return LOG_FILE_END;
    reader->number++;
    reader->file->is_ragged = true;
    return LOG_FILE_TORN;
}

enum log_file_line log_file_read(struct log_file_reader *reader,
                                 struct buffer *why)
{
    const char *end = line_end(reader, reader->next);

    if (!end)
        drop_read(reader);
    while (!end) {
        const size_t searched = reader->bytes.length;
        const ssize_t count = read_more(reader, why);

        if (count <= 0)
            return count < 0 ? LOG_FILE_FAILED : end_reading(reader);
        end = line_end(reader, searched);
    }
    reader->start = reader->next;
    reader->next = (size_t)(end - reader->bytes.data) + 1;
    reader->length = reader->next - reader->start - 1;
    reader->file->end += (off_t)(reader->next - reader->start);
    reader->number++;
    return LOG_FILE_LINE;
}

void log_file_reader_free(struct log_file_reader *reader)
{
    buffer_free(&reader->bytes);
}
