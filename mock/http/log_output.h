/*
 * Writes to stderr, and never waits for long: whoever starts the server may
 * have given it a pipe that nobody reads, and it must go on serving.
 */
#ifndef SLACKMOCK_LOG_OUTPUT_H
#define SLACKMOCK_LOG_OUTPUT_H

#include <stddef.h>

/*
 * Waits so many milliseconds, if it must, for stderr to take more. Returns how
 * many of the bytes went out.
 */
size_t log_output_write(const char *bytes, size_t length, int patience);

#endif
