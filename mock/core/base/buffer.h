/*
 * Bytes that grow at the end. The caller owns the struct: set it to BUFFER_INIT
 * (or zero it), and end with buffer_free(). `data` is NULL while nothing was
 * ever added; afterwards a NUL stands after the last byte, not counted in
 * `length`. `data` moves when the buffer grows.
 */
#ifndef SLACKMOCK_BUFFER_H
#define SLACKMOCK_BUFFER_H

#include <stddef.h>

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

#define BUFFER_INIT                                                            \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_integer(struct buffer *buffer, long long number);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes it longer by bytes that the caller sets, from the result on. */
char *buffer_extend(struct buffer *buffer, size_t length);

/* Empties it and keeps its memory for the next use. */
void buffer_clear(struct buffer *buffer);

/* The content as a C string, "" while nothing was added. Lent. */
const char *buffer_text(const struct buffer *buffer);

/* Gives the content away, to be freed by the caller, and starts afresh. */
char *buffer_take(struct buffer *buffer);

void buffer_free(struct buffer *buffer);

#endif
