/*
 * Who holds tokens of an installation that work: its bot, and people. The
 * caller owns the struct: zero it, and end with holders_free().
 */
#ifndef SLACKMOCK_HOLDERS_H
#define SLACKMOCK_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens/directory.h"

struct token_table;

struct holder_list {
    char **users;
    size_t count;
};

struct holders {
    struct holder_list of_type[TOKEN_TYPE_UNSET]; /* by enum token_type */
    /*
     * There are generated tokens that nothing happened to: they are too many
     * to be named.
     */
    bool has_unnamed;
    bool lost_bot; /* its bot's authorization was revoked, and is not renewed */
};

/* Finds those of that app in that team; an expired access token that can be
 * refreshed counts as working. */
void holders_find(struct holders *holders, const struct token_table *table,
                  const struct app *app, const struct team *team, int64_t now);

bool holders_are_none(const struct holders *holders);

void holders_free(struct holders *holders);

#endif
