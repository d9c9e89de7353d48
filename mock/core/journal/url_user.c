/*
 * What is encoded deeper than the URL's own slashes ends no password: in
 * http://u:p%2Fq@host the second slash that follows is the one after the host.
 */
#include "journal/url_user.h"

#include <string.h>

#include "base/text.h"
#include "journal/glyph.h"

/*
 * The most bytes of one slash: with many depths in one text, all that follows
 * would be read once for each.
 */
#define SLASH_MOST 16

/* True if two slashes, of which JSON may escape each, are at `*place`. */
static bool pass_slashes(const char *text, size_t length, size_t *place,
                         size_t *written)
{
    int slashes = 0;

    while (slashes < 2 && *place < length) {
        const struct glyph glyph = glyph_at(text, length, *place);

        if ((glyph.byte != '/' && glyph.byte != '\\') ||
            glyph.written > SLASH_MOST)
            return false;
        slashes += glyph.byte == '/';
        *written = glyph.written;
        *place += glyph.written;
    }
    return slashes == 2;
}

static bool ends_authority(char byte)
{
    return byte && (text_is_blank(byte) || strchr("/?#\\\"<>\r\n", byte));
}

bool url_user_find(const char *text, size_t length, size_t place, size_t *start,
                   size_t *end)
{
    size_t slash;

    if (!pass_slashes(text, length, &place, &slash))
        return false;
    *start = place;
    *end = place;
    while (place < length) {
        const struct glyph glyph = glyph_at(text, length, place);

        if (glyph.written <= slash && ends_authority(glyph.byte))
            break;
        if (glyph.written <= slash && glyph.byte == '@')
            *end = place;
        place += glyph.written;
    }
    return *end > *start;
}
