/* Six bits a letter, from the first on. */
#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* Up to three bytes are four letters. */
void base64_encode(const char *bytes, size_t length, struct buffer *text)
{
    for (size_t at = 0; at < length; at += 3) {
        unsigned char group[3] = {0, 0, 0};
        const size_t count = length - at < 3 ? length - at : 3;
        char letters[] = "====";
        unsigned bits;

        memcpy(group, bytes + at, count);
        bits = (unsigned)group[0] << 16 | (unsigned)group[1] << 8 | group[2];
        for (size_t letter = 0; letter <= count; letter++)
            letters[letter] = digits[bits >> (18 - 6 * letter) & 0x3f];
        buffer_add(text, letters, 4);
    }
}

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

void base64_url_encode(const void *bytes, size_t length, struct buffer *encoded)
{
    static const char url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz0123456789-_";
    const unsigned char *byte = bytes;
    unsigned bits = 0;
    int held = 0;
    size_t place;

    for (place = 0; place < length; place++) {
        bits = bits << 8 | byte[place];
        for (held += 8; held >= 6; held -= 6)
            buffer_add_byte(encoded, url_digits[bits >> (held - 6) & 63]);
        bits &= 0xff;
    }
    if (held)
        buffer_add_byte(encoded, url_digits[bits << (6 - held) & 63]);
}
