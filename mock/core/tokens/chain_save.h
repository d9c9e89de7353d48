/*
 * A chain of tokens as a part of a saved world: dead ones that are remembered
 * too.
 */
#ifndef SLACKMOCK_CHAIN_SAVE_H
#define SLACKMOCK_CHAIN_SAVE_H

#include "tokens/authorization.h"
#include "json/json_fields.h"

struct token_table;

/* Writes an array; nothing if the chain is empty. */
void chain_save(struct json_writer *writer, const char *key,
                const struct authorization *from, enum token_kind kind);

/* The empty chain that is to be filled. */
struct saved_chain {
    struct token_table *table;
    struct authorization *authorization;
    enum token_kind kind;
};

void chain_read_saved(const struct json_reader *reader,
                      const struct cJSON *value, const struct json_path *path,
                      const struct saved_chain *chain);

/* The keys of a token. */
extern const struct json_field *const saved_chain_tables[];

#endif
