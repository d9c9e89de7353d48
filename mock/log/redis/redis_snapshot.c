/*
 * A snapshot stands beside the stream, in the hash KEY:snapshot: the head, the
 * worlds, the id of the last entry in them, and who had written how much. Once
 * it is there, old entries are cut off. Young ones stay: a server that was
 * heard within redis_connection.c's SILENCE has read whatever is older than a
 * minute.
 */
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "entrance/entrance.h"
#include "log/log_snapshot.h"
#include "log/redis/redis_log_parts.h"

#define KEPT_MS 60000

struct snapshot {
    struct log_snapshot worlds;
    struct buffer head;
    struct buffer writers;
};

static void say_failed(const struct redis_log *log, const char *why)
{
    struct buffer text = BUFFER_INIT;

    buffer_printf(&text, "no snapshot: %s", why);
    redis_log_say(log, text.data, "; the log grows on");
    buffer_free(&text);
}

/* cppcheck-suppress constParameter; hiredis wants it so */
static void on_taken(redisAsyncContext *context, void *answer, void *owner)
{
    const struct redis_log *log = owner;
    const redisReply *reply = answer;

    if (reply && log->adds.context == context &&
        reply->type == REDIS_REPLY_ERROR)
        say_failed(log, reply->str);
}

static void queue(struct redis_log *log, int count, const char **words,
                  const size_t *lengths)
{
    (void)redisAsyncCommandArgv(log->adds.context, NULL, NULL, count, words,
                                lengths);
}

static void send_hash(struct redis_log *log, const struct snapshot *snapshot)
{
    const char *words[] = {"HSET",    log->url.snapshot_key,
                           "head",    buffer_text(&snapshot->head),
                           "id",      log->world.last_id,
                           "writers", buffer_text(&snapshot->writers),
                           "worlds",  buffer_text(&snapshot->worlds.lines)};
    size_t lengths[10];

    for (size_t i = 0; i < 10; i++)
        lengths[i] = strlen(words[i]);
    queue(log, 10, words, lengths);
}

/* All of it or nothing. */
static void send_all(struct redis_log *log, const struct snapshot *snapshot)
{
    redisAsyncContext *context = log->adds.context;
    const char *key = log->url.key;

    (void)redisAsyncCommand(context, NULL, NULL, "MULTI");
    (void)redisAsyncCommand(context, NULL, NULL, "DEL %s",
                            log->url.snapshot_key);
    send_hash(log, snapshot);
    (void)redisAsyncCommand(context, NULL, NULL, "XTRIM %s MINID %" PRId64, key,
                            snapshot->worlds.time - KEPT_MS);
    (void)redisAsyncCommand(
        context, NULL, NULL, "XADD %s NOMKSTREAM * s %zu g %s", key,
        snapshot->worlds.lines.length, log->world.generation);
    (void)redisAsyncCommand(context, on_taken, log, "EXEC");
}

static void take(struct redis_log *log, int64_t time)
{
    struct snapshot snapshot = {.worlds = {.time = time}};
    struct buffer why = BUFFER_INIT;

    redis_world_write_writers(&log->world, &snapshot.writers);
    entrance_save(log->entrance, time, &snapshot.worlds.lines);
    if (log_snapshot_head(&log->world.head_line, &snapshot.worlds,
                          &snapshot.head, &why))
        send_all(log, &snapshot);
    else
        say_failed(log, buffer_text(&why));
    log->world.snapshot_size = snapshot.worlds.lines.length;
    buffer_free(&snapshot.head);
    buffer_free(&snapshot.writers);
    buffer_free(&snapshot.worlds.lines);
    buffer_free(&why);
}

/* A large world is not saved again before as much has come in. */
void redis_snapshot_take_if_due(struct redis_log *log, int64_t time)
{
    struct redis_world *world = &log->world;

    if (log->state != REDIS_READY || !log->adds.context ||
        world->since_snapshot < log->limit ||
        world->since_snapshot < world->snapshot_size)
        return;
    world->since_snapshot = 0;
    take(log, time);
}
