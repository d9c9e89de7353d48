/*
 * A growing run of bytes, always closed by a NUL so that it can be read as
 * text. It doubles, so that adding costs the same however long it gets.
 */
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

static void make_room(struct buffer *buffer, size_t more)
{
    size_t wanted = buffer->length + more + 1;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;

    if (buffer->data && wanted <= buffer->capacity)
        return;
    while (capacity < wanted)
        capacity *= 2;
    buffer->data = xreallocarray(buffer->data, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
    make_room(buffer, length);
    if (length)
        memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_add(buffer, &byte, 1);
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    buffer_add_text(buffer, text);
    free(text);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

char *buffer_take(struct buffer *buffer)
{
    char *content = buffer->data ? buffer->data : xstrdup("");

    *buffer = (struct buffer)BUFFER_INIT;
    return content;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer)BUFFER_INIT;
}
