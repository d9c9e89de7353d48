/* Writes and reads authorizations with their chains. */
#include "tokens/authorization_save.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "tokens/chain_save.h"
#include "tokens/token_table_parts.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)

struct saved_authorization {
    const char *app;
    const char *team;
    int type;
    const char *user;
    const char *scope;
    const char *user_name;
    const char *bot_id;
    int ending;
    bool is_replaced;
    long long refreshes;
    long long sweep_access_at;
    long long sweep_refresh_at;
    const cJSON *chains[TOKEN_KINDS]; /* when read */
    const struct authorization *from; /* when written */
};

static const char *const kinds[] = {
    [TOKEN_LEGACY] = "legacy",
    [TOKEN_ACCESS] = "access",
    [TOKEN_REFRESH] = "refresh",
};

static enum token_kind kind_of(const char *key)
{
    enum token_kind kind = TOKEN_LEGACY;

    while (strcmp(kinds[kind], key) != 0)
        kind++;
    return kind;
}

/* It is read once the authorization is there. */
static void find_chain(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct saved_authorization *saved = target;

    (void)reader;
    saved->chains[kind_of(path->key)] = value;
}

static void save_chain(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct saved_authorization *saved = target;

    chain_save(writer, key, saved->from, kind_of(key));
}

static const char *const types[] = {"bot", "user", NULL};
static const char *const endings[] = {"none", "revoked", "uninstalled", NULL};

#define CHAIN_FIELD(name)                                                      \
    {                                                                          \
        .key = (name), .kind = FIELD_OTHER, .read = find_chain,                \
        .write = save_chain, .inside = saved_chain_tables, .step = "[]"        \
    }

#define COUNT_FIELD(name)                                                      \
    {                                                                          \
        .key = #name, .kind = FIELD_INTEGER, .zero_is_absent = true,           \
        .most = COUNT_MOST,                                                    \
        .offset = offsetof(struct saved_authorization, name)                   \
    }

static const struct json_field authorization_fields[] = {
    {.key = "app",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_authorization, app)},
    {.key = "team",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_authorization, team)},
    {.key = "type",
     .kind = FIELD_WORD,
     .required = true,
     .words = types,
     .offset = offsetof(struct saved_authorization, type)},
    {.key = "user",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_authorization, user)},
    {.key = "scope",
     .kind = FIELD_HEADER_TEXT,
     .offset = offsetof(struct saved_authorization, scope)},
    {.key = "user_name",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct saved_authorization, user_name)},
    {.key = "bot_id",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct saved_authorization, bot_id)},
    {.key = "ending",
     .kind = FIELD_WORD,
     .words = endings,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_authorization, ending)},
    {.key = "is_replaced",
     .kind = FIELD_BOOLEAN,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_authorization, is_replaced)},
    COUNT_FIELD(refreshes),
    COUNT_FIELD(sweep_access_at),
    COUNT_FIELD(sweep_refresh_at),
    CHAIN_FIELD("legacy"),
    CHAIN_FIELD("access"),
    CHAIN_FIELD("refresh"),
    {.key = NULL},
};

const struct json_field *const saved_authorization_tables[] = {
    authorization_fields, NULL};

static void write_authorization(struct json_writer *writer,
                                const struct authorization *from)
{
    const struct saved_authorization saved = {
        .app = from->app->id,
        .team = from->team->id,
        .type = (int)from->type,
        .user = from->user,
        .scope = from->scope,
        .user_name = from->user_name,
        .bot_id = from->bot_id,
        .ending = (int)from->ending,
        .is_replaced = from->is_replaced,
        .refreshes = (long long)from->refreshes,
        .sweep_access_at = (long long)from->sweep_at[TOKEN_ACCESS],
        .sweep_refresh_at = (long long)from->sweep_at[TOKEN_REFRESH],
        .from = from,
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, authorization_fields, &saved);
    json_write_object_end(writer);
}

void authorizations_save(struct json_writer *writer, const char *key,
                         const void *target)
{
    const struct token_table *table = target;
    const struct authorization *authorization = table->oldest;

    json_write_array(writer, key);
    for (; authorization; authorization = authorization->next)
        write_authorization(writer, authorization);
    json_write_array_end(writer);
}

const struct app *saved_app(const struct json_reader *reader,
                            const struct json_path *path,
                            const struct directory *directory, const char *id)
{
    const struct json_path place = {path, "app", 0};
    const struct app *app = directory_app_by_id(directory, id);

    if (!app)
        mistake(reader->mistakes, reader->file, &place,
                "found \"%s\", wanted the id of an app of this scenario", id);
    return app;
}

const struct team *saved_team(const struct json_reader *reader,
                              const struct json_path *path,
                              const struct directory *directory, const char *id)
{
    const struct json_path place = {path, "team", 0};
    const struct team *team = directory_team_by_id(directory, id);

    if (!team)
        mistake(reader->mistakes, reader->file, &place,
                "found \"%s\", wanted the id of a team of this scenario", id);
    return team;
}

static struct authorization *
make_authorization(struct token_table *table, const struct grant *grant,
                   const struct saved_authorization *saved)
{
    struct authorization *authorization = token_table_authorize(table, grant);

    authorization->ending = (enum ending)saved->ending;
    authorization->is_replaced = saved->is_replaced;
    authorization->refreshes = (size_t)saved->refreshes;
    authorization->sweep_at[TOKEN_ACCESS] = (size_t)saved->sweep_access_at;
    authorization->sweep_at[TOKEN_REFRESH] = (size_t)saved->sweep_refresh_at;
    return authorization;
}

static void read_chains(const struct json_reader *reader,
                        const struct json_path *path, struct token_table *table,
                        const struct saved_authorization *saved,
                        struct authorization *authorization)
{
    enum token_kind kind;

    for (kind = TOKEN_LEGACY; kind < TOKEN_KINDS; kind++) {
        const struct json_path place = {path, kinds[kind], 0};
        const struct saved_chain chain = {table, authorization, kind};

        if (saved->chains[kind])
            chain_read_saved(reader, saved->chains[kind], &place, &chain);
    }
}

void authorization_read_saved(const struct json_reader *reader,
                              const cJSON *value, const struct json_path *path,
                              void *target)
{
    struct token_table *table = target;
    struct saved_authorization saved = {.app = NULL};
    struct grant grant;

    if (!json_fields_read(reader, value, path, authorization_fields, &saved))
        return;
    grant = (struct grant){
        .app = saved_app(reader, path, table->directory, saved.app),
        .team = saved_team(reader, path, table->directory, saved.team),
        .type = (enum token_type)saved.type,
        .user = saved.user,
        .scope = saved.scope,
        .user_name = saved.user_name,
        .bot_id = saved.bot_id,
    };
    if (!grant.app || !grant.team)
        return;
    if (token_table_find_authorization(table, &grant))
        mistake(reader->mistakes, reader->file, path,
                "its app, team, type and user stand before; wanted each once");
    else
        read_chains(reader, path, table, &saved,
                    make_authorization(table, &grant, &saved));
}
