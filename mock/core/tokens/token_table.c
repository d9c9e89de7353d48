/*
 * Two hash tables over the directory: tokens by their spelling, and the
 * authorizations that they belong to. A legacy token has no record here until
 * something happens to it, so a million untouched ones cost nothing.
 */
#include "tokens/token_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/token_table_parts.h"

/* ---- looking up ---- */

struct authorization *
token_table_find_authorization(const struct token_table *table,
                               const struct grant *grant)
{
    struct authorization *authorization;
    struct table_key key;

    table_key_of_grant(&key, grant);
    authorization =
        hash_table_find(&table->authorizations, key.bytes, key.length);
    table_key_free(&key);
    return authorization;
}

static struct grant grant_of(const struct token_facts *facts)
{
    return (struct grant){
        .app = facts->app,
        .team = facts->team,
        .type = facts->type,
        .user = facts->user,
        .scope = facts->scope,
        .user_name = facts->user_name,
        .bot_id = facts->bot_id,
    };
}

static bool was_uninstalled(const struct token_table *table,
                            const struct token_entry *entry)
{
    return installations_last_end(&table->installations, entry->app,
                                  entry->team) > entry->ends_before;
}

static void describe_entry(struct token_facts *facts)
{
    const struct token_entry *entry = facts->legacy.entry;

    facts->kind = TOKEN_LEGACY;
    facts->expires_at = NEVER;
    facts->state = token_state_of(entry);
    facts->ending =
        entry->state == LEGACY_REVOKED ? ENDING_REVOKED : ENDING_NONE;
    facts->type = (enum token_type)entry->type;
    facts->app = entry->app;
    facts->team = entry->team;
    facts->user = legacy_token_user(&facts->legacy);
    facts->user_name = token_entry_user_name(entry);
    facts->bot_id = token_entry_bot_id(entry);
    facts->scope = entry->scope;
}

/* Finds a legacy token that has no record; its authorization may have ended. */
static bool find_untouched(const struct token_table *table,
                           struct token_facts *facts)
{
    const struct authorization *authorization;
    struct grant grant;

    if (!directory_find_token(table->directory, facts->text, facts->length,
                              &facts->legacy) ||
        facts->legacy.entry->refresh_token)
        return false;
    describe_entry(facts);
    if (!table->authorizations.count && !table->installations.ended)
        return true;
    grant = grant_of(facts);
    authorization = token_table_find_authorization(table, &grant);
    if (authorization && authorization->is_replaced)
        return false;
    if (authorization && authorization->ending)
        facts->ending = authorization->ending;
    else if (!authorization && was_uninstalled(table, facts->legacy.entry))
        facts->ending = ENDING_UNINSTALLED;
    return true;
}

static void describe_token(const struct token_table *table,
                           struct token_facts *facts, int64_t now)
{
    const struct token *token = facts->token;
    const struct authorization *authorization = token->authorization;

    facts->kind = token->kind;
    facts->expires_at = token->expires_at;
    facts->state = token_state_at(token, now);
    facts->in_grace = token_in_grace(token, now, table->refresh_grace);
    facts->ending = authorization->ending;
    facts->type = authorization->type;
    facts->app = authorization->app;
    facts->team = authorization->team;
    facts->user = authorization->user;
    facts->user_name = authorization->user_name;
    facts->bot_id = authorization->bot_id;
    facts->scope = authorization->scope;
}

bool token_table_find(const struct token_table *table, const char *text,
                      size_t length, int64_t now, struct token_facts *facts)
{
    *facts = (struct token_facts){.text = text, .length = length};
    facts->token = hash_table_find(&table->tokens, text, length);
    if (!facts->token)
        return find_untouched(table, facts);
    if (!token_is_remembered(facts->token, now, table->refresh_grace))
        return false;
    describe_token(table, facts, now);
    return true;
}

bool token_table_has(const struct token_table *table, const char *token)
{
    const size_t length = strlen(token);

    return hash_table_find(&table->tokens, token, length) ||
           hash_table_find(&table->directory->pairs_by_text, token, length);
}

/* ---- changing ---- */

static void add_authorization(struct token_table *table,
                              struct authorization *authorization)
{
    if (table->newest)
        table->newest->next = authorization;
    else
        table->oldest = authorization;
    table->newest = authorization;
    installations_join(&table->installations, authorization);
}

struct authorization *token_table_authorize(struct token_table *table,
                                            const struct grant *grant)
{
    struct authorization *authorization;
    struct hash_entry *place;
    struct table_key key;

    table_key_of_grant(&key, grant);
    place = hash_table_claim(&table->authorizations, key.bytes, key.length);
    authorization = place->value;
    if (!authorization) {
        authorization = authorization_create(grant, &key);
        place->key = authorization->key;
        place->value = authorization;
        add_authorization(table, authorization);
    }
    table_key_free(&key);
    return authorization;
}

struct token *token_table_issue(struct token_table *table,
                                struct authorization *authorization,
                                enum token_kind kind, const char *text,
                                size_t length)
{
    struct token *token = authorization_add(authorization, kind, text, length);

    hash_table_put(&table->tokens, token->text, length, token);
    return token;
}

/* Frees tokens that are linked by `older`. */
static void forget(struct token_table *table, struct token *token)
{
    while (token) {
        struct token *older = token->older;

        hash_table_remove(&table->tokens, token->text, strlen(token->text));
        free(token);
        token = older;
    }
}

struct token *token_table_issue_pair(struct token_table *table,
                                     struct authorization *authorization,
                                     const struct token_pair *pair, int64_t now)
{
    struct token *access = token_table_issue(
        table, authorization, TOKEN_ACCESS, pair->access, strlen(pair->access));
    struct token *refresh =
        token_table_issue(table, authorization, TOKEN_REFRESH, pair->refresh,
                          strlen(pair->refresh));
    enum token_kind kind;

    access->expires_at = pair->expires_at;
    if (authorization->app->pkce)
        refresh->expires_at = now + PUBLIC_REFRESH_LIFE;
    authorization_revoke_surplus(authorization, now);
    for (kind = TOKEN_ACCESS; kind <= TOKEN_REFRESH; kind++)
        forget(table, authorization_forget(authorization, kind, now,
                                           table->refresh_grace));
    return refresh;
}

struct token *token_table_record(struct token_table *table,
                                 const struct token_facts *facts)
{
    const struct grant grant = grant_of(facts);
    struct token *token = facts->token;

    if (token)
        return token;
    token = token_table_issue(table, token_table_authorize(table, &grant),
                              TOKEN_LEGACY, facts->text, facts->length);
    token->state = facts->state;
    return token;
}

void token_table_exchange(struct token_table *table,
                          const struct token_facts *facts,
                          const struct token_pair *pair, int64_t now)
{
    struct token *token = token_table_record(table, facts);

    token_set_state(token, TOKEN_EXCHANGED);
    token_table_issue_pair(table, token->authorization, pair, now);
}

void token_table_refresh(struct token_table *table,
                         const struct token_facts *facts,
                         const struct token_pair *pair, int64_t now)
{
    struct token *used = facts->token;
    struct authorization *authorization = used->authorization;
    struct token *successor;

    authorization->refreshes++;
    if (used->successor)
        used->successor->state = TOKEN_REVOKED;
    /* Before the used token dies: adding tokens may free dead ones. */
    successor = token_table_issue_pair(table, authorization, pair, now);
    if (used->state != TOKEN_SPENT) {
        used->state = TOKEN_SPENT;
        used->spent_at = now;
    }
    used->successor = successor;
}

void token_table_empty(struct token_table *table,
                       struct authorization *authorization)
{
    int kind;

    for (kind = 0; kind < TOKEN_KINDS; kind++) {
        forget(table, authorization->newest[kind]);
        authorization->newest[kind] = NULL;
        authorization->count[kind] = 0;
        authorization->sweep_at[kind] = 0;
    }
}

const struct given_pair *token_table_take_pair(struct token_table *table,
                                               enum token_type type)
{
    const struct directory *directory = table->directory;
    size_t number;

    while (table->first_left < directory->pair_count &&
           table->given[table->first_left])
        table->first_left++;
    for (number = table->first_left; number < directory->pair_count; number++) {
        const struct given_pair *pair = &directory->pairs[number];

        if (table->given[number] ||
            (pair->type != TOKEN_TYPE_UNSET && pair->type != (int)type))
            continue;
        table->given[number] = true;
        return pair;
    }
    return NULL;
}

const struct code_entry *token_table_find_code(const struct token_table *table,
                                               const char *code, size_t length,
                                               int64_t now)
{
    const struct code_entry *listed =
        directory_find_code(table->directory, code, length);

    return listed ? listed
                  : issued_codes_find(&table->codes, code, length, now);
}

bool token_table_code_is_taken(const struct token_table *table,
                               const struct code_entry *code)
{
    if (code->dies_at)
        return issued_codes_is_used(&table->codes, code);
    return hash_table_find(&table->redeemed, code->code, strlen(code->code));
}

bool token_table_take_code(struct token_table *table,
                           const struct code_entry *code)
{
    char *text;

    if (token_table_code_is_taken(table, code))
        return false;
    if (code->dies_at)
        return !issued_codes_use(&table->codes, code);
    text = xstrdup(code->code);
    hash_table_put(&table->redeemed, text, strlen(text), text);
    return true;
}

void token_table_revoke(struct token_table *table,
                        const struct token_facts *facts)
{
    struct token *token = token_table_record(table, facts);

    token->state = TOKEN_REVOKED;
    if (token->kind == TOKEN_LEGACY)
        token->authorization->ending = ENDING_REVOKED;
}

void token_table_uninstall(struct token_table *table, const struct app *app,
                           const struct team *team)
{
    installations_end(&table->installations, app, team);
}

static void free_codes(struct hash_table *codes)
{
    size_t place = 0;
    char *code;

    while ((code = hash_table_next(codes, &place)))
        free(code);
    hash_table_free(codes);
}

void token_table_free(struct token_table *table)
{
    struct authorization *authorization = table->oldest;

    hash_table_free(&table->tokens); /* spares taking each token out */
    while (authorization) {
        struct authorization *next = authorization->next;

        token_table_empty(table, authorization);
        authorization_free(authorization);
        authorization = next;
    }
    installations_free(&table->installations);
    free(table->given);
    free_codes(&table->redeemed);
    issued_codes_free(&table->codes);
    hash_table_free(&table->authorizations);
}
