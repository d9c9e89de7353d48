/*
 * What a worker of the soak test knows of its own sandbox, and from that what
 * each call must answer. The rules are those of Slack's guide to rotation:
 *
 * - a legacy token is exchanged once; its first refresh ends it,
 * - a chain has at most two active access tokens, the newest,
 * - a refresh token serves again for its grace, and what it gave before dies,
 * - a revoked access token dies alone, a legacy one takes its chain along.
 *
 * An answer is an error's name, or NULL for success.
 */
#ifndef CLIENT_TESTS_SOAK_MODEL_H
#define CLIENT_TESTS_SOAK_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define SOAK_CHAINS     12
#define SOAK_TOKEN_SIZE 192

/* Fewer than the 16 dead ones that the server remembers. */
#define SOAK_PAIRS_KEPT 6

enum soak_legacy { SOAK_FRESH, SOAK_EXCHANGED, SOAK_OVER, SOAK_REVOKED };

/* The texts are empty if the reply that told them was lost. */
struct soak_pair {
    char access[SOAK_TOKEN_SIZE];
    char refresh[SOAK_TOKEN_SIZE];
    int64_t expires_at;
    int64_t spent_at; /* of the refresh token; -1: not yet */
    int successor;    /* the number of the pair it gave last; -1: none */
    bool access_is_revoked;
    bool refresh_is_revoked;
};

struct soak_chain {
    char legacy[SOAK_TOKEN_SIZE];
    enum soak_legacy state;
    /* An exchange was sent, and nobody knows when or whether it arrives. */
    bool is_unsettled;
    int issued; /* pairs; the newest SOAK_PAIRS_KEPT of them are here */
    struct soak_pair pairs[SOAK_PAIRS_KEPT];
};

struct soak_model {
    int64_t now; /* milliseconds since the sandbox's clock began */
    struct soak_chain chains[SOAK_CHAINS];
    /* Requests that its journal must have got since the last reset. */
    long made;
    long unsettled; /* and those that it may have got besides */
};

/* A new world whose legacy tokens are spelt `PREFIX-1` and so on. */
void soak_model_begin(struct soak_model *model, const char *prefix);

/* The same world again, as a reset leaves it. */
void soak_model_reset(struct soak_model *model);

/* A pair by its number; NULL if it is none of those that are kept. */
struct soak_pair *soak_model_pair(struct soak_chain *chain, int number);

const char *soak_model_exchange_answer(const struct soak_chain *chain);
const char *soak_model_refresh_answer(const struct soak_model *model,
                                      struct soak_chain *chain, int number);
const char *soak_model_access_answer(const struct soak_model *model,
                                     struct soak_chain *chain, int number);
const char *soak_model_legacy_answer(const struct soak_chain *chain);

/* The name of its state in GET /_mock/state. */
const char *soak_model_legacy_state(const struct soak_chain *chain);

/* What calls that succeed do; texts "" if the reply was lost. */
void soak_model_exchanged(const struct soak_model *model,
                          struct soak_chain *chain, const char *access,
                          const char *refresh);
void soak_model_refreshed(const struct soak_model *model,
                          struct soak_chain *chain, int number,
                          const char *const texts[2]);

/* How many access tokens can be active at the most. */
int soak_model_active_most(const struct soak_model *model);

#endif
