/*
 * Writes JSON in the order in which it is told, since Slack's bodies have an
 * order: `ok` first, warnings last. Compact, or indented for `pretty=1`.
 * A key is NULL for the outermost value and inside arrays.
 */
#ifndef SLACKMOCK_JSON_WRITER_H
#define SLACKMOCK_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct json_writer {
    struct buffer *output; /* the caller's */
    bool indent;
    int depth;
    bool has_sibling; /* a comma is due before the next value */
};

void json_write_object(struct json_writer *writer, const char *key);
void json_write_object_end(struct json_writer *writer);
void json_write_array(struct json_writer *writer, const char *key);
void json_write_array_end(struct json_writer *writer);

/* A NULL text is written as null. */
void json_write_text(struct json_writer *writer, const char *key,
                     const char *text);
void json_write_bytes(struct json_writer *writer, const char *key,
                      const char *bytes, size_t length);

/* Members that are JSON already, with commas between. */
void json_write_members(struct json_writer *writer, const char *members,
                        size_t length);

/* A member whose key may hold a NUL, and whose value is JSON already. */
void json_write_member(struct json_writer *writer, const struct buffer *key,
                       const struct buffer *value);

/* A value that is JSON already. */
void json_write_json(struct json_writer *writer, const char *key,
                     const char *json);

void json_write_integer(struct json_writer *writer, const char *key,
                        long long number);
void json_write_boolean(struct json_writer *writer, const char *key,
                        bool value);
void json_write_null(struct json_writer *writer, const char *key);

/* Any value, with all that is in it. */
struct cJSON;
void json_write_tree(struct json_writer *writer, const char *key,
                     const struct cJSON *value);

/*
 * Adds one JSON string with its quotes. Control bytes are escaped, `/` and
 * UTF-8 go as they are, and what is not UTF-8 becomes U+FFFD.
 */
void json_write_string(struct buffer *output, const char *bytes, size_t length);

/* The same, quicker, for one of which json_plain_run() says it is plain. */
void json_write_plain_string(struct buffer *output, const char *bytes,
                             size_t length);

/*
 * Adds a number as JSON spells it. cJSON prints 15 digits of whole numbers that
 * a double holds with 16.
 */
void json_write_number(struct buffer *output, const struct cJSON *number);

#endif
