/*
 * SHA-256 over one run of bytes that may be preceded by another: HMAC puts its
 * key in front of the message.
 */
#include "base/sha256.h"

#include <stdint.h>
#include <string.h>

#define BLOCK_SIZE  64
#define LENGTH_SIZE 8 /* of the bit count at the end of the last block */
#define ROUNDS      64

struct hash {
    uint32_t state[8];
    unsigned char block[BLOCK_SIZE];
    size_t used; /* bytes in the block */
    uint64_t length;
};

static const uint32_t first_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                        0xa54ff53a, 0x510e527f, 0x9b05688c,
                                        0x1f83d9ab, 0x5be0cd19};

static const uint32_t round_constants[ROUNDS] = {
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

static uint32_t rotate(uint32_t word, unsigned bits)
{
    return (word >> bits) | (word << (32 - bits));
}

static void expand(const unsigned char *block, uint32_t words[ROUNDS])
{
    size_t place;

    for (place = 0; place < 16; place++)
        words[place] = (uint32_t)block[4 * place] << 24 |
                       (uint32_t)block[4 * place + 1] << 16 |
                       (uint32_t)block[4 * place + 2] << 8 |
                       (uint32_t)block[4 * place + 3];
    for (; place < ROUNDS; place++) {
        const uint32_t early = words[place - 15];
        const uint32_t late = words[place - 2];

        words[place] = words[place - 16] + words[place - 7] +
                       (rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)) +
                       (rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10));
    }
}

/* One round: the eight words move on by one place. */
static void turn(uint32_t v[8], uint32_t addend)
{
    const uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    const uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    const uint32_t first =
        v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
        choice + addend;
    const uint32_t second =
        (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) + majority;

    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += first;
    v[0] = first + second;
}

static void take_block(struct hash *hash)
{
    uint32_t words[ROUNDS];
    uint32_t v[8];
    size_t place;

    expand(hash->block, words);
    memcpy(v, hash->state, sizeof v);
    for (place = 0; place < ROUNDS; place++)
        turn(v, round_constants[place] + words[place]);
    for (place = 0; place < 8; place++)
        hash->state[place] += v[place];
    hash->used = 0;
}

static void begin(struct hash *hash)
{
    memcpy(hash->state, first_state, sizeof hash->state);
    hash->used = 0;
    hash->length = 0;
}

static void add(struct hash *hash, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;

    hash->length += length;
    for (; length; length--) {
        hash->block[hash->used++] = *next++;
        if (hash->used == BLOCK_SIZE)
            take_block(hash);
    }
}

static void end(struct hash *hash, unsigned char digest[SHA256_SIZE])
{
    static const unsigned char mark = 0x80;
    static const unsigned char zero = 0;
    const uint64_t bits = hash->length * 8;
    unsigned char tail[LENGTH_SIZE];
    size_t place;

    for (place = 0; place < LENGTH_SIZE; place++)
        tail[place] = (unsigned char)(bits >> (56 - 8 * place));
    add(hash, &mark, 1);
    while (hash->used != BLOCK_SIZE - LENGTH_SIZE)
        add(hash, &zero, 1);
    add(hash, tail, LENGTH_SIZE);
    for (place = 0; place < SHA256_SIZE; place++)
        digest[place] =
            (unsigned char)(hash->state[place / 4] >> (24 - 8 * (place % 4)));
}

void sha256(const void *bytes, size_t length, unsigned char digest[SHA256_SIZE])
{
    struct hash hash;

    begin(&hash);
    add(&hash, bytes, length);
    end(&hash, digest);
}

/* The key fills a block, each byte of which is mixed with a pad. */
static void begin_with_key(struct hash *hash, const unsigned char *key,
                           unsigned char pad)
{
    unsigned char mixed[BLOCK_SIZE];
    size_t place;

    for (place = 0; place < BLOCK_SIZE; place++)
        mixed[place] = key[place] ^ pad;
    begin(hash);
    add(hash, mixed, BLOCK_SIZE);
}

void hmac_sha256(const char *key, const void *bytes, size_t length,
                 unsigned char digest[SHA256_SIZE])
{
    unsigned char block[BLOCK_SIZE] = {0};
    struct hash hash;

    if (strlen(key) > BLOCK_SIZE)
        sha256(key, strlen(key), block);
    else
        memcpy(block, key, strlen(key));
    begin_with_key(&hash, block, 0x36);
    add(&hash, bytes, length);
    end(&hash, digest);
    begin_with_key(&hash, block, 0x5c);
    add(&hash, digest, SHA256_SIZE);
    end(&hash, digest);
}

void sha256_to_hex(const unsigned char digest[SHA256_SIZE],
                   char hex[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    size_t place;

    for (place = 0; place < SHA256_SIZE; place++) {
        hex[2 * place] = digits[digest[place] >> 4];
        hex[2 * place + 1] = digits[digest[place] & 15];
    }
    hex[2 * SHA256_SIZE] = '\0';
}
