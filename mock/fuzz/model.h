/*
 * What a user could know of a mock's tokens from its replies alone, and the
 * rules of Slack's guide that must hold whatever is called:
 *
 * - a legacy token is exchanged once,
 * - a chain has at most two active access tokens,
 * - what is dead stays dead, and an access token dies when its time is over,
 * - the first refresh ends the exchanged legacy token,
 * - a revocation ends the token, a legacy one's its chain, an uninstallation
 *   all of that app and team,
 * - a refresh token spent for longer than its grace is of no use,
 * - a call that is refused changes nothing.
 */
#ifndef SLACKMOCK_FUZZ_MODEL_H
#define SLACKMOCK_FUZZ_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message/reply.h"

#define MODEL_TOKENS_MAX 128
#define MODEL_CHAIN_SIZE 96

struct mock;
struct request;

enum model_kind { MODEL_LEGACY, MODEL_ACCESS, MODEL_REFRESH };

struct model_token {
    char *text;
    enum model_kind kind;
    char chain[MODEL_CHAIN_SIZE];
    int64_t expires_at; /* of an access token */
    int64_t spent_at;   /* of a refresh token; -1: not that we know */
    bool is_exchanged;
    bool is_over; /* something ended it */
    bool is_alive;
};

struct model {
    struct mock *mock;
    int64_t now;
    struct model_token tokens[MODEL_TOKENS_MAX];
    size_t count;
    struct reply reply;
    struct reply probe_reply;
};

/* A token that the scenario gives; the list ends with one without text. */
struct model_seed {
    const char *text;
    const char *chain;  /* `APP TEAM TYPE USER` */
    int64_t expires_in; /* milliseconds, of an access token */
};

void model_init(struct model *model, struct mock *mock,
                const struct model_seed *seeds);

/* Lets time pass. */
void model_advance(struct model *model, int64_t milliseconds);

/*
 * Makes a call, and fails if its reply, or what it did, is against a rule.
 * `refresh` is the refresh token that the request offers; NULL if unknown.
 */
void model_call(struct model *model, const struct request *request,
                struct model_token *refresh);

/* False once it can take no more tokens. */
bool model_has_room(const struct model *model);

void model_free(struct model *model);

#endif
