/*
 * Hands inputs to the ordered log, applies them when they are in order, and
 * tells who asked. All that changes the worlds goes through here.
 */
#ifndef SLACKMOCK_INTAKE_H
#define SLACKMOCK_INTAKE_H

#include <stdbool.h>

#include "log/ordered_log.h"

struct entrance;
struct event_base;
struct input;
struct intake;
struct intake_asker;
struct ordered_log;
struct reply;
struct request_log;

enum verdict {
    VERDICT_APPLIED,
    VERDICT_TRACELESS, /* applied, and nothing came of it */
    VERDICT_PUT_OFF    /* the log could not take it; the reply says so */
};

typedef void intake_told(struct intake_asker *asker, const struct input *input,
                         enum verdict verdict, struct reply *reply);

/*
 * Waits for an input to be applied: kept by who asks, as the first member of
 * what it needs then. Zero it but for `told`.
 */
struct intake_asker {
    struct log_asker place; /* first */
    intake_told *told;      /* once, unless it is forgotten before */
};

/* All are lent. */
struct intake *intake_create(struct event_base *base, struct entrance *entrance,
                             struct ordered_log *order,
                             struct request_log *messages);

/* Told in place of those that are gone, and of nobody. Lent. */
void intake_on_orphan(struct intake *intake, struct intake_asker *asker);

/* To be called behind each input: what is due may have changed. */
void intake_on_change(struct intake *intake, void (*changed)(void *context),
                      void *context);

/* To be called behind each input, before who asked is told. */
void intake_on_input(struct intake *intake, void (*taken)(void *context),
                     void *context);

/*
 * Takes an input; a scenario is taken over. The asker is told before this
 * returns, or later: then it must stay where it is. NULL: nobody asks.
 */
void intake_take(struct intake *intake, const struct input *input,
                 struct intake_asker *asker);

/* The asker will not be told. What it asked for happens all the same. */
void intake_forget(struct intake_asker *asker);

void intake_free(struct intake *intake);

#endif
