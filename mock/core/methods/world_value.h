/*
 * The values in a template that stand for something of the caller's world.
 */
#ifndef SLACKMOCK_WORLD_VALUE_H
#define SLACKMOCK_WORLD_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "call/issued_ids.h"

struct call;

/* What a reply says in several places, and always the same. */
struct world_values {
    struct call *call;
    char ts[MESSAGE_TS_SIZE]; /* "": no place has wanted it yet */
    char file[FILE_ID_SIZE];
};

enum world_value {
    WORLD_NO_VALUE, /* the text stands for itself */
    WORLD_TEXT,     /* for another text */
    WORLD_TRUE,
    WORLD_FALSE,
    WORLD_ABSENT /* for what the world does not have */
};

/* What a text of a template stands for; *value is lent until the next call. */
enum world_value world_value_of(struct world_values *values, const char *text,
                                size_t length, const char **value);

#endif
