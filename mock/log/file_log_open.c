/*
 * Opens a log in a file. What cannot be gone on with stops the start: nobody
 * shall lose a world by a slip on the command line.
 */
#include <string.h>

#include "entrance/entrance.h"
#include "log/file_log_parts.h"
#include "log/log_replay.h"
#include "log/log_start.h"

#define WAY_OUT "; --fresh begins a new log in its place"

/* A log being opened. */
struct opening {
    struct file_log *log;
    struct log_start *start;
    struct log_file_reader reader;
    struct log_replay replay;
};

/* ---- a new log ---- */

/* Reading it uses it up. */
static void keep_head(struct file_log *log, const char *line, size_t length)
{
    buffer_clear(&log->head_line);
    buffer_add(&log->head_line, line, length);
}

static bool begin(struct opening *opening, bool replaces)
{
    struct file_log *log = opening->log;
    struct buffer *why = opening->start->why;
    struct buffer line = BUFFER_INIT;
    bool is_well;

    log_head_write(opening->start->own, &line);
    keep_head(log, line.data, line.length);
    is_well = log_replay_head(&opening->replay, line.data, line.length, why) &&
              log_replay_begin(&opening->replay, why);
    buffer_add_byte(&line, '\n');
    if (is_well)
        is_well =
            (replaces ? log_file_replace(&log->file, &line, why)
                      : log_file_append(&log->file, &line, true, why)) == 0;
    buffer_free(&line);
    return is_well;
}

/* ---- one that is there ---- */

/* True for what a server leaves that ends while it begins a log. */
static bool is_torn_head(const struct log_file_reader *reader)
{
    const size_t start = strlen(LOG_HEAD_START);
    const size_t length = reader->length < start ? reader->length : start;

    return memcmp(reader->bytes.data, LOG_HEAD_START, length) == 0;
}

static bool refuse(const struct opening *opening, const char *problem)
{
    struct buffer *why = opening->start->why;

    buffer_printf(why, "%s: %s", opening->log->file.path, problem);
    return false;
}

static bool refuse_line(const struct opening *opening, const char *problem)
{
    buffer_printf(
        opening->start->why,
        "%s:%zu: the log is damaged here: %s; cut the file off before "
        "this line to lose what follows, or --fresh to lose all",
        opening->log->file.path, opening->reader.number, problem);
    return false;
}

static bool read_head(struct opening *opening)
{
    const struct log_file_reader *reader = &opening->reader;
    struct buffer problem = BUFFER_INIT;
    bool is_well;

    keep_head(opening->log, reader->bytes.data + reader->start, reader->length);
    is_well =
        log_replay_head(&opening->replay, reader->bytes.data + reader->start,
                        reader->length, &problem) &&
        !log_head_differs(&opening->replay.head, opening->start->own,
                          &problem) &&
        log_replay_begin(&opening->replay, &problem);
    if (!is_well) {
        buffer_add_text(&problem, WAY_OUT);
        (void)refuse(opening, problem.data);
    }
    buffer_free(&problem);
    if (is_well)
        log_start_compare(opening->start, &opening->replay.head,
                          opening->log->file.path, WAY_OUT);
    return is_well;
}

static bool read_entry(struct opening *opening)
{
    struct log_file_reader *reader = &opening->reader;
    struct buffer problem = BUFFER_INIT;
    bool is_well =
        log_replay_line(&opening->replay, reader->bytes.data + reader->start,
                        reader->length, &problem);

    if (!is_well)
        (void)refuse_line(opening, buffer_text(&problem));
    buffer_free(&problem);
    return is_well;
}

static bool read_entries(struct opening *opening)
{
    struct log_file_reader *reader = &opening->reader;
    struct buffer *why = opening->start->why;
    enum log_file_line line;

    while ((line = log_file_read(reader, why)) == LOG_FILE_LINE)
        if (!read_entry(opening))
            return false;
    if (line == LOG_FILE_FAILED)
        return false;
    if (log_replay_wants_snapshot(&opening->replay))
        return refuse_line(opening, "the snapshot has an end too early");
    if (line == LOG_FILE_TORN)
        buffer_printf(opening->start->news,
                      "%s:%zu: the last line was not written whole, %zu bytes "
                      "of it are dropped; nobody was answered by it\n",
                      opening->log->file.path, reader->number, reader->length);
    return true;
}

static bool read_file(struct opening *opening)
{
    struct log_file_reader *reader = &opening->reader;

    switch (log_file_read(reader, opening->start->why)) {
    case LOG_FILE_LINE:
        return read_head(opening) && read_entries(opening);
    case LOG_FILE_TORN:
        if (!is_torn_head(reader))
            return refuse(opening, "this is no log of slackmock" WAY_OUT);
        return begin(opening, false);
    case LOG_FILE_END:
        return begin(opening, false);
    case LOG_FILE_FAILED:
        break;
    }
    return false;
}

static bool open_log(struct opening *opening,
                     const struct file_log_options *options)
{
    struct file_log *log = opening->log;

    if (log_file_open(&log->file, options->path, opening->start->why) != 0)
        return false;
    opening->reader.file = &log->file;
    return options->fresh ? begin(opening, true) : read_file(opening);
}

struct ordered_log *file_log_open(const struct file_log_options *options,
                                  struct log_start *start)
{
    struct opening opening = {.log = file_log_create(options), .start = start};
    struct file_log *log = opening.log;
    bool is_open;

    log_replay_init(&opening.replay, start->options);
    is_open = open_log(&opening, options);
    log->last_id = log->kept_id = opening.replay.last_id;
    log->last_time = log->kept_time = opening.replay.last_time;
    if (is_open)
        log->entrance = start->entrance = opening.replay.entrance;
    else
        entrance_free(opening.replay.entrance);
    log_replay_free(&opening.replay);
    log_file_reader_free(&opening.reader);
    if (is_open)
        return &log->base;
    log_close(&log->base);
    return NULL;
}
