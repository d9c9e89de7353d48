/*
 * Watches a mock: learns from its replies what a user could know of its tokens,
 * and holds them, and what becomes of each token, against the model's rules
 * (token_model.h). Besides these must hold, whatever is called:
 *
 * - what is dead stays dead,
 * - an uninstallation ends all tokens of that app and team,
 * - a call that is refused changes nothing.
 */
#ifndef SLACKMOCK_FUZZ_OBSERVER_H
#define SLACKMOCK_FUZZ_OBSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../client-tests/token_model.h"
#include "message/reply.h"

struct mock;
struct request;

struct observer {
    struct mock *mock;
    struct token_model model;
    bool is_alive[MODEL_TOKENS_MAX]; /* each token, when last asked */
    struct reply reply;
    struct reply probe_reply;
};

/* A token that the scenario gives; the list ends with one without text. */
struct observer_seed {
    const char *text;
    const char *chain;  /* `APP TEAM TYPE USER` */
    int64_t expires_in; /* milliseconds, of an access token */
};

void observer_init(struct observer *observer, struct mock *mock,
                   const struct observer_seed *seeds);

/* Lets time pass. */
void observer_advance(struct observer *observer, int64_t milliseconds);

/*
 * Makes a call, and fails if its reply, or what it did, is against a rule.
 * `refresh` is the refresh token that the request offers; NULL if unknown.
 */
void observer_call(struct observer *observer, const struct request *request,
                   struct model_token *refresh);

/* False once it can take no more tokens. */
bool observer_has_room(const struct observer *observer);

void observer_free(struct observer *observer);

#endif
