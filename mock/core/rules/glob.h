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
 * The first and the last bytes of a text; and for a glob, what these must be in
 * every text that it matches, with a mask of the bits that count. Where the two
 * differ there is no match: a cheap test that passes over most globs.
 */
enum { EDGE_START, EDGE_END, EDGES };

struct glob_edge {
    uint64_t bytes;
    uint64_t mask;
};

/* A NULL glob or text has empty edges, which exclude nothing. */
void glob_edges(const char *glob, struct glob_edge edges[EDGES]);
void glob_text_edges(const char *text, size_t length, uint64_t edges[EDGES]);

/* False if a text with this edge cannot match the glob. */
static inline bool glob_edge_allows(const struct glob_edge *glob, uint64_t text)
{
    return !((text ^ glob->bytes) & glob->mask);
}

/* True if every text that `inner` matches is one that `outer` matches too. */
bool glob_includes(const char *outer, const char *inner);

#endif
