/* One block of 64 bytes after the other; names are those of FIPS 180-4. */
#include "base/sha256.h"

#include <stdint.h>
#include <string.h>

#define BLOCK_SIZE  64
#define LENGTH_SIZE 8
#define ROUNDS      64

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

static void schedule(const unsigned char *block, uint32_t words[ROUNDS])
{
    size_t t;

    for (t = 0; t < 16; t++)
        words[t] = (uint32_t)block[4 * t] << 24 |
                   (uint32_t)block[4 * t + 1] << 16 |
                   (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
    for (; t < ROUNDS; t++) {
        uint32_t sigma0 = rotate(words[t - 15], 7) ^ rotate(words[t - 15], 18) ^
                          words[t - 15] >> 3;
        uint32_t sigma1 = rotate(words[t - 2], 17) ^ rotate(words[t - 2], 19) ^
                          words[t - 2] >> 10;

        words[t] = words[t - 16] + sigma0 + words[t - 7] + sigma1;
    }
}

static void add_block(uint32_t hash[8], const unsigned char *block)
{
    uint32_t words[ROUNDS];
    uint32_t v[8]; /* a to h */
    size_t t;

    schedule(block, words);
    memcpy(v, hash, sizeof v);
    for (t = 0; t < ROUNDS; t++) {
        uint32_t sum1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t sum0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t t1 = v[7] + sum1 + choice + constants[t] + words[t];

        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + sum0 + majority;
    }
    for (t = 0; t < 8; t++)
        hash[t] += v[t];
}

/* The last bytes, a one bit, zeros, and the length in bits. */
static void add_end(uint32_t hash[8], const unsigned char *rest, size_t length)
{
    unsigned char end[2 * BLOCK_SIZE] = {0};
    const size_t left = length % BLOCK_SIZE;
    const size_t size =
        left + 1 + LENGTH_SIZE > BLOCK_SIZE ? 2 * BLOCK_SIZE : BLOCK_SIZE;
    uint64_t bits = (uint64_t)length * 8;
    size_t place;

    if (left)
        memcpy(end, rest, left);
    end[left] = 0x80;
    for (place = 0; place < LENGTH_SIZE; place++, bits >>= 8)
        end[size - 1 - place] = (unsigned char)(bits & 0xff);
    for (place = 0; place < size; place += BLOCK_SIZE)
        add_block(hash, end + place);
}

void sha256(const void *bytes, size_t length, unsigned char digest[SHA256_SIZE])
{
    uint32_t hash[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *byte = bytes;
    const size_t whole = length - length % BLOCK_SIZE;
    size_t place;

    for (place = 0; place < whole; place += BLOCK_SIZE)
        add_block(hash, byte + place);
    add_end(hash, byte + whole, length);
    for (place = 0; place < SHA256_SIZE; place++)
        digest[place] =
            (unsigned char)(hash[place / 4] >> (24 - 8 * (place % 4)) & 0xff);
}
