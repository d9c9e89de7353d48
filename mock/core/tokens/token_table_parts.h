/*
 * What token_table.c lends to token_table_entries.c.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_PARTS_H
#define SLACKMOCK_TOKEN_TABLE_PARTS_H

#include "tokens/token_table.h"

/* The authorization of a grant, made if there is none yet. */
struct authorization *token_table_authorize(struct token_table *table,
                                            const struct grant *grant);

/*
 * The same for a new installation: it is alive, and after an ending everything
 * before it becomes unknown.
 */
struct authorization *token_table_begin(struct token_table *table,
                                        const struct grant *grant);

/* A new token, which joins its chain. */
struct token *token_table_issue(struct token_table *table,
                                struct authorization *authorization,
                                enum token_kind kind, const char *text,
                                size_t length);

/*
 * The pair joins the chain; what that pushes out of it goes. Returns the
 * refresh token.
 */
struct token *token_table_issue_pair(struct token_table *table,
                                     struct authorization *authorization,
                                     const struct token_pair *pair,
                                     int64_t now);

#endif
