/*
 * Two connections: one to add, and to read back what was added; one that waits
 * for what others add while nothing else goes on. After either has failed both
 * are made anew, with longer and longer pauses, and the stream is asked whether
 * it still has what was read of it.
 *
 * While several entries come at a time, the end of each turn adds its own as
 * one, and asks behind it for all that is new: one write has both, and so has
 * the answer. One alone is answered sooner by an XREAD that waits: that has to
 * be sent anew each time, but while nobody waits for it.
 */
#include <event2/event.h>
#include <hiredis/async.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "log/redis/redis_log_parts.h"
#include "log/redis/redis_loop.h"

#define PAUSE_FIRST 100
#define PAUSE_MOST  2000
#define REST_US     1000
#define SILENCE     8000 /* longer than an XREAD waits: it is gone */
#define PATIENCE    3000 /* for a first answer */

static int64_t read_clock(clockid_t clock)
{
    struct timespec now = {0};

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t redis_log_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void redis_log_renew_head(struct redis_log *log)
{
    struct random random;

    log->own.time = read_clock(CLOCK_REALTIME);
    random_init(&random, log->own.entropy ^ (uint64_t)redis_log_now(),
                RANDOM_SEEDS);
    log->own.entropy = random_next(&random);
    /* Nobody who knows the one may find the other. */
    random_init(&random, log->own.salt ^ (uint64_t)redis_log_now(),
                RANDOM_SEEDS);
    log->own.salt = random_next(&random);
}

void redis_log_say(const struct redis_log *log, const char *text,
                   const char *rest)
{
    const struct log_handler *handler = &log->base.handler;
    struct buffer line = BUFFER_INIT;

    buffer_printf(&line, "redis://%s:%d: %s%s", log->url.host, log->url.port,
                  text, rest);
    handler->message(handler->context, line.data);
    buffer_free(&line);
}

void redis_connection_fail(struct redis_log *log, const char *why)
{
    if (!log->is_told)
        redis_log_say(log, why, "; calls wait for it, up to --request-timeout");
    log->is_told = true;
    log->state = REDIS_DOWN;
    log->is_asking = false;
    redis_link_close(&log->adds);
    redis_link_close(&log->reads);
    log->next_try = redis_log_now() + log->pause;
    log->pause = log->pause * 2 > PAUSE_MOST ? PAUSE_MOST : log->pause * 2;
}

static void on_down(void *owner, const char *why)
{
    redis_connection_fail(owner, why);
}

/* Only then is it well: one that is full answers too. */
static void recover(struct redis_log *log)
{
    if (log->is_told)
        redis_log_say(log, "it answers", " again");
    log->is_told = false;
    log->pause = PAUSE_FIRST;
}

/* ---- adding ---- */

/* nil: there is no stream to add to any more. */
/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_added(redisAsyncContext *context, void *answer, void *owner)
{
    struct redis_log *log = owner;
    const redisReply *reply = answer;

    if (!reply || log->adds.context != context)
        return;
    log->is_silent = false;
    if (reply->type == REDIS_REPLY_NIL)
        redis_log_rebuild(log, "the log is gone");
    else if (reply->type == REDIS_REPLY_ERROR)
        redis_connection_fail(log, reply->str);
    else
        recover(log);
}

/*
 * One turn's entries at a time are under way: those that come meanwhile are one
 * element too, and one answer has all that was sent.
 */
static bool may_send(const struct redis_log *log)
{
    return log->state == REDIS_READY && log->unsent == log->first;
}

void redis_log_send(struct redis_log *log)
{
    if (log->state == REDIS_READY)
        event_active(log->turn, EV_TIMEOUT, 0);
}

/* ---- reading ---- */

static bool is_of_log(const struct redis_log *log,
                      const redisAsyncContext *context)
{
    return context == log->adds.context || context == log->reads.context;
}

static void await_more(struct redis_log *log);
static void ask(struct redis_log *log, const char *last_id);

/* What has gathered is Redis' work while the elements are applied. */
static void send_meanwhile(struct redis_log *log, const redisReply *elements)
{
    const redisReply *last = elements->element[elements->elements - 1];

    if (!log->unsent)
        return;
    redis_send_unsent(log, on_added);
    ask(log, last->element[0]->str);
    redis_loop_write(log->adds.context);
}

static void go_on(struct redis_log *log, size_t count)
{
    const struct timeval rest = {0, REST_US};

    if (log->is_asking)
        return;
    if (count > 1 && !log->first) {
        event_add(log->rest, &rest);
        return;
    }
    if (!count || !log->first)
        await_more(log);
    redis_log_send(log);
}

/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_elements(redisAsyncContext *context, void *answer, void *owner)
{
    struct redis_log *log = owner;
    redisReply *reply = answer;
    const redisReply *elements;
    const int64_t now = redis_log_now();
    size_t count = 0;

    if (!reply || !is_of_log(log, context))
        return;
    log->is_asking = false;
    /* It was stopped: what it has not read yet may have been cut off. */
    if (now - log->heard > SILENCE) {
        redis_connection_fail(log, "it was not heard for long");
        return;
    }
    log->heard = now;
    elements = redis_world_news(reply);
    if (!elements && reply->type != REDIS_REPLY_NIL) {
        redis_connection_fail(log, reply->type == REDIS_REPLY_ERROR
                                       ? reply->str
                                       : "XREAD was answered with something "
                                         "else");
        return;
    }
    if (elements && elements->elements)
        send_meanwhile(log, elements);
    for (size_t i = 0; elements && i < elements->elements; i++) {
        const size_t told = redis_log_take(log, elements->element[i]);

        if (!told)
            return;
        count += told;
    }
    go_on(log, count);
}

static void ask(struct redis_log *log, const char *last_id)
{
    log->is_asking = true;
    redis_send_read(log, last_id, on_elements);
}

static void await_more(struct redis_log *log)
{
    log->is_asking = true;
    redis_send_await(log, on_elements);
}

static void on_turn(evutil_socket_t fd, short what, void *argument)
{
    struct redis_log *log = argument;

    (void)fd;
    (void)what;
    if (may_send(log))
        redis_send_unsent(log, on_added);
    if (log->state == REDIS_READY && log->first && !log->is_asking)
        ask(log, log->world.last_id);
}

static void on_rest(evutil_socket_t fd, short what, void *argument)
{
    struct redis_log *log = argument;

    (void)fd;
    (void)what;
    if (log->state == REDIS_READY && !log->is_asking)
        await_more(log);
}

static void become_ready(struct redis_log *log)
{
    log->is_silent = false;
    log->state = REDIS_READY;
    await_more(log);
    if (!log->first && !log->announces)
        recover(log);
    log->unsent = log->first;
    redis_send_unsent(log, on_added);
    /* Whoever goes by what was there before sees by this that it is gone. */
    if (log->announces && log->state == REDIS_READY)
        redis_send_marker(log, ++log->sequence, on_added);
    log->announces = false;
}

/* ---- connecting ---- */

/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_checked(redisAsyncContext *context, void *answer, void *owner)
{
    struct redis_log *log = owner;
    const redisReply *reply = answer;

    if (!reply || log->reads.context != context)
        return;
    log->heard = redis_log_now();
    if (reply->type == REDIS_REPLY_ERROR)
        redis_connection_fail(log, reply->str);
    else if (!reply->elements)
        redis_log_rebuild(log, "the log has lost what it had");
    else
        become_ready(log);
}

static void connect_again(struct redis_log *log)
{
    log->heard = redis_log_now();
    log->adds.owner = log->reads.owner = log;
    log->adds.down = log->reads.down = on_down;
    if (!redis_link_open(&log->reads, log->loop, &log->url) ||
        !redis_link_open(&log->adds, log->loop, &log->url)) {
        redis_connection_fail(log, "cannot connect");
        return;
    }
    log->state = REDIS_CHECKING;
    (void)redisAsyncCommand(log->reads.context, on_checked, log,
                            "XRANGE %s %s %s", log->url.key, log->world.last_id,
                            log->world.last_id);
}

void redis_connection_start(struct redis_log *log)
{
    log->turn = event_new(log->loop, -1, 0, on_turn, log);
    log->rest = event_new(log->loop, -1, 0, on_rest, log);
    redis_connection_tick(log);
}

void redis_connection_end(struct redis_log *log)
{
    redis_link_close(&log->adds);
    redis_link_close(&log->reads);
    if (log->turn)
        event_free(log->turn);
    if (log->rest)
        event_free(log->rest);
}

void redis_connection_tick(struct redis_log *log)
{
    const int64_t now = redis_log_now();
    const int64_t patience = log->state == REDIS_READY ? SILENCE : PATIENCE;

    if (!log->pause)
        log->pause = PAUSE_FIRST;
    if (log->state == REDIS_DOWN && now >= log->next_try)
        connect_again(log);
    else if (log->state != REDIS_DOWN && now - log->heard > patience)
        redis_connection_fail(log, "it does not answer");
}
