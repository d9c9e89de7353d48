/*
 * The names of headers as rules give them: what a condition and a reply check
 * alike. What is wrong is noted as a mistake.
 */
#ifndef SLACKMOCK_RULE_HEADER_H
#define SLACKMOCK_RULE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "json/json_fields.h"

#define RULE_HEADERS_MAX 48 /* in a condition, and in a reply */

/* The names in one object so far; lent. Zero the struct. */
struct header_names {
    const char *names[RULE_HEADERS_MAX];
    size_t count;
};

/* True for an object that names no more headers than there may be. */
bool rule_headers_are_few(const struct json_reader *reader,
                          const struct cJSON *value,
                          const struct json_path *path);

/* True if the key that ends the path can be the name of a header. */
bool rule_header_is_name(const struct json_reader *reader,
                         const struct json_path *path);

/* Adds that key to the names; one that is there already is a mistake. */
void rule_header_note(const struct json_reader *reader,
                      const struct json_path *path, struct header_names *names);

#endif
