/*
 * A growing run of bytes, always closed by a NUL so that it can be read as
 * text. It doubles, so that adding costs the same however long it gets.
 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static void grow(struct buffer *buffer, size_t wanted)
{
    size_t capacity = buffer->capacity ? buffer->capacity : 64;

    while (capacity < wanted)
        capacity *= 2;
    buffer->data = xreallocarray(buffer->data, capacity, 1);
    buffer->capacity = capacity;
}

/* Makes room for `more` bytes and a NUL. */
static void make_room(struct buffer *buffer, size_t more)
{
    if (buffer->length + more >= buffer->capacity)
        grow(buffer, buffer->length + more + 1);
}

char *buffer_extend(struct buffer *buffer, size_t length)
{
    char *start;

    make_room(buffer, length);
    start = buffer->data + buffer->length;
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return start;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
    char *start = buffer_extend(buffer, length);

    if (length)
        memcpy(start, bytes, length);
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    make_room(buffer, 1);
    buffer->data[buffer->length++] = byte;
    buffer->data[buffer->length] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    int length;

    make_room(buffer, 0);
    va_start(arguments, format);
    length = vsnprintf(buffer->data + buffer->length,
                       buffer->capacity - buffer->length, format, arguments);
    va_end(arguments);
    if (buffer->length + (size_t)length >= buffer->capacity) {
        make_room(buffer, (size_t)length);
        va_start(arguments, format);
        vsnprintf(buffer->data + buffer->length,
                  buffer->capacity - buffer->length, format, arguments);
        va_end(arguments);
    }
    buffer->length += (size_t)length;
}

void buffer_add_integer(struct buffer *buffer, long long number)
{
    unsigned long long rest = number < 0 ? 0ULL - (unsigned long long)number
                                         : (unsigned long long)number;
    char digits[24];
    size_t start = sizeof digits;

    do {
        digits[--start] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        digits[--start] = '-';
    buffer_add(buffer, digits + start, sizeof digits - start);
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
