/* The rules of rotation, once more and without the server. */
#include "token_model.h"

#include <stdio.h>
#include <string.h>

#define GRACE 60000

void token_model_begin(struct token_model *model, int64_t now, int pairs_kept)
{
    model->now = now;
    model->pairs_kept = pairs_kept;
    model->issued = 0;
    model->count = 0;
}

/* ---- tokens ---- */

static void fill(struct model_token *token, enum model_kind kind,
                 const char *text, const char *chain)
{
    *token = (struct model_token){
        .kind = kind,
        .number = -1,
        .expires_at = INT64_MAX,
        .spent_at = -1,
        .successor = -1,
    };
    (void)snprintf(token->text, sizeof token->text, "%s", text);
    (void)snprintf(token->chain, sizeof token->chain, "%s", chain);
}

struct model_token *token_model_add(struct token_model *model,
                                    enum model_kind kind, const char *text,
                                    const char *chain)
{
    struct model_token *token = &model->tokens[model->count++];

    fill(token, kind, text, chain);
    return token;
}

struct model_token *token_model_find(struct token_model *model,
                                     const char *text)
{
    for (size_t i = 0; text && i < model->count; i++)
        if (strcmp(model->tokens[i].text, text) == 0)
            return &model->tokens[i];
    return NULL;
}

static bool is_access_of(const struct model_token *token, const char *chain)
{
    return token->kind == MODEL_ACCESS && strcmp(token->chain, chain) == 0;
}

struct model_token *token_model_access(struct token_model *model,
                                       const char *chain, int age)
{
    for (size_t i = 0; i < model->count; i++) {
        struct model_token *token = &model->tokens[i];
        int newer = 0;

        if (!is_access_of(token, chain))
            continue;
        for (size_t j = 0; j < model->count; j++)
            newer += is_access_of(&model->tokens[j], chain) &&
                     model->tokens[j].number > token->number;
        if (newer == age)
            return token;
    }
    return NULL;
}

/* ---- answers ---- */

const char *token_model_exchange_answer(const struct model_token *legacy)
{
    if (legacy->is_revoked)
        return "authorization_not_found";
    return legacy->is_exchanged ? "token_already_exchanged" : NULL;
}

const char *token_model_refresh_answer(const struct token_model *model,
                                       const struct model_token *refresh)
{
    if (refresh->is_revoked ||
        (refresh->spent_at >= 0 && model->now - refresh->spent_at >= GRACE))
        return "invalid_refresh_token";
    return NULL;
}

const char *token_model_test_answer(const struct token_model *model,
                                    const struct model_token *token)
{
    if (token->is_revoked)
        return "token_revoked";
    return token->is_over || model->now >= token->expires_at ? "token_expired"
                                                             : NULL;
}

const char *token_model_legacy_state(const struct model_token *legacy)
{
    if (legacy->is_revoked)
        return "revoked";
    if (legacy->is_over)
        return "expired";
    return legacy->is_exchanged ? "exchanged" : "active";
}

/* ---- effects ---- */

/* Of a chain's access tokens, all or the active ones; their number in `count`.
 */
static struct model_token *oldest_access(struct token_model *model,
                                         const char *chain, bool only_active,
                                         int *count)
{
    struct model_token *oldest = NULL;

    *count = 0;
    for (size_t i = 0; i < model->count; i++) {
        struct model_token *token = &model->tokens[i];

        if (!is_access_of(token, chain) ||
            (only_active && token_model_test_answer(model, token)))
            continue;
        ++*count;
        if (!oldest || token->number < oldest->number)
            oldest = token;
    }
    return oldest;
}

/* Where the next pair of a chain goes: its oldest makes room if need be. */
static struct model_token *place_for_pair(struct token_model *model,
                                          const char *chain)
{
    int kept;
    struct model_token *oldest = oldest_access(model, chain, false, &kept);

    if (kept >= model->pairs_kept)
        return oldest;
    model->count += 2;
    return &model->tokens[model->count - 2];
}

/* A pair comes at a time, so that one at the most is too many. */
static void revoke_surplus(struct token_model *model, const char *chain)
{
    int active;
    struct model_token *oldest = oldest_access(model, chain, true, &active);

    if (active > MODEL_ACTIVE_MOST)
        oldest->is_revoked = true;
}

void token_model_issued(struct token_model *model, const char *chain,
                        const struct model_pair *pair)
{
    struct model_token *access = place_for_pair(model, chain);
    char name[MODEL_CHAIN_SIZE]; /* `chain` may stand in that place */

    (void)snprintf(name, sizeof name, "%s", chain);
    fill(access, MODEL_ACCESS, pair->access, name);
    fill(access + 1, MODEL_REFRESH, pair->refresh, name);
    access->expires_at = pair->expires_at;
    access[0].number = access[1].number = model->issued++;
    revoke_surplus(model, name);
}

void token_model_exchanged(struct token_model *model,
                           struct model_token *legacy,
                           const struct model_pair *pair)
{
    legacy->is_exchanged = true;
    token_model_issued(model, legacy->chain, pair);
}

static void spend(struct token_model *model, struct model_token *refresh)
{
    if (refresh->spent_at < 0)
        refresh->spent_at = model->now;
    for (size_t i = 0; i < model->count && refresh->successor >= 0; i++)
        if (model->tokens[i].kind == MODEL_REFRESH &&
            model->tokens[i].number == refresh->successor)
            model->tokens[i].is_revoked = true;
    refresh->successor = model->issued;
}

void token_model_refreshed(struct token_model *model, const char *chain,
                           struct model_token *used,
                           const struct model_pair *pair)
{
    for (size_t i = 0; i < model->count; i++)
        if (model->tokens[i].is_exchanged &&
            strcmp(model->tokens[i].chain, chain) == 0)
            model->tokens[i].is_over = true;
    if (used)
        spend(model, used);
    token_model_issued(model, chain, pair);
}

void token_model_revoked(struct token_model *model, struct model_token *token)
{
    token->is_revoked = true;
    for (size_t i = 0; i < model->count && token->kind == MODEL_LEGACY; i++)
        if (strcmp(model->tokens[i].chain, token->chain) == 0)
            model->tokens[i].is_revoked = true;
}
