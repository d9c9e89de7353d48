/*
 * An entrance for a unit test, with the default world behind it.
 */
#ifndef SLACKMOCK_TESTS_DOOR_H
#define SLACKMOCK_TESTS_DOOR_H

#include "control/control_access.h"
#include "entrance/entrance.h"
#include "world.h"

struct door {
    struct entrance *entrance;
    struct control_access access; /* anybody on loopback, to begin with */
    struct reply reply;
    int64_t now;        /* the host's time of what is asked */
    struct world world; /* for the scenarios that it loads */
};

/*
 * cmocka setup and teardown: the state is a struct door. It has room for one
 * sandbox, and for so many entries in a journal:
 */
#define DOOR_JOURNAL 200

int door_setup(void **state);
int door_teardown(void **state);

struct input door_input(const struct door *door, enum input_kind kind,
                        enum verb verb, const char *target);

/* Has it answered; the body of the reply, lent until the next one. */
const char *door_take(struct door *door, const struct input *input);

/* The same for a request without headers and body. */
const char *door_ask(struct door *door, enum verb verb, const char *target);

#endif
