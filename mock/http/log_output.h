/*
 * Writes to stderr, and never waits: whoever starts the server may
 * have given it a pipe that nobody reads, and it must go on serving.
 */
#ifndef SLACKMOCK_LOG_OUTPUT_H
#define SLACKMOCK_LOG_OUTPUT_H

#include <stddef.h>

/*
 * Writes what stderr takes at once; returns how many of the bytes that were. Of
 * several writers to one stderr, lines of up to PIPE_BUF bytes do not mix.
 */
size_t log_output_write(const char *bytes, size_t length);

#endif
