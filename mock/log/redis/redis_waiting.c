/* A queue of inputs, in the order in which they were handed over. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "entrance/log_entry.h"
#include "log/redis/redis_log_parts.h"
#include "message/request_copy.h"

#define AWAY "the log in Redis did not answer in time"

/* Redis tells its time, and the writer with the sequence is its id. */
static void write_line(struct redis_log *log, const struct input *input)
{
    struct log_entry entry = {
        .writer = log->writer, .sequence = ++log->sequence, .input = *input};

    entry.input.host_time = 0;
    buffer_clear(&log->line);
    log_entry_write(&entry, &log->line);
}

static struct redis_waiting *create(struct redis_log *log,
                                    const struct input *input, bool reads)
{
    const size_t length = log->line.length;
    struct redis_waiting *waiting = xmalloc(sizeof *waiting + length + 1);

    *waiting = (struct redis_waiting){.sequence = log->sequence,
                                      .reads = reads,
                                      .time = input->host_time,
                                      .since = redis_log_now(),
                                      .length = length};
    memcpy(waiting->line, log->line.data, length + 1);
    if (input->kind == INPUT_REQUEST && !reads)
        waiting->request = request_copy(&input->request);
    return waiting;
}

void redis_waiting_add(struct redis_log *log, const struct input *input,
                       bool reads, struct log_asker *asker)
{
    struct redis_waiting *waiting;

    write_line(log, input);
    waiting = create(log, input, reads);
    waiting->place.asker = asker;
    if (asker)
        asker->place = &waiting->place;
    if (log->last)
        log->last->next = waiting;
    else
        log->first = waiting;
    log->last = waiting;
    if (!log->unsent)
        log->unsent = waiting;
}

struct redis_waiting *redis_waiting_take(struct redis_log *log)
{
    struct redis_waiting *waiting = log->first;

    if (waiting)
        log->first = waiting->next;
    if (!log->first)
        log->last = NULL;
    if (waiting && waiting == log->unsent)
        log->unsent = waiting->next;
    return waiting;
}

void redis_waiting_free(struct redis_waiting *waiting)
{
    if (waiting->place.asker)
        waiting->place.asker->place = NULL;
    free(waiting->request);
    free(waiting);
}

void redis_waiting_tell(struct redis_log *log, struct redis_waiting *waiting,
                        int64_t time, const char *why)
{
    const struct log_handler *handler = &log->base.handler;
    struct log_asker *asker = waiting->place.asker;
    struct log_entry_room room = {.header_room = 0};
    struct buffer problem = BUFFER_INIT;
    struct log_entry entry;

    if (asker)
        asker->place = NULL;
    waiting->place.asker = NULL;
    /* It was written by log_entry_write(). */
    if (!log_entry_read(&room, waiting->line, waiting->length, &entry,
                        &problem))
        abort();
    entry.input.host_time = why ? waiting->time : time;
    if (why)
        handler->put_off(handler->context, &entry.input, asker, why);
    else
        handler->in_order(handler->context, &entry.input, asker);
    log_entry_room_free(&room);
    buffer_free(&problem);
}

void redis_waiting_expire(struct redis_log *log, int64_t now)
{
    while (log->first && now - log->first->since >= log->patience) {
        struct redis_waiting *waiting = redis_waiting_take(log);

        log->is_silent = true;
        redis_waiting_tell(log, waiting, 0, AWAY);
        redis_waiting_free(waiting);
        redis_log_send(log);
    }
}
