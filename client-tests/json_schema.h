/*
 * Validates JSON against a JSON Schema (draft 2020-12) of the keywords that
 * scenarios/schema.json keeps to. A schema with any other keyword, or with one
 * of a wrong form, is refused: what this validator cannot check must not look
 * as if it were checked.
 */
#ifndef CLIENT_TESTS_JSON_SCHEMA_H
#define CLIENT_TESTS_JSON_SCHEMA_H

#include <stdbool.h>

struct cJSON;

#define JSON_SCHEMA_COMPLAINT_SIZE 512

/* True if the schema is sound; else `complaint` says where it is not. */
bool json_schema_is_sound(const struct cJSON *schema,
                          char complaint[JSON_SCHEMA_COMPLAINT_SIZE]);

/*
 * True if the value fits a sound schema; else `complaint` is `$.PLACE: WHAT IS
 * WRONG`. Of alternatives that all fail, the one that fails furthest inside
 * speaks.
 */
bool json_schema_fits(const struct cJSON *schema, const struct cJSON *value,
                      char complaint[JSON_SCHEMA_COMPLAINT_SIZE]);

/* The schema itself, or the one in its $defs that a $ref in it points to. */
const struct cJSON *json_schema_resolve(const struct cJSON *root,
                                        const struct cJSON *schema);

#endif
