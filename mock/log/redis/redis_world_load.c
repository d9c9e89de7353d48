/* Reads a stream from its first element to its last, and waits for it. */
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "entrance/entrance.h"
#include "log/log_replay.h"
#include "log/log_start.h"
#include "log/redis/redis_answer.h"
#include "log/redis/redis_world.h"
#include "log/redis_url.h"
#include "scenario/scenario.h"

#define PATIENCE_SECONDS 5
#define PAGE             "200" /* each entry may hold a large body */
#define HEAD_ID          "0-1" /* no other element can come before it */
#define SNAPSHOT_FIELDS  4
#define WAY_OUT          "; --fresh begins a new log"

struct loading {
    struct redis_world *world;
    const struct redis_url *url;
    struct log_start *start;
    redisContext *context;
    struct log_replay replay;
    bool has_head;
};

static bool fail(const struct loading *loading, const char *what)
{
    buffer_printf(loading->start->why, "redis://%s:%d: %s", loading->url->host,
                  loading->url->port, what);
    return false;
}

/* NULL, with the reason added, after a failure. */
static redisReply *ask(const struct loading *loading, const char **words,
                       int count)
{
    const char *why;
    redisReply *reply = redis_answer(loading->context, words, count, &why);

    if (reply && reply->type != REDIS_REPLY_ERROR)
        return reply;
    (void)fail(loading, reply ? reply->str : why);
    freeReplyObject(reply);
    return NULL;
}

static bool tell(const struct loading *loading, const char **words, int count)
{
    redisReply *reply = ask(loading, words, count);

    freeReplyObject(reply);
    return reply != NULL;
}

static bool open_connection(struct loading *loading)
{
    const struct redis_url *url = loading->url;
    const struct timeval patience = {PATIENCE_SECONDS, 0};
    const char *login[3] = {"AUTH", url->user ? url->user : url->password,
                            url->password};
    char database[16];
    const char *choice[] = {"SELECT", database};

    loading->context = redisConnectWithTimeout(url->host, url->port, patience);
    if (!loading->context)
        return fail(loading, "no memory");
    if (loading->context->err)
        return fail(loading, loading->context->errstr);
    (void)redisSetTimeout(loading->context, patience);
    if (url->password && !tell(loading, login, url->user ? 3 : 2))
        return false;
    (void)snprintf(database, sizeof database, "%d", url->database);
    return !url->database || tell(loading, choice, 2);
}

/* Of several servers that begin at once one wins, and the others join. */
static bool begin(const struct loading *loading)
{
    struct buffer line = BUFFER_INIT;
    const char *words[] = {"XADD", loading->url->key, HEAD_ID, "h", NULL};
    const char *why;
    redisReply *reply;
    bool is_well;

    log_head_write(loading->start->own, &line);
    words[4] = line.data;
    reply = redis_answer(loading->context, words, 5, &why);
    is_well = reply && (reply->type != REDIS_REPLY_ERROR ||
                        strstr(reply->str, "equal or smaller"));
    if (!is_well)
        (void)fail(loading, reply ? reply->str : why);
    freeReplyObject(reply);
    buffer_free(&line);
    return is_well;
}

static bool refuse(const struct loading *loading, const char *why)
{
    buffer_printf(loading->start->why, "%s: %s" WAY_OUT, loading->url->key,
                  why);
    return false;
}

static bool take_head(struct loading *loading, const redisReply *line)
{
    struct redis_world *world = loading->world;
    struct buffer problem = BUFFER_INIT;

    buffer_add(&world->head_line, line->str, (size_t)line->len);
    loading->has_head = log_replay_head(&loading->replay, line->str,
                                        (size_t)line->len, &problem) &&
                        !log_head_differs(&loading->replay.head,
                                          loading->start->own, &problem) &&
                        log_replay_begin(&loading->replay, &problem);
    if (loading->has_head)
        log_start_compare(loading->start, &loading->replay.head,
                          loading->url->key, WAY_OUT);
    else
        (void)refuse(loading, buffer_text(&problem));
    buffer_free(&problem);
    (void)snprintf(world->generation, sizeof world->generation, "%016" PRIx64,
                   loading->replay.head.entropy);
    buffer_add(&world->scenario, loading->replay.head.scenario,
               loading->replay.head.scenario_length);
    return loading->has_head;
}

/* ---- a snapshot ---- */

static bool take_worlds(struct loading *loading, const redisReply *worlds)
{
    struct buffer problem = BUFFER_INIT;
    char *line = worlds->str;
    char *end;
    bool is_well = log_replay_wants_snapshot(&loading->replay);

    if (!is_well)
        return refuse(loading, "the head of its snapshot announces no worlds");

    while (is_well && (end = strchr(line, '\n')) &&
           log_replay_wants_snapshot(&loading->replay)) {
        is_well = log_replay_line(&loading->replay, line, (size_t)(end - line),
                                  &problem);
        line = end + 1;
    }
    if (!loading->replay.entrance) {
        buffer_add_text(&problem, is_well ? "the snapshot is cut short" : "");
        is_well = refuse(loading, buffer_text(&problem));
    }
    buffer_free(&problem);
    return is_well;
}

static bool take_fields(struct loading *loading, const redisReply *answer)
{
    struct redis_world *world = loading->world;
    redisReply *const *value = answer->element;

    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        if (value[i]->type != REDIS_REPLY_STRING)
            return refuse(loading, "it has neither a head nor a snapshot");
    if (!take_head(loading, value[0]) || !take_worlds(loading, value[3]))
        return false;
    if (!redis_world_is_id(value[1]->str))
        return refuse(loading, "its snapshot ends at no entry");
    if (!redis_world_read_writers(world, value[2]->str))
        return refuse(loading, "the writers in its snapshot are damaged");
    (void)snprintf(world->last_id, sizeof world->last_id, "%s", value[1]->str);
    world->snapshot_size = value[3]->len;
    return true;
}

/* What the stream began with was cut off. */
static bool take_snapshot(struct loading *loading)
{
    const char *words[] = {
        "HMGET", loading->url->snapshot_key, "head", "id", "writers", "worlds"};
    redisReply *answer = ask(loading, words, 6);
    bool is_well = false;

    if (answer && (answer->type != REDIS_REPLY_ARRAY ||
                   answer->elements != SNAPSHOT_FIELDS))
        (void)refuse(loading, "its snapshot is damaged");
    else if (answer)
        is_well = take_fields(loading, answer);
    freeReplyObject(answer);
    return is_well;
}

/* ---- the stream ---- */

static const redisReply *head_of(const redisReply *element)
{
    const redisReply *fields = element->element[1];

    return fields->elements == 2 && strcmp(fields->element[0]->str, "h") == 0
               ? fields->element[1]
               : NULL;
}

static bool take_next(struct loading *loading, struct redis_element *element)
{
    struct log_replay *replay = &loading->replay;
    struct buffer why = BUFFER_INIT;
    const struct own_entry none = {.request = NULL};
    struct record record =
        redis_world_next(loading->world, &none, element, &why);
    bool is_well = record.kind != RECORD_DAMAGED;

    /* RECORD_OTHER: from a server that did not know yet of a new beginning. */
    if (record.kind == RECORD_ENTRY)
        (void)entrance_take(replay->entrance, &record.entry.input,
                            &replay->reply);
    else if (!is_well)
        buffer_printf(loading->start->why,
                      "%s: entry %s of the log is damaged: %s; --fresh begins "
                      "a new log",
                      loading->url->key, loading->world->last_id,
                      buffer_text(&why));
    if (record.kind == RECORD_DOUBLE)
        scenario_release(record.entry.input.scenario);
    buffer_free(&why);
    return is_well;
}

static bool take(struct loading *loading, redisReply *reply)
{
    struct redis_element element = redis_world_begin(loading->world, reply);

    while (element.lines.has_more)
        if (!take_next(loading, &element))
            return false;
    return true;
}

/* A head, and what follows is read behind it; or what a snapshot has before. */
static bool take_first(struct loading *loading, const redisReply *elements)
{
    const redisReply *head;

    if (!elements->elements)
        return true;
    head = head_of(elements->element[0]);
    if (!head)
        return take_snapshot(loading);
    (void)snprintf(loading->world->last_id, sizeof loading->world->last_id,
                   "%s", elements->element[0]->element[0]->str);
    return take_head(loading, head);
}

/* True with *is_last set at the end. */
static bool take_page(struct loading *loading, bool *is_last)
{
    char from[STREAM_ID_SIZE + 1];
    const char *words[] = {"XRANGE", loading->url->key, from,
                           "+",      "COUNT",           PAGE};
    redisReply *reply;
    bool is_well = true;

    (void)snprintf(from, sizeof from, "%s%s",
                   *loading->world->last_id ? "(" : "-",
                   loading->world->last_id);
    reply = ask(loading, words, 6);
    if (reply && !redis_world_elements(reply))
        is_well = fail(loading, "XRANGE was answered with something else");
    if (reply && is_well && !loading->has_head)
        is_well = take_first(loading, reply);
    else
        for (size_t i = 0; reply && is_well && i < reply->elements; i++)
            is_well = take(loading, reply->element[i]);
    *is_last = reply && !reply->elements;
    is_well = is_well && reply;
    freeReplyObject(reply);
    return is_well;
}

static bool load(struct loading *loading, bool is_fresh)
{
    const char *removal[] = {"DEL", loading->url->key,
                             loading->url->snapshot_key};
    bool is_last = false;

    if (!open_connection(loading) || (is_fresh && !tell(loading, removal, 3)) ||
        !begin(loading))
        return false;
    while (!is_last)
        if (!take_page(loading, &is_last))
            return false;
    return loading->has_head || fail(loading, "the log was removed meanwhile");
}

int redis_world_load(struct redis_world *world, const struct redis_url *url,
                     bool is_fresh, struct log_start *start)
{
    struct loading loading = {.world = world, .url = url, .start = start};
    bool is_well;

    redis_world_clear(world);
    log_replay_init(&loading.replay, start->options);
    is_well = load(&loading, is_fresh);
    if (is_well)
        start->entrance = loading.replay.entrance;
    else
        entrance_free(loading.replay.entrance);
    if (loading.context)
        redisFree(loading.context);
    log_replay_free(&loading.replay);
    return is_well ? 0 : -1;
}
