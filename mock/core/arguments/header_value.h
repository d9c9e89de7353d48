/*
 * A header's value of the shape `first; name=value; name="value"`, as
 * Content-Type and Content-Disposition have it (RFC 9110 5.6.6, RFC 2183).
 * Blanks around `;` and `=` do not matter, nor do the line ends of a folded
 * field. The caller owns the struct and lends the bytes, from
 * header_value_start() to header_value_end().
 */
#ifndef SLACKMOCK_HEADER_VALUE_H
#define SLACKMOCK_HEADER_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct header_value {
    const char *name; /* what was read last: `first`, or a parameter's name */
    size_t name_length;
    struct buffer value; /* that parameter's, without quotes and escapes */
    bool malformed;      /* its quoted value has no proper end, and is empty */
    const char *rest;
    const char *end;
};

/* Reads `first`, which may be empty. */
void header_value_start(struct header_value *header, const char *bytes,
                        size_t length);

/* True if nothing but blanks was there. To be asked after the start. */
bool header_value_is_empty(const struct header_value *header);

/* Reads the next parameter; false if there is none. One without `=` is none. */
bool header_value_next(struct header_value *header);

void header_value_end(struct header_value *header);

#endif
