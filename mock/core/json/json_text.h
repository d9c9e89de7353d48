/*
 * JSON as text, held to RFC 8259 before cJSON builds a tree of it. cJSON alone
 * takes `01`, raw control bytes and bad UTF-8, cuts a string at \u0000, and
 * turns 1e999 into null: a scenario read so would not be the one in the file.
 */
#ifndef SLACKMOCK_JSON_TEXT_H
#define SLACKMOCK_JSON_TEXT_H

#include <stddef.h>

#include "json/json_check.h"

struct arena;
struct cJSON;

#define JSON_DEPTH_MOST 1000 /* of what cJSON reads and prints */

/*
 * The tree of a JSON text, to be freed with cJSON_Delete(); or NULL, and
 * `error` says why. Keys given twice are still in the tree. Arrays and objects
 * may be nested as deep as `depth`, which is at most JSON_DEPTH_MOST.
 */
struct cJSON *json_text_parse(const char *bytes, size_t length, size_t depth,
                              struct json_syntax_error *error);

/*
 * The same of what may come from an editor: a byte order mark before it is
 * ignored. One before Slack's own arguments is not.
 */
struct cJSON *json_text_parse_document(const char *bytes, size_t length,
                                       size_t depth,
                                       struct json_syntax_error *error);

/* Whether that would give a tree, without making it. */
bool json_text_check_document(const char *bytes, size_t length, size_t depth,
                              struct json_syntax_error *error);

/*
 * The same for a tree that may be large and is only read: it lives in the
 * arena, and is not to be changed or deleted.
 */
struct cJSON *json_text_parse_into(struct arena *arena,
                                   const struct json_text *text, size_t depth,
                                   struct json_syntax_error *error);

#endif
