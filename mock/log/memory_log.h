/* The log of a server that keeps nothing: every input is in order at once. */
#ifndef SLACKMOCK_MEMORY_LOG_H
#define SLACKMOCK_MEMORY_LOG_H

struct ordered_log;

struct ordered_log *memory_log_open(void);

#endif
