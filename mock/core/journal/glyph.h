/*
 * One byte of a text as a decoder would read it: the text may be
 * percent-encoded, once or several times, and be JSON within JSON.
 */
#ifndef SLACKMOCK_GLYPH_H
#define SLACKMOCK_GLYPH_H

#include <stddef.h>

struct glyph {
    char byte;
    size_t written;     /* how many bytes of the text it takes */
    size_t backslashes; /* of those, if it is written as JSON's \u0041 */
};

/* The same for a percent sign or backslash at `place`. */
struct glyph glyph_decode(const char *text, size_t length, size_t place);

/* The one that begins at `place`, which is before the end of the text. */
static inline struct glyph glyph_at(const char *text, size_t length,
                                    size_t place)
{
    if (text[place] == '%' || text[place] == '\\')
        return glyph_decode(text, length, place);
    return (struct glyph){text[place], 1, 0};
}

#endif
