/*
 * Deadlines of one kind: all have the same duration, so they expire in the
 * order in which they start, and a list with one timer serves any number of
 * them. Starting or stopping one costs a few instructions and no system call.
 *
 * A deadline expires when its duration is over, or a little later: by a
 * fiftieth of the duration, or by a millisecond if that is more.
 */
#ifndef SLACKMOCK_DEADLINE_QUEUE_H
#define SLACKMOCK_DEADLINE_QUEUE_H

#include <stdint.h>
#include <sys/queue.h>

struct deadline_queue;
struct event_base;

/* Owned by the caller; zeroed, it is stopped. */
struct deadline {
    TAILQ_ENTRY(deadline) link;
    struct deadline_queue *queue; /* NULL while it is stopped */
    uint64_t start;
    void *owner;
};

typedef void deadline_expired(void *owner);

struct deadline_queue *deadline_queue_create(struct event_base *base,
                                             int64_t milliseconds,
                                             deadline_expired *expired);

/* Stops the deadlines that still run. */
void deadline_queue_free(struct deadline_queue *queue);

/* Starts a stopped deadline; `expired` gets the owner once, then it stops. */
void deadline_start(struct deadline_queue *queue, struct deadline *deadline,
                    void *owner);

/* Does nothing to a stopped one. */
void deadline_stop(struct deadline *deadline);

#endif
