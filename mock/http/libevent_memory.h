/*
 * Where libevent has its memory from.
 */
#ifndef SLACKMOCK_LIBEVENT_MEMORY_H
#define SLACKMOCK_LIBEVENT_MEMORY_H

/* Before anything else of libevent is called. */
void libevent_memory_set(void);

#endif
