/*
 * The events of one mock, in the order of their causes: those that wait, and
 * what became of the others. Times are the mock's.
 */
#ifndef SLACKMOCK_EVENT_QUEUE_H
#define SLACKMOCK_EVENT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "events/delivery.h"
#include "events/event_body.h"

#define EVENT_NEVER INT64_MAX

struct used_url;

/* Zero it, set `most`, and end with event_queue_clear(). */
struct event_queue {
    size_t most; /* deliveries kept */
    struct random random;
    struct delivery *oldest;
    struct delivery *newest;
    size_t count;
    size_t pending;
    long long dropped; /* to make room */
    int64_t last_id;
    uint64_t changes;
    struct used_url *urls; /* those that were verified, or were to be */
};

/* What is to be sent, and to whom. The body is taken over. */
struct event {
    const char *type; /* a constant */
    const struct app *app;
    const struct team *team;
    int64_t due;
    const char *rule; /* that has a say; NULL: none does */
    bool is_dropped;
    struct buffer body;
};

/* Spells the next event id. */
void event_queue_spell_id(struct event_queue *queue, char id[EVENT_ID_SIZE]);

/*
 * Adds an event of an app that has a URL for events. The first one to a URL
 * goes after a url_verification of it, whatever that gives: Slack has asked
 * long before, when the URL was saved (slackmock's choice).
 */
void event_queue_add(struct event_queue *queue, struct event *event,
                     int64_t now);

/* When the next one can be sent, EVENT_NEVER for none. */
int64_t event_queue_next_due(const struct event_queue *queue);

/* Begins the one that is due first, under that ticket. False: none is due. */
bool event_queue_take(struct event_queue *queue, uint64_t ticket, int64_t now,
                      int64_t host_time, struct sending *sending);

/* Writes the tickets of those that are being sent, `most` of them; how many. */
size_t event_queue_tickets(const struct event_queue *queue, uint64_t *tickets,
                           size_t most);

/* False if it is none of this queue's. */
bool event_queue_settle(struct event_queue *queue,
                        const struct delivery_outcome *outcome, int64_t now);

/* Whatever is being sent failed, since nobody is left to tell of it. */
void event_queue_give_up(struct event_queue *queue, int64_t now);

/*
 * For whoever saves a queue and fills an empty one again: a delivery with its
 * id, and the URLs that were verified.
 */
void event_queue_put_back(struct event_queue *queue, struct delivery *delivery);
void event_queue_note_url(struct event_queue *queue, const char *url);
const struct used_url *event_queue_next_url(const struct used_url *used);
const char *event_queue_url(const struct used_url *used);

/* Forgets all, as a reset does. `most` stays. */
void event_queue_clear(struct event_queue *queue);

#endif
