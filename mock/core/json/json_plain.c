/* Looks at eight bytes at a time: nearly all strings are nothing but these. */
#include "json/json_plain.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EACH(byte) (0x0101010101010101ULL * (byte))

/*
 * True if none of the eight bytes needs an escape. Of each byte the upper bit
 * tells: it is set in the byte itself beyond ASCII, not set in the sums for a
 * control byte, a quote and a backslash, and set in the last one for DEL. As
 * long as all are ASCII no sum carries over into the next byte.
 */
static bool all_go(const char *bytes)
{
    uint64_t word;
    uint64_t good;

    memcpy(&word, bytes, sizeof word);
    good = (word + EACH(0x60)) & ((word ^ EACH('"')) + EACH(0x7f)) &
           ((word ^ EACH('\\')) + EACH(0x7f)) & ~(word | (word + EACH(0x01)));
    return (good & EACH(0x80)) == EACH(0x80);
}

/* 1 for each byte that goes; a row for each sixteen, those of ASCII alone. */
static const char going[UCHAR_MAX + 1] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control bytes */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* control bytes */
    1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /*  !"#$%&'()*+,-./ */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0123456789:;<=>? */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* @ABCDEFGHIJKLMNO */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, /* PQRSTUVWXYZ[\]^_ */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* `abcdefghijklmno */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, /* pqrstuvwxyz{|}~ */
};

size_t json_plain_run(const char *bytes, size_t length)
{
    size_t run = 0;

    while (length - run >= 8 && all_go(bytes + run))
        run += 8;
    /* The last eight may overlap those before. */
    if (length >= 8 && length - run < 8 && all_go(bytes + length - 8))
        return length;
    while (run < length && going[(unsigned char)bytes[run]])
        run++;
    return run;
}
