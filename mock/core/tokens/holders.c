/*
 * Looks through the authorizations of an installation, and through the
 * directory for legacy tokens that have none yet.
 */
#include "tokens/holders.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/token_table.h"

static void add(struct holder_list *list, const char *user)
{
    size_t number;

    for (number = 0; number < list->count; number++)
        if (strcmp(list->users[number], user) == 0)
            return;
    list->users =
        xreallocarray(list->users, list->count + 1, sizeof *list->users);
    list->users[list->count++] = xstrdup(user);
}

static bool works(const struct authorization *authorization, int64_t now)
{
    const struct token *token;
    int kind;

    if (authorization->ending)
        return false;
    for (kind = 0; kind < TOKEN_KINDS; kind++)
        for (token = authorization->newest[kind]; token; token = token->older) {
            enum token_state state = token_state_at(token, now);

            if (state == TOKEN_ACTIVE || state == TOKEN_EXCHANGED)
                return true;
        }
    return false;
}

static bool is_of(const struct authorization *authorization,
                  const struct app *app, const struct team *team)
{
    return strcmp(authorization->app->id, app->id) == 0 &&
           strcmp(authorization->team->id, team->id) == 0;
}

/* A legacy token without a record; the others have an authorization. */
static void add_entry(struct holders *holders, const struct token_table *table,
                      const struct token_entry *entry, int64_t now)
{
    struct token_facts facts;

    if (entry->count) {
        holders->has_unnamed =
            holders->has_unnamed ||
            (entry->state != LEGACY_REVOKED &&
             installations_last_end(&table->installations, entry->app,
                                    entry->team) <= entry->ends_before);
        return;
    }
    if (token_table_find(table, entry->token, strlen(entry->token), now,
                         &facts) &&
        !facts.token && !facts.ending &&
        (facts.state == TOKEN_ACTIVE || facts.state == TOKEN_EXCHANGED))
        add(&holders->of_type[entry->type], facts.user);
}

void holders_find(struct holders *holders, const struct token_table *table,
                  const struct app *app, const struct team *team, int64_t now)
{
    const struct directory *directory = table->directory;
    const struct authorization *authorization = table->oldest;
    size_t number;

    for (number = 0; number < directory->token_count; number++) {
        const struct token_entry *entry = directory->tokens[number];

        if (entry->app == app && entry->team == team)
            add_entry(holders, table, entry, now);
    }
    for (; authorization; authorization = authorization->next) {
        if (!is_of(authorization, app, team))
            continue;
        if (works(authorization, now))
            add(&holders->of_type[authorization->type], authorization->user);
        if (authorization->type == TOKEN_BOT && authorization->ending &&
            !authorization->is_replaced)
            holders->lost_bot = true;
    }
}

bool holders_are_none(const struct holders *holders)
{
    return !holders->of_type[TOKEN_BOT].count &&
           !holders->of_type[TOKEN_USER].count && !holders->has_unnamed;
}

void holders_free(struct holders *holders)
{
    size_t type;
    size_t number;

    for (type = 0; type < TOKEN_TYPE_UNSET; type++) {
        for (number = 0; number < holders->of_type[type].count; number++)
            free(holders->of_type[type].users[number]);
        free(holders->of_type[type].users);
    }
}
