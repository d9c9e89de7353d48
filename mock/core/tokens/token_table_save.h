/*
 * The token table as a part of a saved world: the chains of all authorizations,
 * dead tokens that are remembered among them, and what was used up. Tokens of
 * the directory that nothing happened to are not in it.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_SAVE_H
#define SLACKMOCK_TOKEN_TABLE_SAVE_H

#include <stdint.h>

#include "json/json_fields.h"

struct token_table;

/* Writes the members that token_table_saved_fields has. */
void token_table_save(const struct token_table *table,
                      struct json_writer *writer);

/* They read into a struct token_table that token_table_begin_saved() made. */
extern const struct json_field token_table_saved_fields[];

/* For whoever tells of keys. */
extern const struct json_field *const saved_authorization_tables[];
extern const struct json_field *const saved_token_tables[];
extern const struct json_field *const saved_end_tables[];

/* An empty one over a directory, where not even rotated entries are issued. */
void token_table_begin_saved(struct token_table *table,
                             const struct directory *directory,
                             int64_t refresh_grace);

#endif
