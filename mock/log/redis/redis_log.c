/*
 * An input is added to the stream, and applied when it comes back from there,
 * in the order in which all servers see it.
 */
#include "log/redis_log.h"

#include <event2/event.h>
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "log/redis/redis_log_parts.h"
#include "mock/mock.h"
#include "scenario/scenario.h"

#define TICK_MS   100
#define AWAY_MS   2000 /* what waits so long says that it is away */
#define NO_ANSWER "the log in Redis has it, and its reply is lost"

static struct redis_log *redis_log_of(struct ordered_log *log)
{
    return (struct redis_log *)log;
}

/* ---- what comes back ---- */

/* The one of that sequence; those before it are not in the stream. */
static struct redis_waiting *find_own(struct redis_log *log,
                                      const struct record *record)
{
    struct redis_waiting *waiting = NULL;

    while (log->first && log->first->sequence < record->sequence) {
        waiting = redis_waiting_take(log);
        redis_waiting_tell(log, waiting, 0, NO_ANSWER);
        redis_waiting_free(waiting);
    }
    if (log->first && log->first->sequence == record->sequence)
        return redis_waiting_take(log);
    return NULL;
}

static void apply(struct redis_log *log, struct record *record, bool is_own)
{
    const struct log_handler *handler = &log->base.handler;
    struct redis_waiting *own = is_own ? find_own(log, record) : NULL;
    struct log_asker *asker = own ? own->place.asker : NULL;

    if (record->kind == RECORD_MARKER) {
        if (own)
            redis_waiting_tell(log, own, record->time, NULL);
    } else {
        if (asker)
            asker->place = NULL;
        if (own)
            own->place.asker = NULL;
        if (is_own)
            handler->in_order(handler->context, &record->entry.input, asker);
        else
            handler->from_others(handler->context, &record->entry.input);
    }
    if (own)
        redis_waiting_free(own);
}

static struct own_entry first_own(const struct redis_log *log)
{
    const struct redis_waiting *first = log->first;

    return first
               ? (struct own_entry){first->line, first->length, first->request,
                                    log->writer, first->sequence}
               : (struct own_entry){.request = NULL};
}

/* What an element tells next. False if nothing can be read behind it. */
static bool take_next(struct redis_log *log, struct redis_element *element)
{
    const struct own_entry own = first_own(log);
    struct buffer why = BUFFER_INIT;
    struct record record = redis_world_next(&log->world, &own, element, &why);
    bool is_own;

    buffer_free(&why);
    switch (record.kind) {
    case RECORD_ENTRY:
    case RECORD_MARKER:
        is_own = strcmp(record.writer, log->writer) == 0;
        apply(log, &record, is_own);
        if (is_own && !element->lines.has_more)
            redis_snapshot_take_if_due(log, record.time);
        return log->state == REDIS_READY;
    case RECORD_SNAPSHOT:
        return true;
    case RECORD_DOUBLE:
        scenario_release(record.entry.input.scenario);
        return true;
    case RECORD_HEAD:
    case RECORD_OTHER:
    case RECORD_DAMAGED:
        break;
    }
    redis_log_rebuild(log, "the log was begun anew");
    return false;
}

size_t redis_log_take(struct redis_log *log, struct redisReply *reply)
{
    struct redis_element element = redis_world_begin(&log->world, reply);
    size_t count = 0;

    log->is_silent = false;
    while (element.lines.has_more) {
        if (!take_next(log, &element))
            return 0;
        count++;
    }
    return count;
}

/* What of the own inputs is in it already was told to nobody. */
static void put_off_what_is_in(struct redis_log *log)
{
    const struct redis_waiting *first = log->first;

    while (first &&
           redis_world_has(&log->world, log->writer, first->sequence)) {
        struct redis_waiting *waiting = redis_waiting_take(log);

        redis_waiting_tell(log, waiting, 0, NO_ANSWER);
        redis_waiting_free(waiting);
        first = log->first;
    }
}

void redis_log_rebuild(struct redis_log *log, const char *why)
{
    const struct log_handler *handler = &log->base.handler;
    struct buffer problem = BUFFER_INIT;
    struct log_start again = {.options = log->options,
                              .own = &log->own,
                              .takes_any = true,
                              .why = &problem};

    log->is_told = log->is_lost;
    redis_connection_fail(log, why);
    log->next_try = 0;
    redis_log_renew_head(log);
    log->announces = true;
    if (redis_world_load(&log->world, &log->url, false, &again) == 0) {
        handler->replaced(handler->context, again.entrance);
        put_off_what_is_in(log);
        log->is_lost = false;
    } else {
        /* Nothing is known to be read: the next try comes here again. */
        log->is_told = log->is_lost;
        redis_connection_fail(log, buffer_text(&problem));
        log->is_lost = true;
        (void)snprintf(log->world.last_id, sizeof log->world.last_id, "1-1");
    }
    buffer_free(&problem);
}

/* ---- the engine ---- */

static void on_tick(evutil_socket_t fd, short what, void *argument)
{
    struct redis_log *log = argument;

    (void)fd;
    (void)what;
    redis_waiting_expire(log, redis_log_now());
    redis_connection_tick(log);
}

static void start(struct ordered_log *base, struct event_base *loop)
{
    struct redis_log *log = redis_log_of(base);
    const struct timeval often = {0, TICK_MS * 1000L};

    log->loop = loop;
    log->tick = event_new(loop, -1, EV_PERSIST, on_tick, log);
    event_add(log->tick, &often);
    redis_connection_start(log);
}

static void append(struct ordered_log *base, const struct input *input,
                   bool reads, struct log_asker *asker)
{
    struct redis_log *log = redis_log_of(base);

    redis_waiting_add(log, input, reads, asker);
    redis_log_send(log);
}

static bool is_away(const struct ordered_log *base)
{
    const struct redis_log *log = (const struct redis_log *)base;

    return log->state != REDIS_READY || log->is_silent ||
           (log->first && redis_log_now() - log->first->since > AWAY_MS);
}

static void close_log(struct ordered_log *base)
{
    struct redis_log *log = redis_log_of(base);
    struct redis_waiting *waiting;

    redis_connection_end(log);
    while ((waiting = redis_waiting_take(log)))
        redis_waiting_free(waiting);
    if (log->tick)
        event_free(log->tick);
    redis_world_clear(&log->world);
    buffer_free(&log->scenario);
    buffer_free(&log->command);
    buffer_free(&log->line);
    redis_url_clear(&log->url);
    free(log->options);
    free(log);
}

static struct redis_log *create(const struct redis_log_options *options,
                                const struct log_start *start_of)
{
    static const struct log_engine engine = {
        .is_kept = true,
        .is_shared = true,
        .start = start,
        .append = append,
        .is_away = is_away,
        .close = close_log,
    };
    struct redis_log *log = xcalloc(1, sizeof *log);

    log->base.engine = &engine;
    log->url = *options->url;
    log->patience = options->patience;
    log->limit = options->limit;
    log->options = xmalloc(sizeof *log->options);
    *log->options = *start_of->options;
    log->own = *start_of->own;
    (void)snprintf(log->writer, sizeof log->writer, "%016" PRIx64,
                   options->writer);
    return log;
}

struct ordered_log *redis_log_open(const struct redis_log_options *options,
                                   struct log_start *start_of)
{
    struct redis_log *log = create(options, start_of);

    if (redis_world_load(&log->world, &log->url, options->fresh, start_of) ==
        0) {
        /* Whatever becomes of the stream, that scenario is begun with again. */
        buffer_add(&log->scenario, log->world.scenario.data,
                   log->world.scenario.length);
        log->own.scenario = log->scenario.data;
        log->own.scenario_length = log->scenario.length;
        log->announces = options->fresh;
        log->entrance = start_of->entrance;
        return &log->base;
    }
    log_close(&log->base);
    return NULL;
}

const char *redis_library(void)
{
    static char name[32];

    (void)snprintf(name, sizeof name, "hiredis %d.%d.%d", HIREDIS_MAJOR,
                   HIREDIS_MINOR, HIREDIS_PATCH);
    return name;
}
