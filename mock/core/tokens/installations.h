/*
 * What one app was granted in one team, all of it together, and when that ended
 * last. The caller owns the struct: zero it, and end with installations_free().
 */
#ifndef SLACKMOCK_INSTALLATIONS_H
#define SLACKMOCK_INSTALLATIONS_H

#include <stddef.h>

#include "base/hash_table.h"

struct app;
struct authorization;
struct team;

struct installations {
    struct hash_table by_app_and_team;
    size_t ended; /* so many uninstallations so far, of any of them */
};

/* Adds a new authorization to those of its app and team, which lends it. */
void installations_join(struct installations *installations,
                        struct authorization *authorization);

/* Ends every authorization of that app in that team. */
void installations_end(struct installations *installations,
                       const struct app *app, const struct team *team);

/* Which end was its last, of all, from 1 on; 0 if that app never left there. */
size_t installations_last_end(const struct installations *installations,
                              const struct app *app, const struct team *team);

void installations_free(struct installations *installations);

#endif
