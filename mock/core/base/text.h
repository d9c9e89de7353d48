/*
 * ASCII text, whatever the locale says: bytes compared without letter case, and
 * the nearest word of a list for "did you mean".
 */
#ifndef SLACKMOCK_TEXT_H
#define SLACKMOCK_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The small letter of a capital from A to Z; any other byte as it is. */
char text_lower(char byte);

bool text_is_alphanumeric(char byte);

/* The value of a hexadecimal digit in any case, -1 if it is none. */
int text_hex_digit(char byte);

/* True for the control characters of ASCII, the tab too. */
bool text_is_control(char byte);

/* True for what a token of HTTP is made of (RFC 9110 5.6.2). */
bool text_is_token_byte(char byte);

/* True for a space and a tab. */
bool text_is_blank(char byte);

/* True if the `length` bytes at `bytes` are exactly the C string `text`. */
bool text_equals(const char *bytes, size_t length, const char *text);

/* The same of two C strings. Here, since most differ in their first letter:
 * that is seen without a call. */
static inline bool text_is(const char *text, const char *other)
{
    return *text == *other && strcmp(text, other) == 0;
}

/*
 * As text_equals(), in a time that does not tell which bytes are wrong. That a
 * length is wrong it does tell.
 */
bool text_equals_secret(const char *bytes, size_t length, const char *secret);

/* True if both have the same bytes, in any letter case of A to Z. */
bool text_same_ignore_case(const char *bytes, const char *others,
                           size_t length);

/* As text_equals(), in any letter case of A to Z. Here, so that the length of a
 * constant is one: most differ in theirs. */
static inline bool text_equals_ignore_case(const char *bytes, size_t length,
                                           const char *text)
{
    return length == strlen(text) && text_same_ignore_case(bytes, text, length);
}

/* True if it can be the name of an HTTP header (RFC 9110 5.6.2, a token). */
bool text_is_header_name(const char *name, size_t length);

/* True if it can be the value of one: no control character but the tab. */
bool text_is_header_value(const char *text);

/*
 * The candidate that takes the fewest slips to become `word`, if they are at
 * most a third of its length or one; else NULL. A slip is a letter too many,
 * missing or wrong, or two neighbours exchanged. The first of equals wins.
 */
const char *text_nearest(const char *word, const char *const *candidates,
                         size_t count);

#endif
