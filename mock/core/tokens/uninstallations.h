/*
 * Which apps were uninstalled in which teams, in order. The caller owns the
 * struct: zero it, and end with uninstallations_free().
 */
#ifndef SLACKMOCK_UNINSTALLATIONS_H
#define SLACKMOCK_UNINSTALLATIONS_H

#include <stddef.h>

#include "base/hash_table.h"

struct app;
struct team;

struct uninstallations {
    struct hash_table by_installation; /* the last one of each */
    size_t count;
};

void uninstallations_add(struct uninstallations *uninstallations,
                         const struct app *app, const struct team *team);

/* Which one it was, of all, from 1 on; 0 if that app never went there. */
size_t uninstallations_last(const struct uninstallations *uninstallations,
                            const struct app *app, const struct team *team);

void uninstallations_free(struct uninstallations *uninstallations);

#endif
