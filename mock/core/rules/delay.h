/*
 * How long a rule holds a reply back: a fixed time, or one drawn anew for each
 * call. In milliseconds.
 */
#ifndef SLACKMOCK_DELAY_H
#define SLACKMOCK_DELAY_H

#include <stdint.h>

#include "json/json_fields.h"

struct random;

#define DELAY_MOST 86400000 /* 24 hours */

enum delay_kind {
    DELAY_NONE,
    DELAY_UNIFORM,   /* from `least` to `most`, which may be the same */
    DELAY_LOG_NORMAL /* half of them are below `least`, the median */
};

struct delay {
    enum delay_kind kind;
    long long least;
    long long most;
    double sigma; /* of the logarithm */
};

extern const struct json_field *const delay_tables[];

/* Reads a number, {"min","max"} or {"median","sigma"}. */
void delay_read(const struct json_reader *reader, const struct cJSON *value,
                const struct json_path *path, struct delay *delay);

/* From 0 to DELAY_MOST. Draws from `random` only what is not fixed. */
int64_t delay_draw(const struct delay *delay, struct random *random);

#endif
