/*
 * The token table as a part of a saved world: the chains of all authorizations,
 * dead tokens that are remembered among them, and what was used up. Tokens of
 * the directory that nothing happened to are not in it.
 */
#ifndef SLACKMOCK_TOKEN_TABLE_SAVE_H
#define SLACKMOCK_TOKEN_TABLE_SAVE_H

#include <stdint.h>

#include "json/json_fields.h"

struct directory;
struct token_table;

void token_table_save(const struct token_table *table, const char *key,
                      struct json_writer *writer);

/* An empty one over a directory, where not even rotated entries are issued. */
void token_table_begin_saved(struct token_table *table,
                             const struct directory *directory,
                             int64_t refresh_grace);

/* Fills such an empty one. */
void token_table_read_saved(struct token_table *table,
                            const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path);

/* The keys of what is saved. */
extern const struct json_field *const token_table_saved_tables[];

#endif
