/*
 * Brings a directory's entries into the token table: tokens that are rotated
 * already are issued, and those that a PATCH names are changed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/token_changes.h"
#include "tokens/token_table_parts.h"

static struct grant grant_of_entry(const struct token_entry *entry)
{
    return (struct grant){
        .app = entry->app,
        .team = entry->team,
        .type = (enum token_type)entry->type,
        .user = token_entry_user(entry),
        .scope = entry->scope,
        .user_name = token_entry_user_name(entry),
        .bot_id = token_entry_bot_id(entry),
    };
}

/* Issues an entry's token, or the pair of a rotated one. */
static void issue_entry(struct token_table *table,
                        struct authorization *authorization,
                        const struct token_entry *entry, int64_t now)
{
    const struct token_pair pair = {
        .access = entry->token,
        .refresh = entry->refresh_token,
        .expires_at = now + entry->expires_in * 1000,
    };

    if (!pair.refresh) {
        token_table_issue(table, authorization, TOKEN_LEGACY, entry->token,
                          strlen(entry->token));
        return;
    }
    token_table_issue_pair(table, authorization, &pair, now);
    authorization->newest[TOKEN_ACCESS]->state = token_state_of(entry);
}

static void init_entry(struct token_table *table,
                       const struct token_entry *entry, int64_t now)
{
    struct grant grant;

    if (!entry->refresh_token)
        return;
    grant = grant_of_entry(entry);
    issue_entry(table, token_table_authorize(table, &grant), entry, now);
}

void token_table_init(struct token_table *table,
                      const struct directory *directory, int64_t refresh_grace,
                      int64_t now)
{
    size_t number;

    *table = (struct token_table){.directory = directory,
                                  .refresh_grace = refresh_grace};
    table->given = xcalloc(directory->pair_count, sizeof *table->given);
    for (number = 0; number < directory->token_count; number++)
        init_entry(table, directory->tokens[number], now);
}

/* As with auth.revoke, a rotated token is revoked alone. */
static void change_state(struct token *token, const struct token_entry *entry)
{
    token_set_state(token, token_state_of(entry));
    if (token->state != TOKEN_REVOKED)
        token->authorization->ending = ENDING_NONE;
    else if (token->kind == TOKEN_LEGACY)
        token->authorization->ending = ENDING_REVOKED;
}

/* Changes a token that has a record. */
static void change_record(struct token *token,
                          const struct token_change *change, int64_t now)
{
    const struct token_entry *entry = change->entry;
    struct authorization *authorization = token->authorization;
    struct grant grant = grant_of_entry(entry);

    if (!(change->keys & TOKEN_KEY_USER_NAME))
        grant.user_name = NULL;
    if (!(change->keys & TOKEN_KEY_BOT_ID))
        grant.bot_id = NULL;
    authorization_describe(authorization, &grant);
    if (change->keys & TOKEN_KEY_SCOPE)
        authorization_set_scope(authorization, entry->scope);
    if (change->keys & TOKEN_KEY_STATE)
        change_state(token, entry);
    if (change->keys & TOKEN_KEY_EXPIRES_IN)
        token->expires_at = now + entry->expires_in * 1000;
}

/*
 * Makes the record of a token that has none. A new token is an installation,
 * unless it comes revoked. A state that is asked for holds, whatever became of
 * the authorization. NULL if no record is needed.
 */
static struct token *make_record(struct token_table *table,
                                 const struct token_change *change, int64_t now)
{
    const struct token_entry *entry = change->entry;
    const struct grant grant = grant_of_entry(entry);

    if (change->is_new && !entry->refresh_token &&
        entry->state == LEGACY_REVOKED)
        return NULL;
    if (change->is_new)
        issue_entry(table, token_table_begin(table, &grant), entry, now);
    else if (change->keys & TOKEN_KEY_STATE &&
             !(entry->refresh_token && entry->state == LEGACY_REVOKED))
        issue_entry(table, token_table_authorize(table, &grant), entry, now);
    return hash_table_find(&table->tokens, entry->token, strlen(entry->token));
}

/* Changes the tokens of a run that have a record. */
static void change_run(struct token_table *table,
                       const struct token_change *change, int64_t now)
{
    const struct authorization *authorization = table->oldest;
    struct legacy_token found;
    struct token *token;

    for (; authorization; authorization = authorization->next)
        for (token = authorization->newest[TOKEN_LEGACY]; token;
             token = token->older)
            if (directory_find_token(table->directory, token->text,
                                     strlen(token->text), &found) &&
                found.entry == change->entry)
                change_record(token, change, now);
}

static void apply(struct token_table *table, const struct token_change *change,
                  int64_t now)
{
    const struct token_entry *entry = change->entry;
    struct token *token =
        hash_table_find(&table->tokens, entry->token, strlen(entry->token));

    if (entry->count) {
        change_run(table, change, now);
        return;
    }
    if (!token)
        token = make_record(table, change, now);
    if (token)
        change_record(token, change, now);
}

void token_table_change_directory(struct token_table *table,
                                  const struct directory *directory,
                                  const struct token_changes *changes,
                                  int64_t now)
{
    struct authorization *authorization = table->oldest;
    size_t number;

    table->directory = directory;
    issued_codes_change_directory(&table->codes, directory);
    if (directory->renews_pairs) {
        free(table->given);
        table->first_left = 0;
        table->given = xcalloc(directory->pair_count, sizeof *table->given);
    }
    for (; authorization; authorization = authorization->next) {
        authorization->app =
            directory_app_by_id(directory, authorization->app->id);
        authorization->team =
            directory_team_by_id(directory, authorization->team->id);
    }
    for (number = 0; changes && number < changes->count; number++)
        apply(table, changes->list[number], now);
}
