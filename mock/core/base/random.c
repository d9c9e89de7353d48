/*
 * SplitMix64 (Steele, Lea, Flood 2014): one word of state, and good enough for
 * tokens that protect nothing.
 */
#include "base/random.h"

#include <string.h>

void random_init(struct random *random, uint64_t seed,
                 enum random_purpose purpose)
{
    random->state = seed;
    random->state = random_next(random) + (uint64_t)purpose;
    random->state = random_next(random);
}

uint64_t random_next(struct random *random)
{
    uint64_t word = random->state += 0x9e3779b97f4a7c15ULL;

    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9ULL;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebULL;
    return word ^ (word >> 31);
}

/* The upper 53 bits: as many as a double holds exactly. */
double random_fraction(struct random *random)
{
    return (double)(random_next(random) >> 11) / 9007199254740992.0;
}

void random_text(struct random *random, const char *alphabet, char *text,
                 size_t length)
{
    const uint32_t letters = (uint32_t)strlen(alphabet);
    /* Times this, and without the lower 16 bits: what dividing a byte gives. */
    const uint32_t inverse = (0xffff + letters) / letters;
    uint64_t word = 0;
    size_t place;

    /*
     * One random word makes eight characters; the small bias of a byte does not
     * matter here.
     */
    for (place = 0; place < length; place++) {
        uint32_t byte;

        if (place % 8 == 0)
            word = random_next(random);
        byte = (uint32_t)word & 0xff;
        text[place] = alphabet[byte - (byte * inverse >> 16) * letters];
        word >>= 8;
    }
}
