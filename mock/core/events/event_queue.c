/*
 * A list of deliveries. It is walked from end to end: an installation ends
 * rarely, and the list is bounded.
 */
#include "events/event_queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/directory.h"

#define ALPHABET       "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define CHALLENGE_SIZE 53 /* Slack's have 52 characters */

struct used_url {
    struct used_url *next;
    char url[];
};

void event_queue_spell_id(struct event_queue *queue, char id[EVENT_ID_SIZE])
{
    memcpy(id, "Ev", 2);
    random_text(&queue->random, ALPHABET, id + 2, EVENT_ID_SIZE - 3);
    id[EVENT_ID_SIZE - 1] = '\0';
}

/* ---- the list ---- */

/* Takes the oldest out that is not under way; false if all are. */
static bool drop_one(struct event_queue *queue)
{
    struct delivery **place = &queue->oldest;
    struct delivery *before = NULL;
    struct delivery *delivery;

    while (*place && (*place)->state == DELIVERY_SENDING) {
        before = *place;
        place = &before->next;
    }
    delivery = *place;
    if (!delivery)
        return false;
    *place = delivery->next;
    if (queue->newest == delivery)
        queue->newest = before;
    queue->pending -= delivery_is_pending(delivery);
    queue->count--;
    queue->dropped++;
    delivery_free(delivery);
    return true;
}

void event_queue_put_back(struct event_queue *queue, struct delivery *delivery)
{
    while (queue->count >= queue->most && drop_one(queue))
        ;
    queue->changes++;
    if (queue->newest)
        queue->newest->next = delivery;
    else
        queue->oldest = delivery;
    queue->newest = delivery;
    queue->count++;
    queue->pending += delivery_is_pending(delivery);
}

static void append(struct event_queue *queue, struct delivery *delivery)
{
    delivery->id = ++queue->last_id;
    event_queue_put_back(queue, delivery);
}

static struct delivery *create(const struct event *event)
{
    const struct event_target *target = &event->app->events;
    struct delivery *delivery = xcalloc(1, sizeof *delivery);

    delivery->event = event->type;
    delivery->app = xstrdup(event->app->id);
    delivery->team = xstrdup(event->team->id);
    delivery->url = xstrdup(target->url);
    delivery->signing_secret = xstrdup(target->signing_secret);
    delivery->retries = target->retries;
    delivery->rule = event->rule ? xstrdup(event->rule) : NULL;
    delivery->state = event->is_dropped ? DELIVERY_DROPPED : DELIVERY_WAITING;
    delivery->due = event->due;
    delivery->body = event->body;
    return delivery;
}

/* ---- verification ---- */

const struct used_url *event_queue_next_url(const struct used_url *used)
{
    return used->next;
}

const char *event_queue_url(const struct used_url *used)
{
    return used->url;
}

void event_queue_note_url(struct event_queue *queue, const char *url)
{
    struct used_url *used = xcalloc(1, sizeof *used + strlen(url) + 1);
    struct used_url **end = &queue->urls;

    memcpy(used->url, url, strlen(url));
    while (*end)
        end = &(*end)->next;
    *end = used;
}

/* Notes a URL; false if it was noted before. */
static bool is_first_use(struct event_queue *queue, const char *url)
{
    const struct used_url *used = queue->urls;

    for (; used; used = used->next)
        if (strcmp(used->url, url) == 0)
            return false;
    event_queue_note_url(queue, url);
    return true;
}

static void add_verification(struct event_queue *queue,
                             const struct event *behind, int64_t now)
{
    struct event event = {.type = EVENT_URL_VERIFICATION,
                          .app = behind->app,
                          .team = behind->team,
                          .due = now};
    char challenge[CHALLENGE_SIZE] = "";
    struct delivery *delivery;

    random_text(&queue->random, ALPHABET, challenge, CHALLENGE_SIZE - 1);
    event_body_url_verification(challenge, &event.body);
    delivery = create(&event);
    delivery->retries = false;
    delivery->expects = xstrdup(challenge);
    append(queue, delivery);
}

void event_queue_add(struct event_queue *queue, struct event *event,
                     int64_t now)
{
    if (!event->is_dropped && is_first_use(queue, event->app->events.url))
        add_verification(queue, event, now);
    append(queue, create(event));
}

/* ---- sending ---- */

/* True if the verification of its URL is not settled yet. */
static bool must_wait(const struct event_queue *queue,
                      const struct delivery *delivery)
{
    const struct delivery *before = queue->oldest;

    for (; before != delivery; before = before->next)
        if (before->expects && delivery_is_pending(before) &&
            strcmp(before->url, delivery->url) == 0)
            return true;
    return false;
}

/* The one that is due first; of equals the one that was added first. */
static struct delivery *find_next(const struct event_queue *queue)
{
    struct delivery *delivery = queue->oldest;
    struct delivery *next = NULL;

    for (; queue->pending && delivery; delivery = delivery->next)
        if (delivery->state == DELIVERY_WAITING &&
            (!next || delivery->due < next->due) && !must_wait(queue, delivery))
            next = delivery;
    return next;
}

int64_t event_queue_next_due(const struct event_queue *queue)
{
    const struct delivery *next = find_next(queue);

    return next ? next->due : EVENT_NEVER;
}

bool event_queue_take(struct event_queue *queue, uint64_t ticket, int64_t now,
                      int64_t host_time, struct sending *sending)
{
    struct delivery *next = find_next(queue);

    if (!next || next->due > now)
        return false;
    next->ticket = ticket;
    queue->changes++;
    delivery_begin(next, now, host_time, sending);
    return true;
}

size_t event_queue_tickets(const struct event_queue *queue, uint64_t *tickets,
                           size_t most)
{
    const struct delivery *delivery = queue->oldest;
    size_t count = 0;

    for (; delivery && count < most; delivery = delivery->next)
        if (delivery->state == DELIVERY_SENDING)
            tickets[count++] = delivery->ticket;
    return count;
}

bool event_queue_settle(struct event_queue *queue,
                        const struct delivery_outcome *outcome, int64_t now)
{
    struct delivery *delivery = queue->oldest;

    while (delivery && (delivery->state != DELIVERY_SENDING ||
                        delivery->ticket != outcome->ticket))
        delivery = delivery->next;
    if (!delivery)
        return false;
    delivery_end(delivery, outcome, now);
    queue->changes++;
    queue->pending -= !delivery_is_pending(delivery);
    return true;
}

void event_queue_give_up(struct event_queue *queue, int64_t now)
{
    const struct delivery_outcome outcome = {
        .problem = PROBLEM_CONNECTION,
        .note = "the world was saved while this was sent",
    };
    struct delivery *delivery = queue->oldest;

    for (; delivery; delivery = delivery->next) {
        if (delivery->state != DELIVERY_SENDING)
            continue;
        delivery_end(delivery, &outcome, now);
        queue->pending -= !delivery_is_pending(delivery);
    }
}

void event_queue_clear(struct event_queue *queue)
{
    const struct event_queue kept = {.most = queue->most,
                                     .changes = queue->changes + 1};

    while (queue->oldest) {
        struct delivery *next = queue->oldest->next;

        delivery_free(queue->oldest);
        queue->oldest = next;
    }
    while (queue->urls) {
        struct used_url *next = queue->urls->next;

        free(queue->urls);
        queue->urls = next;
    }
    *queue = kept;
}
