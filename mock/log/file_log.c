/* Batches, turns, and what is done when the disk is full. */
#include "log/file_log.h"

#include <event2/event.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "log/file_log_parts.h"
#include "log/log_batch.h"
#include "log/ordered_log.h"

static struct file_log *file_log_of(struct ordered_log *log)
{
    return (struct file_log *)log;
}

static void tell(const struct file_log *log, const char *text, const char *rest)
{
    const struct log_handler *handler = &log->base.handler;
    struct buffer line = BUFFER_INIT;

    buffer_printf(&line, "%s%s", text, rest);
    handler->message(handler->context, line.data);
    buffer_free(&line);
}

/* ---- a turn of the loop ---- */

/* True if the file has them. */
static bool write_batch(struct file_log *log, struct buffer *why)
{
    if (log_file_append(&log->file, &log->applying.kept, log->sync, why) == 0) {
        if (log->is_full)
            tell(log, log->file.path, " can be written again");
        log->is_full = false;
        return true;
    }
    if (!log->is_full)
        tell(log, buffer_text(why),
             "; calls get service_unavailable until it can");
    log->is_full = true;
    return false;
}

static void on_turn(evutil_socket_t fd, short what, void *argument)
{
    struct file_log *log = argument;
    struct buffer why = BUFFER_INIT;
    const struct log_batch full = log->filling;
    bool is_kept = true;

    (void)fd;
    (void)what;
    log->filling = log->applying;
    log->applying = full;
    if (log->applying.kept.length)
        is_kept = write_batch(log, &why);
    if (!is_kept)
        log->last_id = log->kept_id;
    log->kept_id = log->last_id;
    log->kept_time = log->last_time;
    log_batch_tell(&log->applying, &log->room, &log->base.handler,
                   is_kept ? NULL : buffer_text(&why));
    buffer_clear(&why);
    if (is_kept && !file_log_cut_short(log, &why))
        tell(log, buffer_text(&why), "; the log grows on meanwhile");
    buffer_free(&why);
}

/* ---- the engine ---- */

static void start(struct ordered_log *base, struct event_base *loop)
{
    struct file_log *log = file_log_of(base);

    log->turn = event_new(loop, -1, 0, on_turn, log);
}

static void append(struct ordered_log *base, const struct input *input,
                   bool reads, struct log_asker *asker)
{
    struct file_log *log = file_log_of(base);
    struct log_entry entry = {.writer = "", .input = *input};

    /* The machine's clock may be behind: it was set, or is another one. */
    if (entry.input.host_time < log->last_time)
        entry.input.host_time = log->last_time;
    log->last_time = entry.input.host_time;
    if (!reads)
        entry.id = ++log->last_id;
    if (log_batch_is_empty(&log->filling))
        event_active(log->turn, EV_TIMEOUT, 0);
    log_batch_add(&log->filling, &entry, reads, asker);
}

static bool is_away(const struct ordered_log *base)
{
    return ((const struct file_log *)base)->is_full;
}

static void close_log(struct ordered_log *base)
{
    struct file_log *log = file_log_of(base);

    if (log->turn)
        event_free(log->turn);
    log_batch_free(&log->filling);
    log_batch_free(&log->applying);
    log_entry_room_free(&log->room);
    log_file_close(&log->file);
    buffer_free(&log->head_line);
    free(log);
}

struct file_log *file_log_create(const struct file_log_options *options)
{
    static const struct log_engine engine = {.is_kept = true,
                                             .start = start,
                                             .append = append,
                                             .is_away = is_away,
                                             .close = close_log};
    struct file_log *log = xcalloc(1, sizeof *log);

    log->base.engine = &engine;
    log->file.fd = -1;
    log->sync = options->sync;
    log->limit = log->snapshot_at = options->limit;
    return log;
}
