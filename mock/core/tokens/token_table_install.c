/*
 * Installations of an app: the first one of a bot or a person, and those that
 * come on top of it. Scopes add up until an ending (Slack's guide, "Installing
 * with OAuth").
 */
#include <stdlib.h>
#include <string.h>

#include "tokens/scope.h"
#include "tokens/token_table_parts.h"

struct authorization *token_table_begin(struct token_table *table,
                                        const struct grant *grant)
{
    bool is_known = token_table_find_authorization(table, grant) != NULL;
    struct authorization *authorization = token_table_authorize(table, grant);

    if (authorization->ending ||
        (!is_known && installations_last_end(&table->installations, grant->app,
                                             grant->team))) {
        token_table_empty(table, authorization);
        authorization_describe(authorization, grant);
        authorization_set_scope(authorization, grant->scope);
        authorization->ending = ENDING_NONE;
        authorization->is_replaced = true;
    }
    return authorization;
}

static bool is_entry_of(const struct token_entry *entry,
                        const struct grant *grant, struct buffer *text)
{
    return entry->app == grant->app && entry->team == grant->team &&
           entry->type == (int)grant->type &&
           token_entry_spell(entry, grant->user, text);
}

/*
 * Gives the directory's living tokens of that holder their records, so that the
 * authorization has their scopes and is found with them. Looks at every entry:
 * installations are few.
 */
static void record_held(struct token_table *table, const struct grant *grant,
                        int64_t now)
{
    const struct directory *directory = table->directory;
    struct buffer text = BUFFER_INIT;
    struct token_facts facts;
    size_t number;

    for (number = 0; number < directory->token_count; number++)
        if (is_entry_of(directory->tokens[number], grant, &text) &&
            token_table_find(table, buffer_text(&text), text.length, now,
                             &facts) &&
            !facts.token && !facts.ending)
            (void)token_table_record(table, &facts);
    buffer_free(&text);
}

/* Those of a chain die that began before this installation. */
static void revoke_refresh_tokens(struct authorization *authorization)
{
    struct token *token = authorization->newest[TOKEN_REFRESH];

    for (; token; token = token->older)
        token->state = TOKEN_REVOKED;
}

const char *token_table_reinstall(struct token_table *table,
                                  const struct grant *grant, int64_t now)
{
    struct authorization *authorization;
    const struct token *token;

    record_held(table, grant, now);
    authorization = token_table_find_authorization(table, grant);
    if (!authorization || authorization->ending)
        return NULL;
    token = authorization->newest[TOKEN_LEGACY];
    while (token && token->state != TOKEN_ACTIVE)
        token = token->older;
    if (!token)
        return NULL;
    authorization_add_scope(authorization, grant->scope);
    revoke_refresh_tokens(authorization);
    return token->text;
}

bool token_table_has_granted(struct token_table *table,
                             const struct grant *grant, int64_t now)
{
    const struct authorization *authorization;
    char *together;
    bool is_same;

    record_held(table, grant, now);
    authorization = token_table_find_authorization(table, grant);
    if (!authorization || authorization->ending)
        return false;
    together = scope_union(authorization->scope, grant->scope);
    is_same = !together || strcmp(together, authorization->scope) == 0;
    free(together);
    return is_same;
}

void token_table_install(struct token_table *table, const struct grant *grant,
                         const struct token_pair *pair, int64_t now)
{
    struct authorization *authorization;

    record_held(table, grant, now);
    authorization = token_table_begin(table, grant);
    authorization_add_scope(authorization, grant->scope);
    revoke_refresh_tokens(authorization);
    if (pair->refresh)
        token_table_issue_pair(table, authorization, pair, now);
    else
        token_table_issue(table, authorization, TOKEN_LEGACY, pair->access,
                          strlen(pair->access));
}
