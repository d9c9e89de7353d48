/*
 * Going back to the last `*` alone is enough, so the cost is at most the
 * product of the two lengths.
 */
#include "rules/glob.h"

#include <string.h>

/* What one letter of a glob, not a `*`, may stand for. */
typedef bool letter_fits(char letter, char other);

static bool fits_byte(char letter, char byte)
{
    return letter == '?' || letter == byte;
}

/* A `*` of the other glob may be more than one byte, or none. */
static bool fits_letter(char letter, char other)
{
    return letter == other || (letter == '?' && other != '*');
}

static bool matches(const char *glob, const char *text, size_t length,
                    letter_fits *fits)
{
    const char *star = NULL; /* what follows the last `*` */
    size_t star_at = 0;      /* where that part was tried last */
    size_t at = 0;

    while (at < length) {
        if (*glob == '*') {
            star = ++glob;
            star_at = at;
        } else if (*glob && fits(*glob, text[at])) {
            glob++;
            at++;
        } else if (star) {
            glob = star;
            at = ++star_at;
        } else {
            return false;
        }
    }
    while (*glob == '*')
        glob++;
    return *glob == '\0';
}

bool glob_matches(const char *glob, const char *text, size_t length)
{
    return matches(glob, text, length, fits_byte);
}

bool glob_is_exact(const char *glob)
{
    return !strpbrk(glob, "*?");
}

struct glob_start glob_start(const char *glob)
{
    unsigned char bytes[sizeof(uint64_t)] = {0};
    unsigned char mask[sizeof(uint64_t)] = {0};
    struct glob_start start;
    size_t at;

    for (at = 0; glob && at < sizeof bytes && glob[at] && glob[at] != '*'; at++)
        if (glob[at] != '?') {
            bytes[at] = (unsigned char)glob[at];
            mask[at] = 0xff;
        }
    memcpy(&start.bytes, bytes, sizeof bytes);
    memcpy(&start.mask, mask, sizeof mask);
    return start;
}

uint64_t glob_text_start(const char *text, size_t length)
{
    uint64_t bytes = 0;

    if (text)
        memcpy(&bytes, text, length < sizeof bytes ? length : sizeof bytes);
    return bytes;
}

bool glob_includes(const char *outer, const char *inner)
{
    return matches(outer, inner, strlen(inner), fits_letter);
}
