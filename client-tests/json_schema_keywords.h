/*
 * The inside of the validator of json_schema.h: its table of keywords, and what
 * their checks need from the walk over schema and value.
 */
#ifndef CLIENT_TESTS_JSON_SCHEMA_KEYWORDS_H
#define CLIENT_TESTS_JSON_SCHEMA_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "json_schema.h"

#define DEFINITIONS "#/$defs/"

struct cJSON;

/* A place in a value; the outermost has neither parent nor key. */
struct schema_place {
    const struct schema_place *parent;
    const char *key; /* NULL: an index */
    size_t index;
    size_t depth;
};

struct validation {
    const struct cJSON *root; /* of the schema */
    size_t depth;             /* of the place complained about */
    char complaint[JSON_SCHEMA_COMPLAINT_SIZE]; /* "" while there is none */
};

/* A value at its place, and the schema that it has to fit. */
struct subject {
    const struct cJSON *schema;
    const struct cJSON *value;
    const struct schema_place *place;
};

/* Where the schemas are that a keyword holds. */
enum nest { NEST_NONE, NEST_ITSELF, NEST_MEMBERS };

struct schema_keyword {
    const char *name;
    int (*has_form)(const struct cJSON *keyword);
    /* False after a complaint. NULL: it says nothing of the value. */
    bool (*check)(struct validation *validation, const struct subject *subject,
                  const struct cJSON *keyword);
    enum nest nest;
};

/* NULL for a keyword that this validator does not know. */
const struct schema_keyword *schema_keyword_find(const char *name);

/* False after a complaint. */
bool schema_fits(struct validation *validation, const struct subject *subject);

/* Returns false, so that a check can end with it. */
bool schema_complain(struct validation *validation,
                     const struct schema_place *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct schema_place schema_place_below(const struct schema_place *parent,
                                       const char *key, size_t index);

#endif
