/*
 * Small files, and a folder to put them in. What is returned is freed with
 * free(). A failure of these is a failure of the machine, not of the server:
 * they print what is wrong and return NULL or -1.
 */
#ifndef CLIENT_TESTS_FILES_H
#define CLIENT_TESTS_FILES_H

#include <stdarg.h>
#include <stddef.h>

/* The text of a file with a NUL after it; NULL, quietly, if there is none. */
char *file_read(const char *path);

int file_write(const char *path, const char *text);

/* A new folder under TMPDIR, or /tmp. */
char *folder_create(void);

/* Removes a folder with the files in it and in its folders. */
int folder_remove(const char *path);

/* printf into new memory. */
char *text_printf(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
char *text_vprintf(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

#endif
