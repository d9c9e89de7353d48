/*
 * Lists the authorizations of each installation: uninstalling an app need not
 * look at those of all others.
 */
#include "tokens/installations.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/authorization.h"
#include "tokens/table_key.h"

struct installation {
    struct authorization *newest; /* chained by `sibling` */
    size_t last_end;              /* 0: none so far */
    char key[];
};

static struct installation *add(struct hash_table *table,
                                const struct table_key *key)
{
    struct installation *made = xcalloc(1, sizeof *made + key->length);

    memcpy(made->key, key->bytes, key->length);
    hash_table_put(table, made->key, key->length, made);
    return made;
}

/* The installation of an app in a team, made if there is none yet. */
static struct installation *find_or_add(struct installations *installations,
                                        const struct app *app,
                                        const struct team *team)
{
    struct hash_table *table = &installations->by_app_and_team;
    struct installation *installation;
    struct table_key key;

    table_key_of_installation(&key, app, team);
    installation = hash_table_find(table, key.bytes, key.length);
    if (!installation)
        installation = add(table, &key);
    table_key_free(&key);
    return installation;
}

void installations_join(struct installations *installations,
                        struct authorization *authorization)
{
    struct installation *installation =
        find_or_add(installations, authorization->app, authorization->team);

    authorization->sibling = installation->newest;
    installation->newest = authorization;
}

void installations_end(struct installations *installations,
                       const struct app *app, const struct team *team)
{
    struct installation *installation = find_or_add(installations, app, team);
    struct authorization *authorization = installation->newest;

    for (; authorization; authorization = authorization->sibling)
        authorization->ending = ENDING_UNINSTALLED;
    installation->last_end = ++installations->ended;
}

size_t installations_last_end(const struct installations *installations,
                              const struct app *app, const struct team *team)
{
    const struct installation *installation;
    struct table_key key;

    if (!installations->ended)
        return 0;
    table_key_of_installation(&key, app, team);
    installation =
        hash_table_find(&installations->by_app_and_team, key.bytes, key.length);
    table_key_free(&key);
    return installation ? installation->last_end : 0;
}

void installations_free(struct installations *installations)
{
    struct installation *installation;
    size_t place = 0;

    while ((installation =
                hash_table_next(&installations->by_app_and_team, &place)))
        free(installation);
    hash_table_free(&installations->by_app_and_team);
}
