/*
 * What can be known of a world's tokens without looking into the server, and
 * what each call must answer by the rules of Slack's guide to rotation:
 *
 * - a legacy token is exchanged once; the first refresh of its chain ends it,
 * - a chain has at most two active access tokens, the newest,
 * - an access token dies when its time is over,
 * - a refresh token serves again for its grace, and what it gave before dies,
 * - a revoked token dies alone, but a legacy one takes its chain along.
 *
 * The soak test foretells each answer by it, and the fuzzers hold against it
 * what the core answers. A chain is the authorization that tokens belong to; an
 * answer is an error's name, or NULL for success.
 */
#ifndef CLIENT_TESTS_TOKEN_MODEL_H
#define CLIENT_TESTS_TOKEN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_TOKENS_MAX  160
#define MODEL_TEXT_SIZE   192
#define MODEL_CHAIN_SIZE  192
#define MODEL_LIFETIME    (INT64_C(12) * 3600 * 1000)
#define MODEL_ACTIVE_MOST 2

enum model_kind { MODEL_LEGACY, MODEL_ACCESS, MODEL_REFRESH };

struct model_token {
    char text[MODEL_TEXT_SIZE]; /* "" if the reply that told it was lost */
    char chain[MODEL_CHAIN_SIZE];
    enum model_kind kind;
    int number;         /* of its pair, in the order of issue */
    int64_t expires_at; /* of an access token */
    int64_t spent_at;   /* of a refresh token; -1: not yet, as far as known */
    int successor;      /* the number of the pair it gave last; -1: none */
    bool is_exchanged;
    bool is_over; /* a legacy token that a refresh ended */
    bool is_revoked;
};

/* A pair's refresh token follows its access token. */
struct token_model {
    int64_t now;    /* milliseconds */
    int pairs_kept; /* of each chain, the newest */
    int issued;     /* pairs, of all chains */
    struct model_token tokens[MODEL_TOKENS_MAX];
    size_t count;
};

/* What a reply gives. */
struct model_pair {
    const char *access;
    const char *refresh;
    int64_t expires_at;
};

/* Without tokens. */
void token_model_begin(struct token_model *model, int64_t now, int pairs_kept);

/* A token that the world began with, or that was issued without a pair. */
struct model_token *token_model_add(struct token_model *model,
                                    enum model_kind kind, const char *text,
                                    const char *chain);

/* NULL if nothing is known of it. */
struct model_token *token_model_find(struct token_model *model,
                                     const char *text);

/* The access token that the chain got as the last one but `age`, or NULL. */
struct model_token *token_model_access(struct token_model *model,
                                       const char *chain, int age);

const char *token_model_exchange_answer(const struct model_token *legacy);
const char *token_model_refresh_answer(const struct token_model *model,
                                       const struct model_token *refresh);
/* Of auth.test and auth.revoke, with a legacy or an access token. */
const char *token_model_test_answer(const struct token_model *model,
                                    const struct model_token *token);

/* The name of a legacy token's state in GET /_mock/state. */
const char *token_model_legacy_state(const struct model_token *legacy);

/* What calls that succeed do. The refresh token used is NULL if unknown. */
void token_model_issued(struct token_model *model, const char *chain,
                        const struct model_pair *pair);
void token_model_exchanged(struct token_model *model,
                           struct model_token *legacy,
                           const struct model_pair *pair);
void token_model_refreshed(struct token_model *model, const char *chain,
                           struct model_token *used,
                           const struct model_pair *pair);
void token_model_revoked(struct token_model *model, struct model_token *token);

#endif
