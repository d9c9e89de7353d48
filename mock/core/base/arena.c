/*
 * A list of blocks; the newest is filled from its front, and all are freed
 * together.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define FIRST_BLOCK   1024
#define KEPT_BLOCK    ((size_t)16 * 1024)
#define LARGEST_BLOCK ((size_t)1024 * 1024)

struct arena_block {
    struct arena_block *older;
    size_t size;
    max_align_t memory[];
};

static void add_block(struct arena *arena, size_t wanted)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    struct arena_block *block;

    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < wanted)
        size = wanted;
    block = xmalloc(sizeof *block + size);
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->used = 0;
}

static inline char *take(struct arena *arena, size_t size)
{
    char *memory;

    if (!arena->blocks || arena->used + size > arena->blocks->size)
        add_block(arena, size);
    memory = (char *)arena->blocks->memory + arena->used;
    arena->used += size;
    return memory;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);

    /*
     * After text the used part may end at an address that fits no other type.
     */
    arena->used = (arena->used + unit - 1) / unit * unit;
    return memset(take(arena, size), 0, size);
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return take(arena, size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    size_t length = strlen(text) + 1;

    return memcpy(take(arena, length), text, length);
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
}

void arena_clear(struct arena *arena)
{
    struct arena_block *newest = arena->blocks;

    if (newest && newest->size <= KEPT_BLOCK) {
        free_blocks(newest->older);
        newest->older = NULL;
    } else {
        free_blocks(newest);
        arena->blocks = NULL;
    }
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    free_blocks(arena->blocks);
    *arena = (struct arena){0};
}
