/*
 * Memory that was needed once and is not kept: buffers that grew beyond what
 * most requests and replies need, and worlds that are gone.
 */
#ifndef SLACKMOCK_SPARE_MEMORY_H
#define SLACKMOCK_SPARE_MEMORY_H

#include <stddef.h>

struct buffer;

#define KEPT_MOST 4096 /* bytes of an empty buffer */

/* Empties a buffer, and frees it if it is larger than that. */
void spare_memory_clear(struct buffer *buffer);

/*
 * Counts freed bytes. Once they are many they are given back to the system: the
 * C library keeps what is freed between blocks that are in use.
 */
void spare_memory_freed(size_t bytes);

/*
 * Worlds may have been freed, of which nobody knows how large they were: looks
 * at the heap, and if much more of it is free than ever since the last time,
 * the system gets it back. `handled`: the bytes of the request that did it,
 * SIZE_MAX where that is not known.
 */
void spare_memory_look(size_t handled);

#endif
