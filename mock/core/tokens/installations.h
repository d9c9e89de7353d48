/*
 * Installations: all authorizations of one app in one team, and when it was
 * uninstalled last. The caller owns the struct: zero it, and end with
 * installations_free().
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
    size_t ended; /* how many uninstallations there have been, of any app */
};

/* Adds a new authorization to those of its app and team, which lends it. */
void installations_join(struct installations *installations,
                        struct authorization *authorization);

/* Ends every authorization of that app in that team. */
void installations_end(struct installations *installations,
                       const struct app *app, const struct team *team);

/*
 * The number of its last uninstallation, counted from 1 over all apps and
 * teams; 0 if it never was uninstalled.
 */
size_t installations_last_end(const struct installations *installations,
                              const struct app *app, const struct team *team);

/* An uninstallation, as it is saved. The ids are lent. */
struct installation_end {
    const char *app;
    const char *team;
    size_t number;
};

/* The last of each app and team, in their order, in an array to be freed. */
struct installation_end *
installations_ends(const struct installations *installations, size_t *count);

/* Notes one that is none of any authorization here. */
void installations_note_end(struct installations *installations,
                            const struct app *app, const struct team *team,
                            size_t number);

void installations_free(struct installations *installations);

#endif
