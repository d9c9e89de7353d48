/*
 * What objects have in common that differ in their texts alone: entries of a
 * long list mostly do. One that has the shape of another needs no grammar.
 */
#ifndef SLACKMOCK_JSON_SHAPE_H
#define SLACKMOCK_JSON_SHAPE_H

#include <stddef.h>

#define JSON_SHAPE_TEXTS 16 /* at most, without keys */

/* A run of bytes, counted from where the object begins. */
struct json_run {
    size_t start;
    size_t length;
};

struct json_shape {
    const char
        *bytes;   /* of the object that it was taken of, lent; NULL: none */
    size_t count; /* of its texts */
    struct json_run between[JSON_SHAPE_TEXTS + 1]; /* all but the texts */
};

/*
 * Takes the shape of a value that is known to be JSON. There is none if it is
 * no object, has more texts, or one with anything but plain ASCII in it.
 */
void json_shape_take(struct json_shape *shape, const char *bytes,
                     size_t length);

/*
 * The length of the object at `bytes` if it has that shape, which makes it
 * JSON, and its texts in their order; else 0.
 */
size_t json_shape_match(const struct json_shape *shape, const char *bytes,
                        size_t length, struct json_run *texts);

#endif
