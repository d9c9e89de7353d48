/*
 * Authorizations as a part of a saved world, in the order of their making.
 */
#ifndef SLACKMOCK_AUTHORIZATION_SAVE_H
#define SLACKMOCK_AUTHORIZATION_SAVE_H

#include "json/json_fields.h"

struct directory;

/* An array of those of a struct token_table. */
json_write_key authorizations_save;

/* Reads one of them into a struct token_table. */
void authorization_read_saved(const struct json_reader *reader,
                              const struct cJSON *value,
                              const struct json_path *path, void *target);

/* The keys of one. */
extern const struct json_field *const saved_authorization_tables[];

/*
 * Those that something which is saved names by the keys `app` and `team`; NULL
 * after a mistake.
 */
const struct app *saved_app(const struct json_reader *reader,
                            const struct json_path *path,
                            const struct directory *directory, const char *id);
const struct team *saved_team(const struct json_reader *reader,
                              const struct json_path *path,
                              const struct directory *directory,
                              const char *id);

#endif
