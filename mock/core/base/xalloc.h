/*
 * Allocation that cannot fail: out of memory ends the process with a message
 * and exit status 1. So no caller of these has a NULL to check. What is
 * returned is freed with free().
 */
#ifndef SLACKMOCK_XALLOC_H
#define SLACKMOCK_XALLOC_H

#include <stdarg.h>
#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);

/* Resizes to count * size bytes; the product is checked for overflow. */
void *xreallocarray(void *block, size_t count, size_t size);

char *xstrdup(const char *text);

/* Copies length bytes, NULs among them too, and puts a NUL after them. */
char *xmemdup0(const void *bytes, size_t length);

char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

#endif
