/* Keeps changes by the address of their entries: a token has one entry. */
#include "tokens/token_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/directory.h"

struct token_changes *token_changes_create(void)
{
    return xcalloc(1, sizeof(struct token_changes));
}

struct token_change *token_changes_find(const struct token_changes *changes,
                                        const struct token_entry *entry)
{
    return hash_table_find(&changes->by_entry, (const char *)&entry,
                           sizeof entry);
}

struct token_change *token_changes_add(struct token_changes *changes,
                                       struct token_entry *entry)
{
    struct token_change *change = token_changes_find(changes, entry);

    if (change)
        return change;
    change = arena_allocate(&changes->arena, sizeof *change);
    change->entry = entry;
    hash_table_put(&changes->by_entry, (const char *)&change->entry,
                   sizeof change->entry, change);
    return change;
}

static void remove_spelling(struct directory *directory, const char *text,
                            const struct token_entry *entry)
{
    struct hash_table *by_text = &directory->tokens_by_text;

    if (text && hash_table_find(by_text, text, strlen(text)) == entry)
        hash_table_remove(by_text, text, strlen(text));
}

/*
 * Takes an entry out of the list of tokens. A later PATCH still finds it, to
 * know of which pair the token is.
 */
static void leave(struct directory *directory, struct token_entry *entry)
{
    remove_spelling(directory, entry->token, entry);
    remove_spelling(directory, entry->refresh_token, entry);
    hash_table_put(&directory->issued_by_text, entry->token,
                   strlen(entry->token), entry);
}

void token_changes_settle(struct token_changes *changes,
                          struct directory *directory)
{
    size_t kept = 0;
    size_t number;

    changes->list = xcalloc(changes->by_entry.count, sizeof *changes->list);
    for (number = 0; number < directory->token_count; number++) {
        struct token_entry *entry = directory->tokens[number];
        struct token_change *change = token_changes_find(changes, entry);

        if (change)
            changes->list[changes->count++] = change;
        if (change && change->is_issued)
            leave(directory, entry);
        else
            directory->tokens[kept++] = entry;
    }
    directory->token_count = kept;
}

void token_changes_free(struct token_changes *changes)
{
    if (!changes)
        return;
    hash_table_free(&changes->by_entry);
    arena_free(&changes->arena);
    free(changes->list);
    free(changes);
}
