/*
 * Memory for what lives as long as its owner: many small things, freed all at
 * once. The caller owns the struct: zero it, and end with arena_free().
 */
#ifndef SLACKMOCK_ARENA_H
#define SLACKMOCK_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t used; /* of the newest block */
};

/* Zeroed memory, fit for any type. */
void *arena_allocate(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);

/* Room for bytes, not zeroed. */
char *arena_bytes(struct arena *arena, size_t size);
/* Gives all memory back to the arena, and most of it to the system. */
void arena_clear(struct arena *arena);
void arena_free(struct arena *arena);

#endif
