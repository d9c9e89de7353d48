/*
 * Globs of `*` (any run of bytes, or none) and `?` (any one byte).
 */
#ifndef SLACKMOCK_GLOB_H
#define SLACKMOCK_GLOB_H

#include <stdbool.h>
#include <stddef.h>

bool glob_matches(const char *glob, const char *text, size_t length);

#endif
