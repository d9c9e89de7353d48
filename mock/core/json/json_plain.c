/* Looks at eight bytes at a time: nearly all strings are nothing but these. */
#include "json/json_plain.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EACH(byte) (0x0101010101010101ULL * (byte))

/*
 * The upper bit of each of eight bytes that needs an escape. It is set in the
 * byte itself beyond ASCII, not set in the sums for a control byte, a quote and
 * a backslash, and set in the last one for DEL. Behind a byte beyond ASCII,
 * where a sum may carry over, a bit may be wrong.
 */
static uint64_t escaped_bits(const char *bytes)
{
    uint64_t word;
    uint64_t good;

    memcpy(&word, bytes, sizeof word);
    good = (word + EACH(0x60)) & ((word ^ EACH('"')) + EACH(0x7f)) &
           ((word ^ EACH('\\')) + EACH(0x7f)) & ~(word | (word + EACH(0x01)));
    return ~good & EACH(0x80);
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

static size_t short_run(const char *bytes, size_t length)
{
    size_t run = 0;

    while (run < length && going[(unsigned char)bytes[run]])
        run++;
    return run;
}

/* How many of eight bytes go before the first that does not. */
static size_t run_before(uint64_t bits, const char *bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    (void)bytes;
    return (size_t)__builtin_ctzll(bits) / 8;
#else
    (void)bits;
    return short_run(bytes, 8);
#endif
}

/* True if four to eight bytes go: they are looked at as two halves. */
static bool all_go(const char *bytes, size_t length)
{
    char halves[8];

    memcpy(halves, bytes, 4);
    memcpy(halves + 4, bytes + length - 4, 4);
    return !escaped_bits(halves);
}

size_t json_plain_run(const char *bytes, size_t length)
{
    size_t run = 0;

    if (length >= 4 && length <= 8 && all_go(bytes, length))
        return length;
    for (; length - run >= 8; run += 8) {
        const uint64_t bits = escaped_bits(bytes + run);

        if (bits)
            return run + run_before(bits, bytes + run);
    }
    /* The last eight may overlap those before. */
    if (run && run < length && !escaped_bits(bytes + length - 8))
        return length;
    return run + short_run(bytes + run, length - run);
}
