/*
 * A pipe that poll() calls writable takes PIPE_BUF bytes without blocking. The
 * descriptor itself is left blocking: it is shared with others.
 */
#include "log_output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

static bool takes_more(int patience)
{
    struct pollfd error_output = {STDERR_FILENO, POLLOUT, 0};

    return poll(&error_output, 1, patience) == 1;
}

size_t log_output_write(const char *bytes, size_t length, int patience)
{
    size_t done = 0;

    while (done < length && takes_more(patience)) {
        size_t left = length - done;
        ssize_t written = write(STDERR_FILENO, bytes + done,
                                left < PIPE_BUF ? left : PIPE_BUF);

        if (written < 0 && errno != EINTR)
            break;
        if (written > 0)
            done += (size_t)written;
    }
    return done;
}
