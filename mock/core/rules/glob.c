/*
 * Matches globs. After a mismatch it is enough to go back to the last `*`, so
 * the cost is at most the product of the two lengths.
 */
#include "rules/glob.h"

#include <string.h>

#define EDGE sizeof(uint64_t)

/* Whether a letter of a glob, not a `*`, may stand for that other letter. */
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

/* Sets the edge at one end of a glob, up to its nearest `*`. */
static void set_edge(const char *glob, size_t length, bool at_end,
                     struct glob_edges *edges)
{
    unsigned char bytes[EDGE] = {0};
    unsigned char mask[EDGE] = {0};
    size_t at;

    for (at = 0; at < EDGE && at < length; at++) {
        char letter = glob[at_end ? length - 1 - at : at];
        size_t place = at_end ? EDGE - 1 - at : at;

        if (letter == '*')
            break;
        if (letter != '?') {
            bytes[place] = (unsigned char)letter;
            mask[place] = 0xff;
        }
    }
    memcpy(at_end ? &edges->bytes.end : &edges->bytes.start, bytes, EDGE);
    memcpy(at_end ? &edges->mask.end : &edges->mask.start, mask, EDGE);
}

struct glob_edges glob_edges(const char *glob)
{
    struct glob_edges edges = {{0, 0}, {0, 0}};

    if (glob) {
        set_edge(glob, strlen(glob), false, &edges);
        set_edge(glob, strlen(glob), true, &edges);
    }
    return edges;
}

struct text_edges glob_text_edges(const char *text, size_t length)
{
    struct text_edges edges = {0, 0};
    size_t size = length < EDGE ? length : EDGE;

    if (text) {
        memcpy(&edges.start, text, size);
        memcpy((char *)&edges.end + EDGE - size, text + length - size, size);
    }
    return edges;
}

bool glob_includes(const char *outer, const char *inner)
{
    return matches(outer, inner, strlen(inner), fits_letter);
}
