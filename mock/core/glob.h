/*
 * Globs of `*` (any run of bytes, or none) and `?` (any one byte).
 */
#ifndef SLACKMOCK_GLOB_H
#define SLACKMOCK_GLOB_H

#include <stdbool.h>
#include <stddef.h>

bool glob_matches(const char *glob, const char *text, size_t length);

/* True if it has neither `*` nor `?`, and so matches itself alone. */
bool glob_is_exact(const char *glob);

/* True if every text that `inner` matches is one that `outer` matches too. */
bool glob_includes(const char *outer, const char *inner);

#endif
