/* What the files of a log in a file share. */
#ifndef SLACKMOCK_FILE_LOG_PARTS_H
#define SLACKMOCK_FILE_LOG_PARTS_H

#include <stdint.h>

#include "log/file_log.h"
#include "log/log_batch.h"
#include "log/log_file.h"
#include "log/ordered_log.h"

struct event;

struct file_log {
    struct ordered_log base; /* first */
    struct log_file file;
    bool sync;
    size_t limit;
    size_t snapshot_at;      /* bytes in the file, from which on one is taken */
    struct buffer head_line; /* of the log, without its end */
    const struct entrance *entrance;
    struct event *turn;
    struct log_batch filling;
    struct log_batch applying;
    struct log_entry_room room;
    long long last_id; /* of what was handed over */
    long long kept_id; /* of what is in the file */
    int64_t last_time; /* of what was handed over */
    int64_t kept_time; /* of what is in the file */
    bool is_full;      /* the disk, when it was written last */
};

/*
 * Puts a snapshot in place of all that the file holds, if it has grown beyond
 * the limit. To be called when all of it is applied. False, with the reason
 * added to `why`, if that failed: the file is as before.
 */
bool file_log_cut_short(struct file_log *log, struct buffer *why);

/* One that is not open yet. */
struct file_log *file_log_create(const struct file_log_options *options);

#endif
