/*
 * The arguments of a call, in the order in which they came: query first, then
 * body, so that the later of two with one name wins. Names and values are UTF-8
 * and may hold NULs, so their lengths count. The caller owns the struct; what
 * arguments_find() returns lends from it until the next change.
 */
#ifndef SLACKMOCK_ARGUMENTS_H
#define SLACKMOCK_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "message/slack_error.h"

struct argument {
    char *name; /* a NUL stands after the last byte of each */
    size_t name_length;
    char *value;
    size_t value_length;
    bool in_query;
    bool is_structure; /* a JSON array or object came where a string belongs */
    bool is_file;      /* its value is a description of it, a JSON object */
};

struct arguments {
    struct argument *list;
    size_t count;
    size_t capacity;
    struct arena texts; /* names and values */
};

#define ARGUMENTS_INIT                                                         \
    {                                                                          \
        .count = 0                                                             \
    }

/* Adds a copy. The result lends, so that the caller can set its flags. */
struct argument *arguments_add(struct arguments *arguments, const char *name,
                               size_t name_length, const char *value,
                               size_t value_length);

/* The last argument of that name, NULL if there is none. */
const struct argument *arguments_find(const struct arguments *arguments,
                                      const char *name);

/* True if one of that name came in the query, and is not empty. */
bool arguments_in_query(const struct arguments *arguments, const char *name);

/*
 * Judges every name: first SLACK_INVALID_ARG_NAME (empty, over 255 bytes, or
 * anything but ASCII letters, digits and `_` before a first `[`; nothing before
 * the `[` is an empty name), then SLACK_INVALID_ARRAY_ARG (a `[` in the name,
 * or is_structure unless structures are taken). SLACK_OK if all are well.
 */
enum slack_error arguments_check(const struct arguments *arguments,
                                 bool takes_structures);

/* Forgets all arguments and keeps some memory for the next call. */
void arguments_clear(struct arguments *arguments);

void arguments_free(struct arguments *arguments);

#endif
