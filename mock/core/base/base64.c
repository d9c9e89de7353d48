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
