/*
 * Writes to stderr in pieces that do not block: a pipe that poll() calls
 * writable takes PIPE_BUF bytes. The descriptor itself stays blocking, since
 * other processes share it.
 */
#include "log_output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

static bool takes_more(void)
{
    struct pollfd error_output = {STDERR_FILENO, POLLOUT, 0};

    return poll(&error_output, 1, 0) == 1;
}

/* As many whole lines as fit PIPE_BUF, or a part of a line that is longer. */
static size_t next_piece(const char *bytes, size_t length)
{
    size_t size = PIPE_BUF;

    if (length <= PIPE_BUF)
        return length;
    while (size && bytes[size - 1] != '\n')
        size--;
    return size ? size : PIPE_BUF;
}

size_t log_output_write(const char *bytes, size_t length)
{
    size_t done = 0;

    while (done < length && takes_more()) {
        ssize_t written = write(STDERR_FILENO, bytes + done,
                                next_piece(bytes + done, length - done));

        if (written < 0 && errno != EINTR)
            break;
        if (written > 0)
            done += (size_t)written;
    }
    return done;
}
