/*
 * What a PATCH asks of the tokens of a running world, as a list: a change for
 * each entry that it names, and for each that follows one. It is filled while
 * the PATCH is read, checked against the world's token table, and applied to
 * it.
 */
#ifndef SLACKMOCK_TOKEN_CHANGES_H
#define SLACKMOCK_TOKEN_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/hash_table.h"

struct directory;
struct token_entry;

struct token_change {
    struct token_entry *entry; /* what the token is to become */
    unsigned keys;             /* the keys to change: bits of enum token_key */
    bool is_new;               /* the world has no such token */
    bool is_issued; /* a call issued it: its entry leaves the directory again */
};

struct token_changes {
    struct token_change **list; /* once settled, in the directory's order */
    size_t count;
    struct hash_table by_entry;
    struct arena arena;
};

/* An empty list, which token_changes_free() ends. */
struct token_changes *token_changes_create(void);

/*
 * The change of an entry: find() gives NULL if there is none, add() makes one.
 */
struct token_change *token_changes_find(const struct token_changes *changes,
                                        const struct token_entry *entry);
struct token_change *token_changes_add(struct token_changes *changes,
                                       struct token_entry *entry);

/*
 * To be called after the last addition: puts the changes in order. Entries of
 * tokens that calls issued leave the directory, since the token table knows
 * those tokens.
 */
void token_changes_settle(struct token_changes *changes,
                          struct directory *directory);

void token_changes_free(struct token_changes *changes);

#endif
