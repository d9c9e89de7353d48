/*
 * Chains: one list a kind of token, newest first. A token more has the dead
 * swept out that are not to be remembered; from a long chain, of a client that
 * refreshes in a loop within the grace, only when it has doubled, so that a
 * refresh costs the same however many went before it.
 */
#include "tokens/authorization.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/scope.h"

#define ACTIVE_ACCESS_MOST 2
#define LONG_CHAIN         64

static void replace_text(char **place, const char *text)
{
    if (!text)
        return;
    free(*place);
    *place = xstrdup(text);
}

void authorization_describe(struct authorization *authorization,
                            const struct grant *grant)
{
    replace_text(&authorization->user_name, grant->user_name);
    replace_text(&authorization->bot_id, grant->bot_id);
}

void authorization_set_scope(struct authorization *authorization,
                             const char *scope)
{
    free(authorization->scope);
    authorization->scope = scope ? xstrdup(scope) : NULL;
}

void authorization_add_scope(struct authorization *authorization,
                             const char *scope)
{
    char *sum = scope_union(authorization->scope, scope);

    free(authorization->scope);
    authorization->scope = sum;
}

struct authorization *authorization_create(const struct grant *grant,
                                           const struct table_key *key)
{
    struct authorization *authorization =
        xcalloc(1, sizeof *authorization + key->length + 1);

    authorization->key_length = key->length;
    memcpy(authorization->key, key->bytes, key->length);
    authorization->user =
        authorization->key + key->length - strlen(grant->user);
    authorization->app = grant->app;
    authorization->team = grant->team;
    authorization->type = grant->type;
    authorization_describe(authorization, grant);
    authorization_set_scope(authorization, grant->scope);
    return authorization;
}

void authorization_free(struct authorization *authorization)
{
    free(authorization->scope);
    free(authorization->user_name);
    free(authorization->bot_id);
    free(authorization);
}

struct token *authorization_add(struct authorization *authorization,
                                enum token_kind kind, const char *text,
                                size_t length)
{
    struct token *token = xcalloc(1, sizeof *token + length + 1);

    memcpy(token->text, text, length);
    token->kind = kind;
    token->authorization = authorization;
    token->refreshes_before = authorization->refreshes;
    token->expires_at = NEVER;
    token->older = authorization->newest[kind];
    authorization->newest[kind] = token;
    authorization->count[kind]++;
    return token;
}

enum token_state token_state_of(const struct token_entry *entry)
{
    static const enum token_state states[] = {
        [LEGACY_ACTIVE] = TOKEN_ACTIVE,
        [LEGACY_EXCHANGED] = TOKEN_EXCHANGED,
        [LEGACY_REVOKED] = TOKEN_REVOKED,
    };

    return states[entry->state];
}

void token_set_state(struct token *token, enum token_state state)
{
    token->state = state;
    token->refreshes_before = token->authorization->refreshes;
}

/* An exchanged legacy token works until the next refresh. */
static bool is_outlived(const struct token *token)
{
    return token->kind == TOKEN_LEGACY && token->state == TOKEN_EXCHANGED &&
           token->refreshes_before < token->authorization->refreshes;
}

enum token_state token_state_at(const struct token *token, int64_t now)
{
    if (is_outlived(token))
        return TOKEN_EXPIRED;
    if (token->state == TOKEN_ACTIVE && now >= token->expires_at)
        return TOKEN_EXPIRED;
    return token->state;
}

bool token_in_grace(const struct token *token, int64_t now, int64_t grace)
{
    return token->state == TOKEN_SPENT && now - token->spent_at < grace;
}

void authorization_revoke_surplus(struct authorization *authorization,
                                  int64_t now)
{
    struct token *token = authorization->newest[TOKEN_ACCESS];
    int active = 0;

    for (; token; token = token->older)
        if (token_state_at(token, now) == TOKEN_ACTIVE &&
            ++active > ACTIVE_ACCESS_MOST)
            token->state = TOKEN_REVOKED;
}

static bool is_dead(const struct token *token, int64_t now, int64_t grace)
{
    enum token_state state = token_state_at(token, now);

    return state == TOKEN_EXPIRED || state == TOKEN_REVOKED ||
           (state == TOKEN_SPENT && !token_in_grace(token, now, grace));
}

bool token_is_remembered(const struct token *token, int64_t now, int64_t grace)
{
    const struct token *newer = token->authorization->newest[token->kind];
    int dead = 0;

    if (token->kind == TOKEN_LEGACY || !is_dead(token, now, grace))
        return true;
    for (; newer != token && dead < DEAD_TOKENS_KEPT; newer = newer->older)
        dead += is_dead(newer, now, grace);
    return dead < DEAD_TOKENS_KEPT;
}

/* Takes dead ones out; they are chained by `older` then. */
static struct token *take_dead(struct authorization *authorization,
                               enum token_kind kind, int64_t now, int64_t grace)
{
    struct token **place = &authorization->newest[kind];
    struct token *taken = NULL;
    int dead = 0;

    while (*place) {
        struct token *token = *place;

        if (!is_dead(token, now, grace) || ++dead <= DEAD_TOKENS_KEPT) {
            place = &token->older;
            continue;
        }
        *place = token->older;
        token->older = taken;
        token->is_forgotten = true;
        taken = token;
        authorization->count[kind]--;
    }
    return taken;
}

/* No refresh token may point to one that is about to be freed. */
static void drop_successors(struct authorization *authorization)
{
    struct token *token = authorization->newest[TOKEN_REFRESH];

    for (; token; token = token->older)
        if (token->successor && token->successor->is_forgotten)
            token->successor = NULL;
}

struct token *authorization_forget(struct authorization *authorization,
                                   enum token_kind kind, int64_t now,
                                   int64_t grace)
{
    struct token *taken;

    if (authorization->count[kind] < authorization->sweep_at[kind])
        return NULL;
    taken = take_dead(authorization, kind, now, grace);
    if (taken && kind == TOKEN_REFRESH)
        drop_successors(authorization);
    authorization->sweep_at[kind] = authorization->count[kind] > LONG_CHAIN
                                        ? 2 * authorization->count[kind]
                                        : 0;
    return taken;
}
