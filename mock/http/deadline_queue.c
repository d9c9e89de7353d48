/*
 * Keeps deadlines in the order of their starts. Time is counted in ticks of the
 * queue's own timer, so that no start or stop reads a clock. The timer runs
 * while there is something to wait for, and stops by itself at the first tick
 * that finds the list empty.
 */
#include "deadline_queue.h"

#include <event2/event.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/xalloc.h"

#define TICKS 50 /* in a duration */

TAILQ_HEAD(deadline_list, deadline);

struct deadline_queue {
    struct deadline_list list; /* by start, the earliest first */
    deadline_expired *expired;
    struct event *timer;
    bool ticking;
    struct timeval tick;
    uint64_t now;      /* in ticks */
    uint64_t duration; /* in ticks */
};

/*
 * The tick after a start may come at once, so a deadline is over only when more
 * than its duration has been counted.
 */
static bool is_over(const struct deadline_queue *queue,
                    const struct deadline *deadline)
{
    return queue->now - deadline->start > queue->duration;
}

static void on_tick(evutil_socket_t fd, short what, void *argument)
{
    struct deadline_queue *queue = argument;
    struct deadline *first;

    (void)fd;
    (void)what;
    queue->now++;
    while ((first = TAILQ_FIRST(&queue->list)) && is_over(queue, first)) {
        deadline_stop(first);
        queue->expired(first->owner);
    }
    if (!first) {
        (void)event_del(queue->timer);
        queue->ticking = false;
    }
}

struct deadline_queue *deadline_queue_create(struct event_base *base,
                                             int64_t milliseconds,
                                             deadline_expired *expired)
{
    struct deadline_queue *queue = xcalloc(1, sizeof *queue);
    int64_t tick = milliseconds / TICKS;

    if (tick < 1)
        tick = 1;
    queue->tick.tv_sec = tick / 1000;
    queue->tick.tv_usec = tick % 1000 * 1000;
    queue->duration = (uint64_t)((milliseconds + tick - 1) / tick);
    queue->expired = expired;
    TAILQ_INIT(&queue->list);
    queue->timer = event_new(base, -1, EV_PERSIST, on_tick, queue);
    return queue;
}

void deadline_queue_free(struct deadline_queue *queue)
{
    struct deadline *first;

    if (!queue)
        return;
    while ((first = TAILQ_FIRST(&queue->list)))
        deadline_stop(first);
    event_free(queue->timer);
    free(queue);
}

void deadline_start(struct deadline_queue *queue, struct deadline *deadline,
                    void *owner)
{
    deadline->queue = queue;
    deadline->start = queue->now;
    deadline->owner = owner;
    TAILQ_INSERT_TAIL(&queue->list, deadline, link);
    if (!queue->ticking)
        queue->ticking = event_add(queue->timer, &queue->tick) == 0;
}

void deadline_stop(struct deadline *deadline)
{
    if (!deadline->queue)
        return;
    TAILQ_REMOVE(&deadline->queue->list, deadline, link);
    deadline->queue = NULL;
}
