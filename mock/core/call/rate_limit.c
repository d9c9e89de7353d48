/*
 * Token buckets, counted in whole numbers: what refills in a millisecond is the
 * number of calls per minute, and a call costs as many as a minute has.
 */
#include "call/rate_limit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "call/call.h"
#include "call/rate_limit_parts.h"
#include "message/method_facts.h"
#include "scenario/scenario.h"
#include "scenario/scenario_method.h"

#define CALL_COST 60000

/* FNV-1a, which keeps keys short: a client id may have any length. */
static uint64_t hash_of(struct sent_text text)
{
    uint64_t hash = 0xcbf29ce484222325ULL;
    size_t place;

    for (place = 0; place < text.length; place++) {
        hash ^= (unsigned char)text.bytes[place];
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

/* Adds a part of a key, spelt alike on every machine. */
static void add_hash(struct buffer *key, const char *what,
                     struct sent_text text)
{
    buffer_printf(key, "%s=%016llx", what, (unsigned long long)hash_of(text));
    buffer_add_byte(key, '\0');
}

/*
 * The key of a call's bucket: method, app and team, and the channel if the
 * limit wants it. A NUL ends each: ids have none.
 */
static void make_key(struct buffer *key, const struct call *call,
                     const struct rate_limit *limit)
{
    const char *method = call->sent.request->method;

    buffer_clear(key);
    buffer_add(key, method, strlen(method) + 1);
    if (call->caller.token_is_known) {
        const char *app = call->caller.token_facts.app->id;
        const char *team = call->caller.token_facts.team->id;

        buffer_add(key, app, strlen(app) + 1);
        buffer_add(key, team, strlen(team) + 1);
    } else if (call->caller.client_id.bytes) {
        add_hash(key, "client", call->caller.client_id);
    }
    if (limit->by_channel)
        add_hash(key, "channel", call_argument(call, "channel"));
}

/*
 * Keeps a bucket of a caller without a known token, in place of the oldest one.
 */
static void add_stranger(struct rate_limits *limits, struct rate_bucket *bucket)
{
    struct rate_bucket **place;

    if (!limits->strangers)
        limits->strangers =
            xcalloc(RATE_STRANGERS_MOST, sizeof *limits->strangers);
    place = &limits->strangers[limits->next_stranger];
    if (*place)
        free(hash_table_remove(&limits->buckets, (*place)->key,
                               (*place)->key_length));
    *place = bucket;
    limits->next_stranger = (limits->next_stranger + 1) % RATE_STRANGERS_MOST;
}

void rate_limits_keep(struct rate_limits *limits, struct rate_bucket *bucket,
                      bool is_stranger)
{
    if (is_stranger)
        add_stranger(limits, bucket);
    hash_table_put(&limits->buckets, bucket->key, bucket->key_length, bucket);
}

static struct rate_bucket *add_bucket(struct rate_limits *limits,
                                      const struct call *call,
                                      const struct rate_limit *limit)
{
    const struct buffer *key = &limits->key;
    struct rate_bucket *bucket = xmalloc(sizeof *bucket + key->length);

    bucket->level = INT64_MAX;
    bucket->time = call->now;
    bucket->key_length = key->length;
    memcpy(bucket->key, key->data, key->length);
    rate_limits_keep(limits, bucket,
                     !call->caller.token_is_known || limit->by_channel);
    return bucket;
}

/*
 * Adds the calls that the time since the last one has earned. A clock that was
 * set back adds none.
 */
static void refill(struct rate_bucket *bucket, const struct rate_limit *limit,
                   int64_t now)
{
    const int64_t burst = limit->burst ? limit->burst : limit->per_minute;
    const int64_t capacity = burst * CALL_COST;
    int64_t elapsed = now - bucket->time;

    bucket->time = now;
    if (bucket->level >= capacity ||
        elapsed > (capacity - bucket->level) / limit->per_minute)
        bucket->level = capacity;
    else if (elapsed > 0)
        bucket->level += elapsed * limit->per_minute;
}

/* Whole seconds until the bucket holds a call. */
static long long wait_for(const struct rate_bucket *bucket,
                          const struct rate_limit *limit)
{
    int64_t lacking = CALL_COST - bucket->level;
    int64_t milliseconds =
        (lacking + limit->per_minute - 1) / limit->per_minute;

    return (milliseconds + 999) / 1000;
}

/* As documented: posting once a second, else by the tier. */
static bool find_documented(const char *method, struct rate_limit *limit)
{
    const struct method_facts *facts = method_facts_find(method);

    if (strcmp(method, "chat.postMessage") == 0)
        *limit = (struct rate_limit){
            .per_minute = 60, .burst = 1, .by_channel = true};
    else if (facts && facts->tier)
        limit->per_minute = rate_limit_of_tier(facts->tier);
    return limit->per_minute > 0;
}

/*
 * What `rate_limits` says of the method, else the tier that the scenario gives
 * it, else what is documented. False if it has no limit.
 */
static bool find_limit(const struct call *call, struct rate_limit *limit)
{
    const struct hash_table *known = &call->scenario->rate_limits;
    const struct scenario_method *described = call->sent.described;
    const char *method = call->sent.request->method;
    const struct rate_limit *own =
        known->count ? hash_table_find(known, method, strlen(method)) : NULL;

    if (!own && described && described->limit.tier)
        own = &described->limit;
    if (own)
        *limit = *own;
    return own || (call->scenario->has_documented_limits &&
                   find_documented(method, limit));
}

enum slack_error rate_limits_check(struct rate_limits *limits,
                                   struct call *call)
{
    struct rate_limit limit = {.per_minute = 0};
    struct rate_bucket *bucket;

    if (!find_limit(call, &limit))
        return SLACK_OK;
    make_key(&limits->key, call, &limit);
    bucket =
        hash_table_find(&limits->buckets, limits->key.data, limits->key.length);
    if (!bucket)
        bucket = add_bucket(limits, call, &limit);
    refill(bucket, &limit, call->now);
    if (bucket->level >= CALL_COST) {
        bucket->level -= CALL_COST;
        return SLACK_OK;
    }
    call->outcome.retry_after = wait_for(bucket, &limit);
    call_decide(call, "the rate limit of %s is used up for %lld s",
                call->sent.request->method, call->outcome.retry_after);
    return SLACK_RATELIMITED;
}

void rate_limits_clear(struct rate_limits *limits)
{
    struct rate_bucket *bucket;
    size_t place = 0;

    while ((bucket = hash_table_next(&limits->buckets, &place)))
        free(bucket);
    hash_table_free(&limits->buckets);
    buffer_free(&limits->key);
    free(limits->strangers);
    *limits = (struct rate_limits){.strangers = NULL};
}
