/*
 * What the program asks of the operating system, apart from sockets.
 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "http/libevent_memory.h"

#define PORT_SIZE 16

/* As they were when the program started. */
static struct rlimit descriptors_before;
static struct sigaction pipe_before;
static struct sigaction file_size_before;

/*
 * Opens /dev/null for standard descriptors that are closed: else a socket could
 * become descriptor 1, and the ready line a part of some reply. For stdin and
 * stdout it is opened for reading, so that writing to a closed stdout still
 * fails; for stderr it takes everything.
 */
static void fill_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

/* A connection is a descriptor, and the customary limit is 1024. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    descriptors_before = limit;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

void process_prepare(void)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};

    fill_standard_descriptors();
    raise_descriptor_limit();
    (void)sigaction(SIGPIPE, &ignore, &pipe_before);
    /* A log that may grow no more is as good as a full disk. */
    (void)sigaction(SIGXFSZ, &ignore, &file_size_before);
    libevent_memory_set();
}

void process_undo_prepare(void)
{
    if (descriptors_before.rlim_max)
        (void)setrlimit(RLIMIT_NOFILE, &descriptors_before);
    (void)sigaction(SIGPIPE, &pipe_before, NULL);
    (void)sigaction(SIGXFSZ, &file_size_before, NULL);
}

void process_hold_signals(void)
{
    sigset_t signals;

    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &signals, NULL);
}

static int fail(struct buffer *why, const char *path, const char *reason)
{
    buffer_printf(why, "cannot write the port to %s: %s", path, reason);
    return -1;
}

/* What was laid there by somebody else is not written to. */
static int write_file(const char *path, int port)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    int written;

    if (!file)
        return -1;
    written = fprintf(file, "%d\n", port);
    /* A full disk may show only when the file is closed. */
    return fclose(file) == 0 && written > 0 ? 0 : -1;
}

/* True for a device, a pipe or a folder, which is not ours to remove. */
static bool is_taken(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

int process_remove_port(const char *path, struct buffer *why)
{
    if (is_taken(path))
        return fail(why, path, "it is there, and is no regular file");
    if (unlink(path) != 0 && errno != ENOENT)
        return fail(why, path, strerror(errno));
    return 0;
}

int process_write_port(const char *path, int port, struct buffer *why)
{
    char *draft = xasprintf("%s.%ld", path, (long)getpid());
    int result = 0;

    /* Renaming would put a file in the place of a device or a pipe. */
    if (is_taken(path)) {
        result = fail(why, path, "it is there, and is no regular file");
    } else if ((unlink(draft) != 0 && errno != ENOENT) ||
               write_file(draft, port) != 0 || rename(draft, path) != 0) {
        result = fail(why, path, strerror(errno));
        (void)unlink(draft);
    }
    free(draft);
    return result;
}

int process_read_port(const char *path, struct buffer *why)
{
    char text[PORT_SIZE] = "";
    FILE *file = fopen(path, "r");
    size_t length;
    long port;

    if (!file) {
        buffer_printf(why, "%s: %s", path, strerror(errno));
        return -1;
    }
    length = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    port = strtol(text, NULL, 10);
    if (port > 0 && port <= UINT16_MAX)
        return (int)port;
    buffer_printf(why, "%s: found no port in it", path);
    return -1;
}

bool process_input_can_wait(void)
{
    struct stat status;

    return fstat(STDIN_FILENO, &status) == 0 &&
           (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) ||
            isatty(STDIN_FILENO));
}

void process_complain(const char *text)
{
    struct buffer line = BUFFER_INIT;

    buffer_add_text(&line, "slackmock: ");
    for (; *text; text++)
        if (text_is_control(*text))
            buffer_printf(&line, "\\x%02x", (unsigned)*text);
        else
            buffer_add_byte(&line, *text);
    buffer_add_byte(&line, '\n');
    (void)fputs(line.data, stderr);
    buffer_free(&line);
}

int process_flush_stdout(struct buffer *why)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    buffer_printf(why, "cannot write to standard output: %s", strerror(errno));
    return -1;
}
