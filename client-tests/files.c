/* Files, folders and formatted text for the tests; see files.h. */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK 4096

char *text_vprintf(const char *format, va_list arguments)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (!text || vsnprintf(text, (size_t)length + 1, format, arguments) < 0)
        abort();
    return text;
}

char *text_printf(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = text_vprintf(format, arguments);
    va_end(arguments);
    return text;
}

char *file_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0;
    size_t got;

    if (!file)
        return NULL;
    do {
        char *longer = realloc(text, length + CHUNK + 1);

        if (!longer)
            abort();
        text = longer;
        got = fread(text + length, 1, CHUNK, file);
        length += got;
    } while (got > 0);
    text[length] = '\0';
    (void)fclose(file);
    return text;
}

int file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    size_t length = strlen(text);
    size_t written = file ? fwrite(text, 1, length, file) : 0;

    if (!file || fclose(file) != 0 || written != length) {
        (void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    return 0;
}

char *folder_create(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = text_printf("%s/slackmock-test-XXXXXX",
                             parent && *parent ? parent : "/tmp");

    if (mkdtemp(path))
        return path;
    (void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
    free(path);
    return NULL;
}

static int entry_remove(const char *path)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return -1;
    return S_ISDIR(status.st_mode) ? folder_remove(path) : unlink(path);
}

int folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    int result = 0;

    if (!folder)
        return -1;
    while ((entry = readdir(folder)) != NULL) {
        char *name;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        name = text_printf("%s/%s", path, entry->d_name);
        if (entry_remove(name) != 0)
            result = -1;
        free(name);
    }
    (void)closedir(folder);
    return rmdir(path) == 0 ? result : -1;
}
