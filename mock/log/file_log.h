/*
 * A log in a file (JSON Lines). What came in during a turn of the loop is
 * written at its end, and applied then.
 */
#ifndef SLACKMOCK_FILE_LOG_H
#define SLACKMOCK_FILE_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "log/log_start.h"

struct entrance;
struct ordered_log;

struct file_log_options {
    const char *path; /* lent */
    bool sync;        /* the disk has it before anybody is answered */
    size_t limit;     /* bytes, from which on a snapshot takes their place */
    bool fresh;       /* what is there is replaced */
};

/*
 * Opens the file, begins a log in it if it is empty, and replays it. NULL with
 * the reason added to start->why. The server, start->entrance, is lent: it is
 * saved when the log is cut short.
 */
struct ordered_log *file_log_open(const struct file_log_options *options,
                                  struct log_start *start);

#endif
