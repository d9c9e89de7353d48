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
 * The first and last bytes of a text; and for a glob, what these must be in
 * every text that it matches, with a mask of the bits that count. Where the two
 * differ there is no match: a cheap test that passes over most globs.
 */
struct text_edges {
    uint64_t start;
    uint64_t end;
};

struct glob_edges {
    struct text_edges bytes;
    struct text_edges mask;
};

/* A NULL glob or text has empty edges, which exclude nothing. */
struct glob_edges glob_edges(const char *glob);
struct text_edges glob_text_edges(const char *text, size_t length);

/* False if a text with these edges cannot match the glob. */
static inline bool glob_edges_allow(const struct glob_edges *glob,
                                    struct text_edges text)
{
    return !((text.start ^ glob->bytes.start) & glob->mask.start) &&
           !((text.end ^ glob->bytes.end) & glob->mask.end);
}

/* True if every text that `inner` matches is one that `outer` matches too. */
bool glob_includes(const char *outer, const char *inner);

#endif
