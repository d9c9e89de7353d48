/*
 * Counts what is freed, and trims the heap once it is much: a trim takes longer
 * than a reply.
 */
#include "spare_memory.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#if __GLIBC_PREREQ(2, 33)
#define CAN_LOOK
#endif
#endif

#include "base/buffer.h"

#define MANY  ((size_t)4 << 20)
#define LARGE ((size_t)64 << 10)

void spare_memory_clear(struct buffer *buffer)
{
    size_t capacity = buffer->capacity;

    if (capacity <= KEPT_MOST) {
        buffer_clear(buffer);
        return;
    }
    buffer_free(buffer);
    spare_memory_freed(capacity);
}

void spare_memory_freed(size_t bytes)
{
    static size_t freed;

    freed += bytes;
    if (freed < MANY)
        return;
    freed = 0;
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

#ifdef CAN_LOOK
void spare_memory_look(size_t handled)
{
    /* What was given back counts as free until it is used again: seen here if
     * it still is, and to be expected of a large request. */
    static size_t given_back;
    size_t spare = mallinfo2().fordblks;

    if (handled > LARGE)
        given_back = 0;
    if (spare < given_back)
        given_back = spare;
    if (spare - given_back < MANY)
        return;
    (void)malloc_trim(0);
    given_back = mallinfo2().fordblks;
}
#else
void spare_memory_look(size_t handled)
{
    (void)handled;
}
#endif
