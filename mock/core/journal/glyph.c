/* Decodes percent-encoding, then JSON's escapes of ASCII, one at a time. */
#include "journal/glyph.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/*
 * JSON in JSON doubles them: so many are a text within a text within a text
 * within a text. A longer run is no escape, so that no run is read again and
 * again.
 */
#define BACKSLASHES_MOST 8

/* `%2D`, `%252D` and so on are all a dash. */
static struct glyph read_percent(const char *text, size_t length, size_t place)
{
    size_t digits = place + 1;
    int high = -1;
    int low = -1;

    while (length - digits >= 4 && memcmp(text + digits, "25", 2) == 0)
        digits += 2;
    if (length - digits >= 2) {
        high = text_hex_digit(text[digits]);
        low = text_hex_digit(text[digits + 1]);
    }
    if (high < 0 || low < 0)
        return (struct glyph){'%', 1, 0};
    return (struct glyph){(char)(high << 4 | low), digits + 2 - place, 0};
}

static struct glyph read_plain(const char *text, size_t length, size_t place)
{
    if (text[place] == '%')
        return read_percent(text, length, place);
    return (struct glyph){text[place], 1, 0};
}

/* Reads the next of an escape's bytes; 0 at the end of the text. */
static char read_on(const char *text, size_t length, size_t *place)
{
    struct glyph glyph;

    if (*place == length)
        return '\0';
    glyph = read_plain(text, length, *place);
    *place += glyph.written;
    return glyph.byte;
}

/*
 * The byte that an escape means, from the first backslash on; `first` itself
 * if it is none, or means no ASCII.
 */
static struct glyph read_escape(const char *text, size_t length, size_t place,
                                struct glyph first)
{
    const size_t start = place;
    struct glyph glyph = {0};
    int code = 0;
    char byte;

    do {
        byte = read_on(text, length, &place);
        glyph.backslashes += byte == '\\';
    } while (byte == '\\' && glyph.backslashes <= BACKSLASHES_MOST);
    if (byte != 'u')
        return first;
    for (int i = 0; i < 4; i++) {
        const int digit = text_hex_digit(read_on(text, length, &place));

        if (digit < 0)
            return first;
        code = code << 4 | digit;
    }
    glyph.byte = (char)code;
    glyph.written = place - start;
    return code < 0x80 ? glyph : first;
}

struct glyph glyph_decode(const char *text, size_t length, size_t place)
{
    const struct glyph glyph = read_plain(text, length, place);

    return glyph.byte == '\\' ? read_escape(text, length, place, glyph) : glyph;
}
