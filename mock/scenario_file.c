/*
 * Finds and reads scenarios. A path in `extends` is made short before it is
 * used, `a/../b` is `b`, so that one file has one name: mistakes are read by
 * it, and cycles found. For the same reason a file with a shipped scenario's
 * name is called `./NAME`.
 */
#include "scenario_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "scenario/shipped_scenarios.h"

#define PIECE ((size_t)1 << 16)

static int fail(struct buffer *why, const char *reason)
{
    buffer_add_text(why, reason);
    return -1;
}

static int fail_of_size(struct buffer *why, size_t most)
{
    buffer_printf(why, "larger than --max-scenario, %zu bytes", most);
    return -1;
}

/* Reads to the end, whatever the size was said to be. */
static int read_all(int fd, size_t most, struct buffer *bytes,
                    struct buffer *why)
{
    ssize_t count;

    do {
        const size_t had = bytes->length;
        char *to = buffer_extend(bytes, PIECE);

        count = read(fd, to, PIECE);
        bytes->length = had + (count > 0 ? (size_t)count : 0);
        bytes->data[bytes->length] = '\0';
        if (count < 0 && errno != EINTR)
            return fail(why, strerror(errno));
        if (bytes->length > most)
            return fail_of_size(why, most);
    } while (count != 0);
    return 0;
}

static int read_open_file(int fd, const struct scenario_files *files,
                          struct buffer *bytes, struct buffer *why)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return fail(why, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return fail(why, "found a directory, wanted a file");
    if (files->are_regular && !S_ISREG(status.st_mode))
        return fail(why, "found a pipe or a device, wanted a file: it is read "
                         "again");
    if ((uintmax_t)status.st_size > files->size_most)
        return fail_of_size(why, files->size_most);
    return read_all(fd, files->size_most, bytes, why);
}

static int read_file(const char *path, const struct scenario_files *files,
                     struct scenario_text *text, struct buffer *why)
{
    struct buffer bytes = BUFFER_INIT;
    /* Without O_NONBLOCK opening a pipe waits for a writer. */
    int fd = open(path,
                  O_RDONLY | O_CLOEXEC | (files->are_regular ? O_NONBLOCK : 0));
    int result;

    if (fd < 0)
        return fail(why, strerror(errno));
    result = read_open_file(fd, files, &bytes, why);
    (void)close(fd);
    if (result == 0) {
        text->name =
            xasprintf("%s%s", shipped_scenario_find(path) ? "./" : "", path);
        text->length = bytes.length;
        text->bytes = buffer_take(&bytes);
    }
    buffer_free(&bytes);
    return result;
}

/* Elsewhere a path has backslashes; here they are bytes of a name. */
static void suggest_slashes(const char *path, struct buffer *why)
{
    if (!strchr(path, '\\'))
        return;
    buffer_add_text(why, "; wanted slashes in a path: \"");
    for (; *path; path++)
        if (*path == '\\')
            buffer_add_byte(why, '/');
        else
            buffer_add_byte(why, *path);
    buffer_add_byte(why, '"');
}

/* The name on the command line. */
static int find_given(const char *name, const struct scenario_files *files,
                      struct scenario_text *text, struct buffer *why)
{
    bool exists = access(name, F_OK) == 0;

    if (!exists && shipped_scenario_read(name, text))
        return 0;
    if (read_file(name, files, text, why) == 0)
        return 0;
    if (!exists) {
        suggest_slashes(name, why);
        shipped_scenario_suggest(name, why);
    }
    return -1;
}

/* Removes the last folder of a path; false if that is empty or `..`. */
static bool leave_folder(struct buffer *path)
{
    size_t end = path->length ? path->length - 1 : 0; /* of its name */
    size_t start = end;

    while (start && path->data[start - 1] != '/')
        start--;
    if (start == end || text_equals(path->data + start, end - start, ".."))
        return false;
    path->length = start;
    path->data[start] = '\0';
    return true;
}

/* Goes from a folder, "" or with a slash at its end, along `length` bytes. */
static void follow(struct buffer *path, const char *way, size_t length)
{
    const char *end = way + length;

    while (way < end) {
        const char *slash = memchr(way, '/', (size_t)(end - way));
        const char *next = slash ? slash + 1 : end;
        size_t size = (size_t)((slash ? slash : end) - way);

        if (text_equals(way, size, "..")) {
            if (!leave_folder(path))
                buffer_add_text(path, "../");
        } else if (size && !text_equals(way, size, ".")) {
            buffer_add(path, way, (size_t)(next - way));
        }
        way = next;
    }
}

static int find_beside(const char *name, const char *named_by,
                       const struct scenario_files *files,
                       struct scenario_text *text, struct buffer *why)
{
    const char *slash = strrchr(named_by, '/');
    struct buffer path = BUFFER_INIT;
    int result;

    if (*named_by == '/')
        buffer_add_byte(&path, '/');
    follow(&path, named_by, slash ? (size_t)(slash - named_by) + 1 : 0);
    follow(&path, name, strlen(name));
    result = read_file(buffer_text(&path), files, text, why);
    if (result != 0)
        suggest_slashes(name, why);
    buffer_free(&path);
    return result;
}

int scenario_file_find(void *context, const char *name, const char *named_by,
                       struct scenario_text *text, struct buffer *why)
{
    const struct scenario_files *files = context;

    if (!named_by)
        return find_given(name, files, text, why);
    if (strncmp(name, "./", 2) == 0 || strncmp(name, "../", 3) == 0)
        return find_beside(name, named_by, files, text, why);
    if (shipped_scenario_read(name, text))
        return 0;
    buffer_add_text(why, "no shipped scenario of that name, and no path, which "
                         "starts with ./ or ../");
    suggest_slashes(name, why);
    shipped_scenario_suggest(name, why);
    return -1;
}
