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

static struct installation *add(struct hash_table *table, const char *key,
                                size_t length)
{
    struct installation *made = xcalloc(1, sizeof *made + length);

    memcpy(made->key, key, length);
    hash_table_put(table, made->key, length, made);
    return made;
}

/* That of a key, made if there is none yet. */
static struct installation *find_or_add(struct installations *installations,
                                        const char *key, size_t length)
{
    struct hash_table *table = &installations->by_app_and_team;
    struct installation *installation = hash_table_find(table, key, length);

    return installation ? installation : add(table, key, length);
}

void installations_join(struct installations *installations,
                        struct authorization *authorization)
{
    /* Its own key goes on with the type, a byte, and the user. */
    const size_t length =
        (size_t)(authorization->user - authorization->key) - 1;
    struct installation *installation =
        find_or_add(installations, authorization->key, length);

    authorization->sibling = installation->newest;
    installation->newest = authorization;
}

void installations_end(struct installations *installations,
                       const struct app *app, const struct team *team)
{
    struct authorization *authorization;
    struct installation *installation;
    struct table_key key;

    table_key_of_installation(&key, app, team);
    installation = find_or_add(installations, key.bytes, key.length);
    table_key_free(&key);
    authorization = installation->newest;
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

static int compare_ends(const void *left, const void *right)
{
    const struct installation_end *one = left;
    const struct installation_end *other = right;

    return (one->number > other->number) - (one->number < other->number);
}

struct installation_end *
installations_ends(const struct installations *installations, size_t *count)
{
    const struct hash_table *table = &installations->by_app_and_team;
    struct installation_end *ends = xcalloc(table->count, sizeof *ends);
    const struct installation *installation;
    size_t place = 0;

    *count = 0;
    while ((installation = hash_table_next(table, &place)))
        if (installation->last_end)
            ends[(*count)++] = (struct installation_end){
                installation->key,
                installation->key + strlen(installation->key) + 1,
                installation->last_end};
    qsort(ends, *count, sizeof *ends, compare_ends);
    return ends;
}

void installations_note_end(struct installations *installations,
                            const struct app *app, const struct team *team,
                            size_t number)
{
    struct table_key key;

    table_key_of_installation(&key, app, team);
    find_or_add(installations, key.bytes, key.length)->last_end = number;
    table_key_free(&key);
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
