/*
 * The codes that authorize pages gave as a part of a saved world.
 */
#ifndef SLACKMOCK_ISSUED_CODES_SAVE_H
#define SLACKMOCK_ISSUED_CODES_SAVE_H

#include "json/json_fields.h"

/* An array of those of a struct token_table; nothing if there are none. */
json_write_key issued_codes_save;

/* Reads one of them into a struct token_table. */
void issued_code_read_saved(const struct json_reader *reader,
                            const struct cJSON *value,
                            const struct json_path *path, void *target);

/* The keys of one. */
extern const struct json_field *const issued_code_tables[];

#endif
