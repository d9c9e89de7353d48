/*
 * Random numbers that follow from a seed byte for byte, on every machine. Each
 * purpose has its own stream, so that drawing for one does not move another.
 */
#ifndef SLACKMOCK_RANDOM_H
#define SLACKMOCK_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* RANDOM_SEEDS: for what has no seed of its own. */
enum random_purpose {
    RANDOM_TOKENS,
    RANDOM_REQUEST_IDS,
    RANDOM_SEEDS,
    RANDOM_CHANCES,
    RANDOM_EVENTS
};

struct random {
    uint64_t state;
};

void random_init(struct random *random, uint64_t seed,
                 enum random_purpose purpose);
uint64_t random_next(struct random *random);

/* Evenly spread from 0 on, below 1. */
double random_fraction(struct random *random);

/* Writes `length` characters out of `alphabet`, and no NUL. */
void random_text(struct random *random, const char *alphabet, char *text,
                 size_t length);

#endif
