/*
 * ASCII text, whatever the locale says. The distance between words is Damerau's
 * and Levenshtein's, in its form without overlapping exchanges.
 */
#include "base/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

char text_lower(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        byte ^= 'A' ^ 'a';
    return byte;
}

bool text_is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') ||
           (text_lower(byte) >= 'a' && text_lower(byte) <= 'z');
}

int text_hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte = text_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool text_is_control(char byte)
{
    return (unsigned char)byte < 0x20 || byte == 0x7f;
}

/* 1 for each byte of a token; a row for each sixteen, those of ASCII alone. */
static const char token_bytes[UCHAR_MAX + 1] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control bytes */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control bytes */
    0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, /*  !"#$%&'()*+,-./ */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, /* 0123456789:;<=>? */
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* @ABCDEFGHIJKLMNO */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, /* PQRSTUVWXYZ[\]^_ */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* `abcdefghijklmno */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, /* pqrstuvwxyz{|}~ */
};

bool text_is_token_byte(char byte)
{
    return token_bytes[(unsigned char)byte];
}

bool text_is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

bool text_equals(const char *bytes, size_t length, const char *text)
{
    return length == strlen(text) && memcmp(bytes, text, length) == 0;
}

bool text_equals_secret(const char *bytes, size_t length, const char *secret)
{
    unsigned difference = 0;

    if (length != strlen(secret))
        return false;
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)bytes[i] ^ (unsigned char)secret[i];
    return !difference;
}

bool text_same_ignore_case(const char *bytes, const char *others, size_t length)
{
    if (memcmp(bytes, others, length) == 0) /* as most are written */
        return true;
    for (size_t i = 0; i < length; i++)
        if (text_lower(bytes[i]) != text_lower(others[i]))
            return false;
    return true;
}

bool text_is_header_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!text_is_token_byte(name[i]))
            return false;
    return length > 0;
}

bool text_is_header_value(const char *text)
{
    for (; *text; text++)
        if (text_is_control(*text) && *text != '\t')
            return false;
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Fills rows[0], the distances from the first `i` letters of `a` to each
 * beginning of `b`; rows[1] are those from one letter less, rows[2] from two.
 */
static void fill_row(size_t **rows, const char *a, size_t i, const char *b)
{
    rows[0][0] = i;
    for (size_t j = 1; b[j - 1]; j++) {
        size_t wrong = a[i - 1] != b[j - 1];
        size_t slips = least(rows[0][j - 1], rows[1][j]) + 1;

        slips = least(slips, rows[1][j - 1] + wrong);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            slips = least(slips, rows[2][j - 2] + 1);
        rows[0][j] = slips;
    }
}

static size_t distance(const char *a, const char *b)
{
    size_t width = strlen(b) + 1;
    size_t *numbers = xcalloc(3 * width, sizeof *numbers);
    size_t *rows[] = {numbers, numbers + width, numbers + 2 * width};
    size_t slips;

    for (size_t j = 0; j < width; j++)
        rows[0][j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t *oldest = rows[2];

        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        fill_row(rows, a, i, b);
    }
    slips = rows[0][width - 1];
    free(numbers);
    return slips;
}

/*
 * Lengths alone rule most candidates out, and keep a hostile word of a million
 * letters from costing more than its reading.
 */
static bool may_be_near(size_t length, size_t other, size_t slips)
{
    return (length < other ? other - length : length - other) <= slips;
}

const char *text_nearest(const char *word, const char *const *candidates,
                         size_t count)
{
    size_t length = strlen(word);
    size_t allowed = length < 3 ? 1 : length / 3;
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t slips;

        if (!may_be_near(length, strlen(candidates[i]), allowed))
            continue;
        slips = distance(word, candidates[i]);
        if (slips < allowed || (slips == allowed && !nearest)) {
            nearest = candidates[i];
            allowed = slips;
        }
    }
    return nearest;
}
