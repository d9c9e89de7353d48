/*
 * Two hash tables over the directory: tokens by their spelling, and the
 * authorizations that they belong to. A legacy token has no record here until
 * something happens to it, so a million untouched ones cost nothing.
 */
#include "token_table.h"

#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

/* One app, one team, and one bot or one person. */
struct authorization {
    char *key;
    const struct app *app;
    const struct team *team;
    enum token_type type;
    char *user;
    char *scope;
};

struct token {
    char *text;
    enum token_kind kind;
    enum token_state state;
    struct authorization *authorization;
};

void token_table_init(struct token_table *table,
                      const struct directory *directory)
{
    *table = (struct token_table){.directory = directory};
}

static enum token_state state_in_directory(const struct token_entry *entry)
{
    static const enum token_state states[] = {
        [LEGACY_ACTIVE] = TOKEN_ACTIVE,
        [LEGACY_EXCHANGED] = TOKEN_EXCHANGED,
        [LEGACY_REVOKED] = TOKEN_REVOKED,
    };

    return states[entry->state];
}

static bool find_untouched(const struct token_table *table, const char *token,
                           size_t length, struct token_facts *facts)
{
    const struct token_entry *entry;

    if (!directory_find_token(table->directory, token, length, &facts->legacy))
        return false;
    entry = facts->legacy.entry;
    facts->kind = TOKEN_LEGACY;
    facts->state = state_in_directory(entry);
    facts->type = (enum token_type)entry->type;
    facts->app = entry->app;
    facts->team = entry->team;
    facts->user = legacy_token_user(&facts->legacy);
    facts->scope = entry->scope;
    facts->authorization_alive = facts->state != TOKEN_REVOKED;
    return true;
}

bool token_table_find(const struct token_table *table, const char *text,
                      size_t length, struct token_facts *facts)
{
    const struct token *token = hash_table_find(&table->tokens, text, length);
    const struct authorization *authorization;

    facts->text = text;
    facts->length = length;
    if (!token)
        return find_untouched(table, text, length, facts);
    authorization = token->authorization;
    facts->kind = token->kind;
    facts->state = token->state;
    facts->type = authorization->type;
    facts->app = authorization->app;
    facts->team = authorization->team;
    facts->user = authorization->user;
    facts->scope = authorization->scope;
    facts->authorization_alive = true;
    return true;
}

/* The authorization that these facts speak of, made if there is none yet. */
static struct authorization *authorize(struct token_table *table,
                                       const struct token_facts *facts)
{
    char *key = xasprintf("%s %s %d %s", facts->app->id, facts->team->id,
                          facts->type, facts->user);
    struct authorization *authorization =
        hash_table_find(&table->authorizations, key, strlen(key));

    if (authorization) {
        free(key);
        return authorization;
    }
    authorization = xmalloc(sizeof *authorization);
    *authorization = (struct authorization){
        .key = key,
        .app = facts->app,
        .team = facts->team,
        .type = facts->type,
        .user = xstrdup(facts->user),
        .scope = xstrdup(facts->scope),
    };
    hash_table_put(&table->authorizations, key, strlen(key), authorization);
    return authorization;
}

static void add_token(struct token_table *table, char *text,
                      enum token_kind kind, enum token_state state,
                      struct authorization *authorization)
{
    struct token *token = xmalloc(sizeof *token);

    *token = (struct token){text, kind, state, authorization};
    hash_table_put(&table->tokens, text, strlen(text), token);
}

void token_table_exchange(struct token_table *table,
                          const struct token_facts *facts,
                          const char *access_token, const char *refresh_token)
{
    struct authorization *authorization = authorize(table, facts);

    add_token(table, xmemdup0(facts->text, facts->length), TOKEN_LEGACY,
              TOKEN_EXCHANGED, authorization);
    add_token(table, xstrdup(access_token), TOKEN_ACCESS, TOKEN_ACTIVE,
              authorization);
    add_token(table, xstrdup(refresh_token), TOKEN_REFRESH, TOKEN_ACTIVE,
              authorization);
}

void token_table_free(struct token_table *table)
{
    struct authorization *authorization;
    struct token *token;
    size_t place = 0;

    while ((token = hash_table_next(&table->tokens, &place))) {
        free(token->text);
        free(token);
    }
    place = 0;
    while ((authorization = hash_table_next(&table->authorizations, &place))) {
        free(authorization->key);
        free(authorization->user);
        free(authorization->scope);
        free(authorization);
    }
    hash_table_free(&table->tokens);
    hash_table_free(&table->authorizations);
}
