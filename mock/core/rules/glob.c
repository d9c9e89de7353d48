/*
 * Matches globs. After a mismatch it is enough to go back to the last `*`, so
 * the cost is at most the product of the two lengths.
 */
#include "rules/glob.h"

#include <string.h>

#define EDGE_SIZE sizeof(uint64_t)

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
    /* What is spelt as the glob matches it, and most globs are exact. */
    if (strlen(glob) == length && memcmp(glob, text, length) == 0)
        return true;
    return matches(glob, text, length, fits_byte);
}

bool glob_is_exact(const char *glob)
{
    return !strpbrk(glob, "*?");
}

/* Sets the edge at one end of a glob, up to its nearest `*`. */
static void set_edge(const char *glob, size_t length, bool at_end,
                     struct glob_edge *edge)
{
    unsigned char bytes[EDGE_SIZE] = {0};
    unsigned char mask[EDGE_SIZE] = {0};
    size_t at;

    for (at = 0; at < EDGE_SIZE && at < length; at++) {
        char letter = glob[at_end ? length - 1 - at : at];
        size_t place = at_end ? EDGE_SIZE - 1 - at : at;

        if (letter == '*')
            break;
        if (letter != '?') {
            bytes[place] = (unsigned char)letter;
            mask[place] = 0xff;
        }
    }
    memcpy(&edge->bytes, bytes, EDGE_SIZE);
    memcpy(&edge->mask, mask, EDGE_SIZE);
}

void glob_edges(const char *glob, struct glob_edge edges[EDGES])
{
    const size_t length = glob ? strlen(glob) : 0;

    set_edge(glob, length, false, &edges[EDGE_START]);
    set_edge(glob, length, true, &edges[EDGE_END]);
}

void glob_text_edges(const char *text, size_t length, uint64_t edges[EDGES])
{
    edges[EDGE_START] = 0;
    edges[EDGE_END] = 0;
    if (text && length >= EDGE_SIZE) {
        memcpy(&edges[EDGE_START], text, EDGE_SIZE);
        memcpy(&edges[EDGE_END], text + length - EDGE_SIZE, EDGE_SIZE);
    } else if (text) {
        memcpy(&edges[EDGE_START], text, length);
        memcpy((char *)&edges[EDGE_END] + EDGE_SIZE - length, text, length);
    }
}

bool glob_includes(const char *outer, const char *inner)
{
    return matches(outer, inner, strlen(inner), fits_letter);
}
