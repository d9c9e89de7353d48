/*
 * Clients of a server that is killed under load: each remembers what it was
 * answered, which must hold after the next start. Any number, a thread each.
 */
#ifndef CLIENT_TESTS_STATE_CALLER_H
#define CLIENT_TESTS_STATE_CALLER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "soak_client.h"

#define GRANTS_MOST  4096
#define STATE_PREFIX "xoxb-kill"

/* One exchange that succeeded. */
struct grant {
    long token; /* the legacy token's number */
    char access[192];
};

struct state_caller {
    long next; /* the number of the token that it exchanges next */
    long step; /* from one to the next */
    struct grant grants[GRANTS_MOST];
    size_t count;
    long unanswered;       /* the last one whose reply did not come; or 0 */
    atomic_long *answered; /* by all callers; lent, as the next */
    char problem[512];     /* "": none */
    struct soak_client client;
};

/* Exchanges until the server is gone, or something is wrong. */
void state_caller_run(struct state_caller *caller, int port);

#endif
