/* Makes keys: their parts, one after the other. */
#include "tokens/table_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/authorization.h"

static void make_room(struct table_key *key, size_t length)
{
    key->length = 0;
    key->bytes = length <= TABLE_KEY_SHORT ? key->short_bytes : xmalloc(length);
}

static void add(struct table_key *key, const char *bytes, size_t length)
{
    memcpy(key->bytes + key->length, bytes, length);
    key->length += length;
}

void table_key_of_installation(struct table_key *key, const struct app *app,
                               const struct team *team)
{
    const size_t app_size = strlen(app->id) + 1;
    const size_t team_size = strlen(team->id) + 1;

    make_room(key, app_size + team_size);
    add(key, app->id, app_size);
    add(key, team->id, team_size);
}

void table_key_of_grant(struct table_key *key, const struct grant *grant)
{
    const size_t app_size = strlen(grant->app->id) + 1;
    const size_t team_size = strlen(grant->team->id) + 1;
    const size_t user_length = strlen(grant->user);
    const char type = (char)grant->type;

    make_room(key, app_size + team_size + sizeof type + user_length);
    add(key, grant->app->id, app_size);
    add(key, grant->team->id, team_size);
    add(key, &type, sizeof type);
    add(key, grant->user, user_length);
}

void table_key_free(struct table_key *key)
{
    if (key->bytes != key->short_bytes)
        free(key->bytes);
}
