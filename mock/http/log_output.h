/*
 * Writes whole lines to stderr, and never waits for long: whoever starts the
 * server may have given it a pipe that nobody reads, and it must go on serving.
 */
#ifndef SLACKMOCK_LOG_OUTPUT_H
#define SLACKMOCK_LOG_OUTPUT_H

#include <stddef.h>

/* Zero it before the first line. */
struct log_output {
    size_t lost; /* lines since the last one that was written whole */
};

/*
 * Writes a line, or several, that end in LF. While stderr takes nothing they
 * are lost, and their number is told once it does again.
 */
void log_output_write(struct log_output *output, const char *bytes,
                      size_t length);

#endif
