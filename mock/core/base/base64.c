/* Six bits a letter, from the first on. */
#include "base/base64.h"

#include <string.h>

bool base64_decode(const char *text, size_t length, struct buffer *decoded)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
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

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static void encode(const void *bytes, size_t length, const char *digits,
                   struct buffer *encoded)
{
    const unsigned char *byte = bytes;
    unsigned bits = 0;
    int held = 0;
    size_t place;

    for (place = 0; place < length; place++) {
        bits = bits << 8 | byte[place];
        for (held += 8; held >= 6; held -= 6)
            buffer_add_byte(encoded, digits[bits >> (held - 6) & 63]);
        bits &= 0xff;
    }
    if (held)
        buffer_add_byte(encoded, digits[bits << (6 - held) & 63]);
}

void base64_encode(const void *bytes, size_t length, struct buffer *encoded)
{
    encode(bytes, length, LETTERS "0123456789+/", encoded);
    for (; length % 3; length++)
        buffer_add_byte(encoded, '=');
}

void base64_url_encode(const void *bytes, size_t length, struct buffer *encoded)
{
    encode(bytes, length, LETTERS "0123456789-_", encoded);
}
