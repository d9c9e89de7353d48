/*
 * Reads the names of charsets, checks UTF-8 (Unicode 15, table 3-7), and
 * converts ISO-8859-1 to it.
 */
#include "base/charset.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum charset charset_from_name(const char *name, size_t length)
{
    if (text_equals_ignore_case(name, length, "utf-8"))
        return CHARSET_UTF_8;
    if (text_equals_ignore_case(name, length, "iso-8859-1"))
        return CHARSET_ISO_8859_1;
    return CHARSET_OTHER;
}

/* The bytes that a character begun by this one has; 0 if none begins so. */
static size_t announced_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/*
 * Overlong forms (after E0, F0), surrogates (after ED) and what lies beyond
 * U+10FFFF (after F4) are recognised by the second byte.
 */
static bool second_fits(unsigned char first, unsigned char second)
{
    unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;

    return second >= lowest && second <= highest;
}

/* The length of the character that begins here; 0 if it is not well-formed. */
static size_t character_length(const char *bytes, size_t left)
{
    unsigned char first = (unsigned char)bytes[0];
    size_t length = announced_length(first);

    if (length > left)
        return 0;
    if (length > 1 && !second_fits(first, (unsigned char)bytes[1]))
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

/* How many bytes from here on are ASCII, eight at a time: most are. */
static size_t ascii_run(const char *bytes, size_t length)
{
    size_t run = 0;
    uint64_t word;

    for (; length - run >= sizeof word; run += sizeof word) {
        memcpy(&word, bytes + run, sizeof word);
        if (word & 0x8080808080808080ULL)
            break;
    }
    while (run < length && (unsigned char)bytes[run] < 0x80)
        run++;
    return run;
}

size_t charset_utf8_run(const char *bytes, size_t length)
{
    size_t at = ascii_run(bytes, length);

    while (at < length) {
        size_t step = character_length(bytes + at, length - at);

        if (!step)
            return at;
        at += step;
        at += ascii_run(bytes + at, length - at);
    }
    return length;
}

bool charset_is_utf8(const char *bytes, size_t length)
{
    return charset_utf8_run(bytes, length) == length;
}

static void add_latin1(const char *bytes, size_t length, struct buffer *output)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        if (byte >= 0x80) {
            buffer_add_byte(output, (char)(0xC0 | byte >> 6));
            byte = 0x80 | (byte & 0x3F);
        }
        buffer_add_byte(output, (char)byte);
    }
}

int charset_to_utf8(enum charset charset, const char *bytes, size_t length,
                    struct buffer *output)
{
    switch (charset) {
    case CHARSET_NONE:
    case CHARSET_UTF_8:
        if (!charset_is_utf8(bytes, length))
            return -1;
        buffer_add(output, bytes, length);
        return 0;
    case CHARSET_ISO_8859_1:
        add_latin1(bytes, length, output);
        return 0;
    case CHARSET_OTHER:
        break;
    }
    return -1;
}

/*
 * No JSON text has a NUL in its first two bytes unless a byte is half a
 * character, and none has two of them side by side unless it is a quarter.
 */
const char *charset_of_wide_json(const char *bytes, size_t length)
{
    if (length < 2 ||
        (memcmp(bytes, "\xff\xfe", 2) != 0 &&
         memcmp(bytes, "\xfe\xff", 2) != 0 && !memchr(bytes, '\0', 2)))
        return NULL;
    if (length >= 4 &&
        (memcmp(bytes, "\0\0", 2) == 0 || memcmp(bytes + 2, "\0\0", 2) == 0))
        return "UTF-32";
    return "UTF-16";
}
