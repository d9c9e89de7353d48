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
    const struct entrance *entrance;
    struct event *turn;
    struct log_batch filling;
    struct log_batch applying;
    struct log_entry_room room;
    long long last_id; /* of what was handed over */
    long long kept_id; /* of what is in the file */
    int64_t last_time;
    bool is_full; /* the disk, when it was written last */
};

/* One that is not open yet. */
struct file_log *file_log_create(const struct file_log_options *options);

#endif
