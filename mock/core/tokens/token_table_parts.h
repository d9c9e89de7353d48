/*
 * What the files of the token table lend to each other.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_PARTS_H
#define SLACKMOCK_TOKEN_TABLE_PARTS_H

#include "tokens/token_table.h"

/* The authorization of a grant, made if there is none yet. */
struct authorization *token_table_authorize(struct token_table *table,
                                            const struct grant *grant);

/* The same, but NULL if there is none. */
struct authorization *
token_table_find_authorization(const struct token_table *table,
                               const struct grant *grant);

/* Takes every token of its chains out of the table. */
void token_table_empty(struct token_table *table,
                       struct authorization *authorization);

/* The record of a token, made from its facts if it had none. */
struct token *token_table_record(struct token_table *table,
                                 const struct token_facts *facts);

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
