/* A chain of blocks, filled from the front, freed together. */
#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define FIRST_BLOCK   1024
#define LARGEST_BLOCK (1024 * 1024)

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

static char *take(struct arena *arena, size_t size)
{
    char *memory;

    if (!arena->blocks || arena->blocks->size - arena->used < size)
        add_block(arena, size);
    memory = (char *)arena->blocks->memory + arena->used;
    arena->used += size;
    return memory;
}

void *arena_allocate(struct arena *arena, size_t size)
{
    size_t aligned = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) *
                     sizeof(max_align_t);
    size_t skew = arena->used % sizeof(max_align_t);

    if (skew && arena->blocks &&
        arena->blocks->size - arena->used >= sizeof(max_align_t) - skew)
        arena->used += sizeof(max_align_t) - skew;
    else if (skew)
        arena->used = arena->blocks->size;
    return memset(take(arena, aligned), 0, size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    size_t length = strlen(text) + 1;

    return memcpy(take(arena, length), text, length);
}

void arena_free(struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
    *arena = (struct arena){0};
}
