/*
 * Prepares a PATCH of tokens: fills in what it leaves out, and reports what
 * tokens in use cannot become.
 */
#include <string.h>

#include "base/arena.h"
#include "tokens/token_changes.h"
#include "tokens/token_table.h"

static struct token *find(const struct token_table *table, const char *text)
{
    return hash_table_find(&table->tokens, text, strlen(text));
}

/* ---- filling in ---- */

/* Fills in whose token it is that a call issued. */
static void fill_issued(struct arena *arena, struct token_change *change,
                        const struct authorization *authorization)
{
    struct token_entry *entry = change->entry;

    change->is_issued = true;
    change->is_new = false;
    entry->type = (int)authorization->type;
    entry->default_user = arena_strdup(arena, authorization->user);
    if (!entry->app_id)
        entry->app_id = arena_strdup(arena, authorization->app->id);
    if (!entry->team_id)
        entry->team_id = arena_strdup(arena, authorization->team->id);
}

void token_table_fill_change(const struct token_table *table,
                             struct arena *arena, struct token_change *change)
{
    struct token_entry *entry = change->entry;
    const struct token *token = find(table, entry->token);

    if (entry->count && (change->is_new || change->keys & TOKEN_KEY_STATE))
        entry->ends_before = table->installations.ended;
    else if (!entry->count && change->is_new && token)
        fill_issued(arena, change, token->authorization);
}

/* ---- checking ---- */

static void check_same(struct mistakes *mistakes,
                       const struct token_entry *entry, const char *key,
                       const char *found, const char *wanted)
{
    if (strcmp(found, wanted) != 0)
        mistake_at(mistakes, &entry->origin, key,
                   "found \"%s\", wanted \"%s\", which a token in use keeps",
                   found, wanted);
}

/*
 * Of a run the type alone is compared: each of its tokens has a user of its
 * own.
 */
static void check_holder(struct mistakes *mistakes,
                         const struct token_entry *entry,
                         const struct authorization *authorization)
{
    static const char *const types[] = {"bot", "user"};
    static const char *const keys[] = {"bot_user", "user"};

    if (entry->count)
        check_same(mistakes, entry, "type", types[entry->type],
                   types[authorization->type]);
    else if (entry->type != (int)authorization->type)
        check_same(mistakes, entry, NULL, keys[entry->type],
                   keys[authorization->type]);
    else
        check_same(mistakes, entry, keys[entry->type], token_entry_user(entry),
                   authorization->user);
}

static void check_record(struct mistakes *mistakes,
                         const struct token_entry *entry,
                         const struct token *token)
{
    const struct authorization *authorization = token->authorization;

    check_same(mistakes, entry, "app", entry->app_id, authorization->app->id);
    check_same(mistakes, entry, "team", entry->team_id,
               authorization->team->id);
    check_holder(mistakes, entry, authorization);
    if (token->kind != TOKEN_LEGACY && entry->state == LEGACY_EXCHANGED)
        mistake_at(mistakes, &entry->origin, "state",
                   "found \"exchanged\", wanted \"active\" or "
                   "\"revoked\"");
}

/*
 * Checks the tokens of a run that have a record. One mistake is enough for all.
 */
static void check_run(const struct token_table *table,
                      const struct directory *directory,
                      const struct token_entry *entry,
                      struct mistakes *mistakes)
{
    const struct authorization *authorization = table->oldest;
    size_t before = mistakes->count;
    struct legacy_token found;
    const struct token *token;

    for (; authorization; authorization = authorization->next)
        for (token = authorization->newest[TOKEN_LEGACY]; token;
             token = token->older)
            if (mistakes->count == before &&
                directory_find_token(directory, token->text,
                                     strlen(token->text), &found) &&
                found.entry == entry)
                check_record(mistakes, entry, token);
}

/* The entry of a token in the running world, or in an earlier PATCH. */
static const struct token_entry *entry_before(const struct directory *directory,
                                              const char *token)
{
    const size_t length = strlen(token);
    const struct token_entry *entry =
        hash_table_find(&directory->tokens_by_text, token, length);

    return entry ? entry
                 : hash_table_find(&directory->issued_by_text, token, length);
}

/* A pair stays together, and a refresh token is in one pair. */
static void check_refresh_token(const struct token_table *table,
                                const struct token_entry *entry,
                                const struct token *access,
                                struct mistakes *mistakes)
{
    const struct token_entry *before =
        entry_before(table->directory, entry->token);
    const struct token *refresh = find(table, entry->refresh_token);

    if (!access && refresh)
        mistake_at(mistakes, &entry->origin, "refresh_token",
                   "found one that another token has; wanted one of its "
                   "own");
    else if (before && before->refresh_token)
        check_same(mistakes, entry, "refresh_token", entry->refresh_token,
                   before->refresh_token);
    else if (access && (!refresh || refresh->kind != TOKEN_REFRESH ||
                        refresh->authorization != access->authorization))
        mistake_at(mistakes, &entry->origin, "refresh_token",
                   "found another one, wanted that which was issued with "
                   "the access token");
}

void token_table_check_changes(const struct token_table *table,
                               const struct directory *directory,
                               const struct token_changes *changes,
                               struct mistakes *mistakes)
{
    size_t number;

    for (number = 0; number < changes->count; number++) {
        const struct token_entry *entry = changes->list[number]->entry;
        const struct token *token = find(table, entry->token);

        if (entry->count)
            check_run(table, directory, entry, mistakes);
        else if (token)
            check_record(mistakes, entry, token);
        if (entry->refresh_token)
            check_refresh_token(table, entry, token, mistakes);
    }
}
