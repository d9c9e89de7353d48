/*
 * Globs of `*` (any run of bytes, or none) and `?` (any one byte).
 */
#ifndef SLACKMOCK_GLOB_H
#define SLACKMOCK_GLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool glob_matches(const char *glob, const char *text, size_t length);

/* True if it has neither `*` nor `?`, and so matches itself alone. */
bool glob_is_exact(const char *glob);

/*
 * The first bytes of a text, and what those of every text that a glob matches
 * must be: where the two differ within the mask there is no match. It is the
 * quick way to pass over many globs.
 */
struct glob_start {
    uint64_t bytes;
    uint64_t mask;
};

/* That of a NULL glob or text holds nothing, and differs from none. */
struct glob_start glob_start(const char *glob);
uint64_t glob_text_start(const char *text, size_t length);

/* True if every text that `inner` matches is one that `outer` matches too. */
bool glob_includes(const char *outer, const char *inner);

#endif
