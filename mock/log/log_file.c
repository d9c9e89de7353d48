/*
 * Bytes are written at a place that only a whole success moves. So what a full
 * disk took of a batch is overwritten, or cut off, before the next one.
 */
/* NOLINTNEXTLINE(bugprone-reserved-identifier): for realpath() */
#define _XOPEN_SOURCE 700

#include "log/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

static int fail(struct buffer *why, const char *what, const char *path)
{
    buffer_printf(why, "cannot %s %s: %s", what, path, strerror(errno));
    return -1;
}

/* ---- opening ---- */

static int lock(const struct log_file *file, struct buffer *why)
{
    if (flock(file->fd, LOCK_EX | LOCK_NB) == 0)
        return 0;
    if (errno != EWOULDBLOCK)
        return fail(why, "lock", file->path);
    buffer_printf(why,
                  "%s is in use by another slackmock; one file is for one "
                  "server at a time",
                  file->path);
    return -1;
}

/* False if the path names another file since it was opened, or none. */
static bool is_in_place(const struct log_file *file)
{
    struct stat opened, named;

    return fstat(file->fd, &opened) == 0 && stat(file->path, &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

static int check_kind(const struct log_file *file, struct buffer *why)
{
    struct stat status;

    if (fstat(file->fd, &status) != 0)
        return fail(why, "look at", file->path);
    if (S_ISREG(status.st_mode))
        return 0;
    buffer_printf(why, "%s is no regular file", file->path);
    return -1;
}

/*
 * Whoever owns it, or may read it, would have all tokens and secrets. A folder
 * that all may write to can hold a file that somebody else has laid out. The
 * superuser may keep a file for another.
 */
static int check_owner(const struct log_file *file, struct buffer *why)
{
    struct stat status;

    if (fstat(file->fd, &status) != 0)
        return fail(why, "look at", file->path);
    if (status.st_uid != geteuid() && geteuid() != 0) {
        buffer_printf(why,
                      "%s belongs to another user (%ld), who could read all "
                      "tokens and secrets in it",
                      file->path, (long)status.st_uid);
        return -1;
    }
    if ((status.st_mode & 077) && fchmod(file->fd, 0600) != 0)
        return fail(why, "make private", file->path);
    return 0;
}

/* A server that ended meanwhile may have put a new file in its place. */
int log_file_open(struct log_file *file, const char *path, struct buffer *why)
{
    *file = (struct log_file){.path = path, .fd = -1};
    do {
        log_file_close(file);
        file->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
        if (file->fd < 0)
            return fail(why, "open", path);
        if (check_kind(file, why) != 0 || check_owner(file, why) != 0 ||
            lock(file, why) != 0) {
            log_file_close(file);
            return -1;
        }
    } while (!is_in_place(file));
    return 0;
}

/* It waits for nobody who would write into a pipe. */
int log_file_open_to_read(struct log_file *file, const char *path,
                          struct buffer *why)
{
    *file = (struct log_file){.path = path, .fd = -1};
    file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->fd < 0)
        return fail(why, "open", path);
    if (check_kind(file, why) == 0)
        return 0;
    log_file_close(file);
    return -1;
}

void log_file_close(struct log_file *file)
{
    if (file->fd >= 0)
        (void)close(file->fd);
    file->fd = -1;
}

/* ---- writing ---- */

static int write_all(int fd, const struct buffer *bytes, off_t offset)
{
    size_t written = 0;

    while (written < bytes->length) {
        ssize_t count =
            pwrite(fd, bytes->data + written, bytes->length - written,
                   offset + (off_t)written);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        written += (size_t)count;
    }
    return 0;
}

static int cut_off(struct log_file *file)
{
    if (file->is_ragged && ftruncate(file->fd, file->end) != 0)
        return -1;
    file->is_ragged = false;
    return 0;
}

int log_file_append(struct log_file *file, const struct buffer *lines,
                    bool sync, struct buffer *why)
{
    int result = cut_off(file);

    if (result == 0) {
        file->is_ragged = true;
        result = write_all(file->fd, lines, file->end);
    }
    if (result == 0 && sync)
        result = fdatasync(file->fd);
    if (result != 0) {
        (void)fail(why, "write", file->path);
        (void)cut_off(file);
        return -1;
    }
    file->is_ragged = false;
    file->end += (off_t)lines->length;
    return 0;
}

/* The name of a file is kept by its folder. */
static void sync_folder(const char *path)
{
    char *folder = xstrdup(path);
    char *slash = strrchr(folder, '/');
    int fd;

    if (slash)
        slash[slash == folder] = '\0';
    fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    free(folder);
}

/* What was left there, or laid there by somebody else, is not written to. */
static int write_new(struct log_file *made, const struct buffer *lines,
                     struct buffer *why)
{
    if (unlink(made->path) != 0 && errno != ENOENT)
        return fail(why, "remove", made->path);
    made->fd = open(made->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made->fd < 0)
        return fail(why, "open", made->path);
    if (lock(made, why) != 0)
        return -1;
    if (write_all(made->fd, lines, 0) != 0 || fsync(made->fd) != 0)
        return fail(why, "write", made->path);
    made->end = (off_t)lines->length;
    return 0;
}

int log_file_replace(struct log_file *file, const struct buffer *lines,
                     struct buffer *why)
{
    /* Of a symbolic link the file is replaced that it leads to. */
    char *place = realpath(file->path, NULL);
    char *path = xasprintf("%s.new", place ? place : file->path);
    struct log_file made = {.path = path, .fd = -1};
    int result = write_new(&made, lines, why);

    if (result == 0 && rename(path, place ? place : file->path) != 0)
        result = fail(why, "replace", file->path);
    if (result == 0) {
        sync_folder(path);
        log_file_close(file);
        file->fd = made.fd;
        file->end = made.end;
        file->is_ragged = false;
    } else {
        log_file_close(&made);
        (void)unlink(path);
    }
    free(place);
    free(path);
    return result;
}
