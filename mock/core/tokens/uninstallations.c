/* One entry an installation, however often it ended. */
#include "tokens/uninstallations.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/table_key.h"

struct uninstallation {
    size_t number;
    char key[];
};

static struct uninstallation *create(struct hash_table *table,
                                     const struct table_key *key)
{
    struct uninstallation *made = xcalloc(1, sizeof *made + key->length);

    memcpy(made->key, key->bytes, key->length);
    hash_table_put(table, made->key, key->length, made);
    return made;
}

void uninstallations_add(struct uninstallations *uninstallations,
                         const struct app *app, const struct team *team)
{
    struct hash_table *table = &uninstallations->by_installation;
    struct uninstallation *last;
    struct table_key key;

    table_key_of_installation(&key, app, team);
    last = hash_table_find(table, key.bytes, key.length);
    if (!last)
        last = create(table, &key);
    last->number = ++uninstallations->count;
    table_key_free(&key);
}

size_t uninstallations_last(const struct uninstallations *uninstallations,
                            const struct app *app, const struct team *team)
{
    const struct uninstallation *last;
    struct table_key key;

    if (!uninstallations->count)
        return 0;
    table_key_of_installation(&key, app, team);
    last = hash_table_find(&uninstallations->by_installation, key.bytes,
                           key.length);
    table_key_free(&key);
    return last ? last->number : 0;
}

void uninstallations_free(struct uninstallations *uninstallations)
{
    struct uninstallation *last;
    size_t place = 0;

    while ((last = hash_table_next(&uninstallations->by_installation, &place)))
        free(last);
    hash_table_free(&uninstallations->by_installation);
}
