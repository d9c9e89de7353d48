/*
 * The events of all mocks of one server that wait to be sent or for their
 * outcome. Zero it; mocks come and go by themselves.
 */
#ifndef SLACKMOCK_OUTBOX_H
#define SLACKMOCK_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct delivery_outcome;
struct mock;
struct sending;

struct outbox {
    struct mock *first; /* those with something pending */
    uint64_t last_ticket;
    bool has_changed; /* what is due next may be another */
};

/* To be called when the mock's events or its clock have changed. */
void outbox_look(struct mock *mock);

void outbox_remove(struct mock *mock);

/* To be called for a new mock, of which something may be under way. */
void outbox_join(struct mock *mock);

/* Puts a mock that has something pending before all others. */
void outbox_put_first(struct mock *mock);

/* Those with something pending, in their order: NULL is before the first and
 * after the last. */
struct mock *outbox_next(const struct outbox *outbox, const struct mock *mock);

/*
 * The host's time at which the next event is to be sent, maybe past already;
 * EVENT_NEVER for none, or if a clock stands still before it.
 */
int64_t outbox_next_due(const struct outbox *outbox, int64_t host_time);

/* Begins to send one that is due. False: none is. */
bool outbox_take(struct outbox *outbox, int64_t host_time,
                 struct sending *sending);

/* Writes the tickets of what is being sent, `most` of them; how many. */
size_t outbox_tickets(const struct outbox *outbox, uint64_t *tickets,
                      size_t most);

/* An outcome of what a reset has forgotten is passed over. */
void outbox_settle(struct outbox *outbox,
                   const struct delivery_outcome *outcome, int64_t host_time);

#endif
