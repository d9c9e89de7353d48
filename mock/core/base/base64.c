/* Six bits a letter, from the first on. */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz0123456789+/";

bool base64_decode(const char *text, size_t length, struct buffer *decoded)
{
    unsigned bits = 0;
    int held = 0;
    size_t place;

    while (length && text[length - 1] == '=')
        length--;
    if (length % 4 == 1)
        return false;
    for (place = 0; place < length; place++) {
        const char *digit = text[place] ? strchr(digits, text[place]) : NULL;

        if (!digit)
            return false;
        bits = bits << 6 | (unsigned)(digit - digits);
        held += 6;
        if (held >= 8) {
            held -= 8;
            buffer_add_byte(decoded, (char)(bits >> held & 0xff));
        }
    }
    return true;
}

/* The letters of one to three bytes. */
static void add_group(const unsigned char *bytes, size_t count,
                      struct buffer *encoded)
{
    uint32_t bits = (uint32_t)bytes[0] << 16;

    if (count > 1)
        bits |= (uint32_t)bytes[1] << 8;
    if (count > 2)
        bits |= bytes[2];
    for (size_t letter = 0; letter < 4; letter++)
        buffer_add_byte(encoded, letter <= count
                                     ? digits[bits >> (18 - 6 * letter) & 63]
                                     : '=');
}

void base64_encode(const char *bytes, size_t length, struct buffer *encoded)
{
    for (size_t at = 0; at < length; at += 3)
        add_group((const unsigned char *)bytes + at,
                  length - at < 3 ? length - at : 3, encoded);
}
