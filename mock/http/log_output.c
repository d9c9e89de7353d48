/*
 * A pipe that poll() calls writable takes PIPE_BUF bytes without blocking. The
 * descriptor itself is left blocking: it is shared with others.
 */
#include "log_output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

/* For a reader that is only late. */
#define PATIENCE_MS 100

static bool takes_more(int patience)
{
    struct pollfd error_output = {STDERR_FILENO, POLLOUT, 0};

    return poll(&error_output, 1, patience) == 1;
}

/* False if some of it did not go out. */
static bool write_all(const char *bytes, size_t length, int patience)
{
    while (length > 0) {
        size_t size = length < PIPE_BUF ? length : PIPE_BUF;
        ssize_t written;

        if (!takes_more(patience))
            return false;
        written = write(STDERR_FILENO, bytes, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* The LF before it ends a line that was cut off. */
static bool tell_loss(size_t lost)
{
    char line[128];
    int length = snprintf(line, sizeof line,
                          "\nslackmock: %zu lines of the log were lost: "
                          "nobody read them\n",
                          lost);

    return write_all(line, (size_t)length, 0);
}

void log_output_write(struct log_output *output, const char *bytes,
                      size_t length)
{
    int patience = output->lost ? 0 : PATIENCE_MS;

    if (output->lost && tell_loss(output->lost))
        output->lost = 0;
    if (output->lost || !write_all(bytes, length, patience))
        output->lost++;
}
