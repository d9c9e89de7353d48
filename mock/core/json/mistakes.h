/*
 * What is wrong with a scenario: every mistake with the file, the place in it,
 * what was found and what was wanted. Loading goes on after a mistake, so that
 * one run reports them all.
 */
#ifndef SLACKMOCK_MISTAKES_H
#define SLACKMOCK_MISTAKES_H

#include <stddef.h>

#include "base/buffer.h"

struct cJSON;

struct mistakes {
    struct buffer *lines; /* the caller's: one line each, with its '\n' */
    size_t count;
};

/*
 * A place in a JSON document: the parent's place and a key or an index. These
 * live on the stack of the functions that walk the document. The outermost has
 * no parent and no key: `$`.
 */
struct json_path {
    const struct json_path *parent;
    const char *key; /* NULL: an index */
    size_t index;
};

/* Where a scenario names an entry first: FILE: $.LIST[INDEX]. */
struct origin {
    const char *file;
    const struct json_path *above; /* of the list, a constant; NULL: $ */
    const char *list;
    size_t index;
};

/* Adds `FILE: $.PATH: TEXT`. With a NULL path, `FILE: TEXT`. */
void mistake(struct mistakes *mistakes, const char *file,
             const struct json_path *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/*
 * Adds `FILE: $.PATH: found VALUE, wanted WANTED`, the value as JSON, cut when
 * it is long.
 */
void mistake_found(struct mistakes *mistakes, const char *file,
                   const struct json_path *path, const struct cJSON *value,
                   const char *wanted);

/* Adds a mistake at an entry, or at a key of it. */
void mistake_at(struct mistakes *mistakes, const struct origin *origin,
                const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
