/*
 * The file of a log: lines, of which each was written whole or not at all. It
 * belongs to one process at a time.
 */
#ifndef SLACKMOCK_LOG_FILE_H
#define SLACKMOCK_LOG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"

struct log_file {
    const char *path; /* lent */
    int fd;           /* -1: not open */
    off_t end;        /* of the last whole line */
    bool is_ragged;   /* there may be bytes behind it */
};

#define LOG_FILE_INIT                                                          \
    {                                                                          \
        .fd = -1                                                               \
    }

/*
 * Opens a file for this process alone, and makes it if it is not there, with
 * mode 0600. -1 with the reason added to `why`.
 */
int log_file_open(struct log_file *file, const char *path, struct buffer *why);

/* Opens one that is there, to be read and not to be changed. */
int log_file_open_to_read(struct log_file *file, const char *path,
                          struct buffer *why);

/*
 * Adds lines behind the last, and has the disk keep them if `sync` is set. -1
 * with the reason added to `why`: none of them is in the file then.
 */
int log_file_append(struct log_file *file, const struct buffer *lines,
                    bool sync, struct buffer *why);

/*
 * Puts lines in place of all that the file holds, in one step that a crash
 * cannot halve. -1 with the reason added to `why`: it is as before then.
 */
int log_file_replace(struct log_file *file, const struct buffer *lines,
                     struct buffer *why);

void log_file_close(struct log_file *file);

/* ---- reading ---- */

enum log_file_line {
    LOG_FILE_LINE,
    LOG_FILE_TORN, /* the last one: it has no end */
    LOG_FILE_END,
    LOG_FILE_FAILED /* and `why` has the reason */
};

/* Zero it, set `file`, and end with log_file_reader_free(). */
struct log_file_reader {
    struct log_file *file;
    off_t offset;  /* of what is read next */
    size_t number; /* of the line at hand, from 1 on */
    struct buffer bytes;
    size_t start; /* of the line at hand */
    size_t length;
    size_t next;
};

/*
 * Reads the next line, at `start` of the bytes, and moves the file's end behind
 * it.
 */
enum log_file_line log_file_read(struct log_file_reader *reader,
                                 struct buffer *why);

void log_file_reader_free(struct log_file_reader *reader);

#endif
