/*
 * A mock whose events a test sends: it says when, and what comes back.
 */
#ifndef SLACKMOCK_TESTS_EVENT_LIFE_H
#define SLACKMOCK_TESTS_EVENT_LIFE_H

#include "events/delivery.h"
#include "life.h"
#include "mock/outbox.h"

#define URL "http://127.0.0.1:3000/slack/events"
#define EVENTS                                                                 \
    "\"events\":{\"url\":\"" URL "\",\"signing_secret\":"                      \
    "\"8f742231b10e8888abcd99yyyzzz85a5\"}"
#define APP "\"apps\":[{\"id\":\"A0APP\"," EVENTS "}]"
#define APP_WITHOUT_ROTATION                                                   \
    "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false," EVENTS "}]"

/* What is sent from now on until nothing is due any more, all answered. */
struct sent {
    char events[512]; /* `TYPE people/bots`, each after a blank */
    int count;
};

struct outbox *event_outbox(struct life *life);

/* Ends an attempt; a challenge is answered rightly. */
void event_settle(struct life *life, const struct sending *sending,
                  enum delivery_problem problem, int status);

/* Sends all that is due, each with success. Returns sent->events. */
const char *event_send_all(struct life *life, struct sent *sent);

/* In how many milliseconds the next is due; -1: never. */
int64_t event_next_wait(struct life *life);

/* apps.uninstall, which succeeds. */
void event_uninstall(struct life *life);

/* What GET /_mock/deliveries answers; lent until the next call. */
const char *event_deliveries(struct life *life);

#endif
