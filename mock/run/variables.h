/*
 * The environment of a command: a copy of one, with variables set and taken
 * out. Every init is paired with a free.
 */
#ifndef SLACKMOCK_VARIABLES_H
#define SLACKMOCK_VARIABLES_H

#include <stddef.h>

struct variables {
    char **entries; /* NAME=VALUE, a NULL after the last */
    size_t count;
};

/* Copies `entries`, which end with a NULL. */
void variables_init(struct variables *variables, char *const *entries);

/* NULL if there is none of that name. Lent until the next change. */
const char *variables_get(const struct variables *variables, const char *name);

/* In the place of one of that name, if there is one. */
void variables_set(struct variables *variables, const char *name,
                   const char *value);

/* Behind what the variable holds, parted by a blank. */
void variables_append(struct variables *variables, const char *name,
                      const char *value);

void variables_free(struct variables *variables);

#endif
