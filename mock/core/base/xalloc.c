/*
 * One policy for memory that runs out: say so and exit. A mock that went on
 * with half a token table would mislead the test that relies on it.
 */
#include "base/xalloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(size_t size)
{
    fprintf(stderr, "slackmock: out of memory, %zu bytes wanted\n", size);
    exit(1);
}

void *xmalloc(size_t size)
{
    void *block = malloc(size ? size : 1);

    if (!block)
        out_of_memory(size);
    return block;
}

void *xcalloc(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);

    if (!block)
        out_of_memory(size);
    return block;
}

void *xreallocarray(void *block, size_t count, size_t size)
{
    void *resized;

    if (size && count > SIZE_MAX / size)
        out_of_memory(SIZE_MAX);
    resized = realloc(block, count && size ? count * size : 1);
    if (!resized)
        out_of_memory(count * size);
    return resized;
}

char *xmemdup0(const void *bytes, size_t length)
{
    char *copy = xmalloc(length + 1);

    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *xstrdup(const char *text)
{
    return xmemdup0(text, strlen(text));
}

char *xvasprintf(const char *format, va_list arguments)
{
    va_list again;
    char mostly[256]; /* is long enough, and saves a second pass */
    char *text;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(mostly, sizeof mostly, format, again);
    va_end(again);
    if (length < 0)
        out_of_memory(0);
    if ((size_t)length < sizeof mostly)
        return xstrdup(mostly);
    text = xmalloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *xasprintf(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    return text;
}
