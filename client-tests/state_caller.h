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

#define STATE_FORM_SIZE 256

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
    size_t most;           /* of them in a run; 0: GRANTS_MOST */
    long unanswered;       /* the last one whose reply did not come; or 0 */
    atomic_long *answered; /* by all callers; lent, as the next */
    char problem[512];     /* "": none */
    struct soak_client client;
};

/*
 * Posts a form to a method, with a Bearer token unless it is NULL, and awaits
 * the reply: client->body has it. False if none came.
 */
bool state_ask(struct soak_client *client, const char *method,
               const char *bearer, const char *form);

/* The form that exchanges the legacy token of that number. */
void state_form(long token, char form[STATE_FORM_SIZE]);

/* Exchanges until it has so many, the server is gone, or something is wrong. */
/* What the callers were answered holds: nobody gave a token twice, and what it
 * gave is alive. The token of a call without an answer is exchanged, or is now.
 */
void state_caller_check(struct state_caller *caller, int port);

void state_caller_run(struct state_caller *caller, int port);

#endif
