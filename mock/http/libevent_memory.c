/*
 * For each request evhttp takes thirty small blocks, and gives them back when
 * it ends. They are kept in lists, one for each size, for the next request: a
 * call takes a tenth less than with malloc() and free() for each.
 */
#include "libevent_memory.h"

#include <event2/event.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Blocks of up to so many bytes are kept. None under ASan, which is to see each
 * use of a block that was given back. */
#ifdef __SANITIZE_ADDRESS__
#define SMALL_MOST 0
#else
#define SMALL_MOST ((size_t)1024)
#endif

/* Each list is bounded: what thousands of connections had goes back. */
#define KEPT_MOST 32

/* What stands before the bytes that libevent gets. */
struct block {
    size_t size;
    struct block *next; /* in its list */
};

#define UNIT  (sizeof(struct block))
#define LISTS (SMALL_MOST / UNIT + 1)

static struct {
    struct block *first;
    size_t count;
} lists[LISTS];

/* As many units as hold the size. */
static size_t units_of(size_t size)
{
    return size / UNIT + (size % UNIT != 0);
}

static struct block *make(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX - 2 * UNIT)
        size = SIZE_MAX - 2 * UNIT; /* more than there is */
    block = xmalloc(UNIT + units_of(size) * UNIT);
    block->size = size;
    return block;
}

static void *take(size_t size)
{
    const size_t units = units_of(size);
    struct block *block;

    if (units >= LISTS || !lists[units].first)
        return make(size) + 1;
    block = lists[units].first;
    lists[units].first = block->next;
    lists[units].count--;
    block->size = size;
    return block + 1;
}

static void give_back(void *memory)
{
    struct block *block = memory;
    size_t units;

    if (!memory)
        return;
    block--;
    units = units_of(block->size);
    if (units >= LISTS || lists[units].count >= KEPT_MOST) {
        free(block);
        return;
    }
    block->next = lists[units].first;
    lists[units].first = block;
    lists[units].count++;
}

static void *resize(void *memory, size_t size)
{
    const struct block *block = memory;
    void *resized = take(size);

    if (memory) {
        block--;
        memcpy(resized, memory, block->size < size ? block->size : size);
        give_back(memory);
    }
    return resized;
}

void libevent_memory_set(void)
{
    event_set_mem_functions(take, resize, give_back);
}
