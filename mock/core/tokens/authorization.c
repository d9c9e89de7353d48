/*
 * Keeps the chains of an authorization: a list for each kind of token, newest
 * first. A token that is added pushes out dead ones that need not be remembered
 * any more. In a long chain, of a client that refreshes in a loop within the
 * grace, that is done only when it has doubled, so that a refresh costs the
 * same however many went before it.
 */
#include "tokens/authorization.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/scope.h"

#define ACTIVE_ACCESS_MOST 2
#define LONG_CHAIN         64

static size_t size_of(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* Copies a text to `*at`, which moves on. */
static const char *keep(char **at, const char *text, size_t size)
{
    char *copy = *at;

    if (!text)
        return NULL;
    memcpy(copy, text, size);
    *at += size;
    return copy;
}

/*
 * Three small blocks would be a third of what an authorization takes: the texts
 * stand in one, which is made anew when one of them changes.
 */
static void set_texts(struct authorization *authorization, const char *scope,
                      const char *user_name, const char *bot_id)
{
    const size_t scope_size = size_of(scope);
    const size_t user_name_size = size_of(user_name);
    const size_t bot_id_size = size_of(bot_id);
    char *texts = xmalloc(scope_size + user_name_size + bot_id_size);
    char *at = texts;

    authorization->scope = keep(&at, scope, scope_size);
    authorization->user_name = keep(&at, user_name, user_name_size);
    authorization->bot_id = keep(&at, bot_id, bot_id_size);
    free(authorization->texts);
    authorization->texts = texts;
}

void authorization_describe(struct authorization *authorization,
                            const struct grant *grant)
{
    set_texts(authorization, authorization->scope,
              grant->user_name ? grant->user_name : authorization->user_name,
              grant->bot_id ? grant->bot_id : authorization->bot_id);
}

void authorization_set_scope(struct authorization *authorization,
                             const char *scope)
{
    set_texts(authorization, scope, authorization->user_name,
              authorization->bot_id);
}

void authorization_add_scope(struct authorization *authorization,
                             const char *scope)
{
    char *sum = scope_union(authorization->scope, scope);

    authorization_set_scope(authorization, sum);
    free(sum);
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
    set_texts(authorization, grant->scope, grant->user_name, grant->bot_id);
    return authorization;
}

void authorization_free(struct authorization *authorization)
{
    free(authorization->texts);
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

/*
 * Takes the dead tokens out that are not remembered; they are linked by
 * `older`.
 */
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
