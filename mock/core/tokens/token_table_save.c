/* Writes and reads authorizations, chain by chain, the oldest token first. */
#include "tokens/token_table_save.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "json/json_values.h"
#include "json/json_writer.h"
#include "tokens/token_table_parts.h"

#define COUNT_MOST ((long long)1 << 53)

void token_table_begin_saved(struct token_table *table,
                             const struct directory *directory,
                             int64_t refresh_grace)
{
    *table = (struct token_table){.directory = directory,
                                  .refresh_grace = refresh_grace};
    table->given = xcalloc(directory->pair_count, sizeof *table->given);
}

/* ---- tokens ---- */

struct saved_token {
    const char *token;
    int state;
    int64_t expires_at;
    int64_t spent_at;
    long long refreshes_before;
    long long successor; /* its place in the chain; -1: none */
};

static const char *const states[] = {
    [TOKEN_ACTIVE] = "active",   [TOKEN_EXCHANGED] = "exchanged",
    [TOKEN_SPENT] = "spent",     [TOKEN_EXPIRED] = "expired",
    [TOKEN_REVOKED] = "revoked", NULL,
};

static const struct json_field token_fields[] = {
    {.key = "token",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_token, token)},
    {.key = "state",
     .kind = FIELD_WORD,
     .words = states,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_token, state)},
    {.key = "expires_at",
     .kind = FIELD_TIME,
     .offset = offsetof(struct saved_token, expires_at)},
    {.key = "spent_at",
     .kind = FIELD_TIME,
     .offset = offsetof(struct saved_token, spent_at)},
    {.key = "refreshes_before",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_token, refreshes_before)},
    {.key = "successor",
     .kind = FIELD_INTEGER,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_token, successor)},
    {.key = NULL},
};

const struct json_field *const saved_token_tables[] = {token_fields, NULL};

/* A chain as an array, the oldest first, to be freed. */
static const struct token **list_chain(const struct authorization *from,
                                       enum token_kind kind)
{
    const struct token **list = xcalloc(from->count[kind], sizeof *list);
    const struct token *token = from->newest[kind];
    size_t number = from->count[kind];

    for (; token; token = token->older)
        list[--number] = token;
    return list;
}

/* Newer ones are nearer, since a successor is issued later. */
static long long place_of(const struct token *const *list, size_t count,
                          size_t from, const struct token *token)
{
    for (; token && from < count; from++)
        if (list[from] == token)
            return (long long)from;
    return -1;
}

static void write_chain(struct json_writer *writer, const char *key,
                        const struct authorization *from, enum token_kind kind)
{
    const size_t count = from->count[kind];
    const struct token **list;
    size_t number;

    if (!count)
        return;
    list = list_chain(from, kind);
    json_write_array(writer, key);
    for (number = 0; number < count; number++) {
        const struct token *token = list[number];
        const struct saved_token saved = {
            .token = token->text,
            .state = (int)token->state,
            .expires_at = token->expires_at,
            .spent_at = token->state == TOKEN_SPENT ? token->spent_at : NEVER,
            .refreshes_before = token->state == TOKEN_EXCHANGED
                                    ? (long long)token->refreshes_before
                                    : 0,
            .successor = place_of(list, count, number, token->successor),
        };

        json_write_object(writer, NULL);
        json_fields_write(writer, token_fields, &saved);
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
    free(list);
}

static bool check_token(const struct json_reader *reader,
                        const struct json_path *path,
                        const struct saved_token *saved, bool is_taken)
{
    const struct json_path place = {path, "token", 0};

    if (is_taken)
        mistake(reader->mistakes, reader->file, &place,
                "found \"%s\", which stands here twice; wanted each once",
                saved->token);
    else if (saved->state == TOKEN_SPENT && saved->spent_at == NEVER)
        mistake(reader->mistakes, reader->file, path, "missing \"spent_at\"");
    else
        return true;
    return false;
}

/* What is to be filled, and with what by which names. */
struct chain_reading {
    struct token_table *table;
    struct authorization *authorization;
    enum token_kind kind;
    long long *successors; /* in the order of the chain */
};

static void read_token(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path,
                       const struct chain_reading *into)
{
    struct saved_token saved = {
        .expires_at = NEVER, .spent_at = NEVER, .successor = -1};
    struct token *token;
    size_t length;

    if (!json_fields_read(reader, value, path, token_fields, &saved))
        return;
    length = strlen(saved.token);
    if (!check_token(
            reader, path, &saved,
            hash_table_find(&into->table->tokens, saved.token, length) != NULL))
        return;
    token = token_table_issue(into->table, into->authorization, into->kind,
                              saved.token, length);
    token->state = (enum token_state)saved.state;
    token->expires_at = saved.expires_at;
    token->spent_at = saved.spent_at == NEVER ? 0 : saved.spent_at;
    token->refreshes_before = (size_t)saved.refreshes_before;
    into->successors[path->index] = saved.successor;
}

/* Once all of a chain are there. */
static void tie_successors(const struct json_reader *reader,
                           const struct json_path *path,
                           const struct chain_reading *into)
{
    const struct authorization *authorization = into->authorization;
    const size_t count = authorization->count[into->kind];
    struct token **list = xcalloc(count, sizeof *list);
    struct token *token = authorization->newest[into->kind];
    size_t number = count;

    for (; token; token = token->older)
        list[--number] = token;
    for (number = 0; number < count; number++) {
        const struct json_path entry = {path, NULL, number};
        const struct json_path place = {&entry, "successor", 0};
        const long long successor = into->successors[number];

        if (successor > (long long)number && successor < (long long)count)
            list[number]->successor = list[successor];
        else if (successor >= 0)
            mistake(reader->mistakes, reader->file, &place,
                    "found %lld, wanted the place of a newer token of its "
                    "chain",
                    successor);
    }
    free(list);
}

static void read_chain(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path,
                       struct chain_reading *into)
{
    struct json_path place = {path, NULL, 0};
    const size_t before = reader->mistakes->count;
    const cJSON *token;

    if (!json_is_array(reader, value, path))
        return;
    into->successors = xcalloc((size_t)cJSON_GetArraySize(value),
                               sizeof *into->successors);
    cJSON_ArrayForEach (token, value) {
        read_token(reader, token, &place, into);
        place.index++;
    }
    if (reader->mistakes->count == before)
        tie_successors(reader, path, into);
    free(into->successors);
}

/* ---- authorizations ---- */

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

    write_chain(writer, key, saved->from, kind_of(key));
}

static const char *const types[] = {"bot", "user", NULL};
static const char *const endings[] = {"none", "revoked", "uninstalled", NULL};

#define CHAIN_FIELD(name)                                                      \
    {                                                                          \
        .key = (name), .kind = FIELD_OTHER, .read = find_chain,                \
        .write = save_chain, .inside = saved_token_tables, .step = "[]"        \
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

static void write_authorizations(struct json_writer *writer, const char *key,
                                 const void *target)
{
    const struct token_table *table = target;
    const struct authorization *authorization = table->oldest;

    json_write_array(writer, key);
    for (; authorization; authorization = authorization->next)
        write_authorization(writer, authorization);
    json_write_array_end(writer);
}

static const struct app *find_app(const struct json_reader *reader,
                                  const struct json_path *path,
                                  const struct token_table *table,
                                  const char *id)
{
    const struct json_path place = {path, "app", 0};
    const struct app *app = directory_app_by_id(table->directory, id);

    if (!app)
        mistake(reader->mistakes, reader->file, &place,
                "found \"%s\", wanted the id of an app of this scenario", id);
    return app;
}

static const struct team *find_team(const struct json_reader *reader,
                                    const struct json_path *path,
                                    const struct token_table *table,
                                    const char *id)
{
    const struct json_path place = {path, "team", 0};
    const struct team *team = directory_team_by_id(table->directory, id);

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
        struct chain_reading into = {table, authorization, kind, NULL};

        if (saved->chains[kind])
            read_chain(reader, saved->chains[kind], &place, &into);
    }
}

static void read_authorization(const struct json_reader *reader,
                               const cJSON *value, const struct json_path *path,
                               void *target)
{
    struct token_table *table = target;
    struct saved_authorization saved = {.app = NULL};
    struct grant grant;

    if (!json_fields_read(reader, value, path, authorization_fields, &saved))
        return;
    grant = (struct grant){
        .app = find_app(reader, path, table, saved.app),
        .team = find_team(reader, path, table, saved.team),
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

/* ---- uninstallations ---- */

struct saved_end {
    const char *app;
    const char *team;
    long long number;
};

static const struct json_field end_fields[] = {
    {.key = "app",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_end, app)},
    {.key = "team",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_end, team)},
    {.key = "number",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = 1,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_end, number)},
    {.key = NULL},
};

const struct json_field *const saved_end_tables[] = {end_fields, NULL};

static void write_ends(struct json_writer *writer, const char *key,
                       const void *target)
{
    const struct token_table *table = target;
    size_t count;
    struct installation_end *ends =
        installations_ends(&table->installations, &count);
    size_t number;

    if (count)
        json_write_array(writer, key);
    for (number = 0; number < count; number++) {
        const struct saved_end saved = {ends[number].app, ends[number].team,
                                        (long long)ends[number].number};

        json_write_object(writer, NULL);
        json_fields_write(writer, end_fields, &saved);
        json_write_object_end(writer);
    }
    if (count)
        json_write_array_end(writer);
    free(ends);
}

/* The last one of all is always the last one of its app and team. */
static void read_end(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    struct token_table *table = target;
    struct saved_end saved = {NULL, NULL, 0};
    const struct app *app;
    const struct team *team;

    if (!json_fields_read(reader, value, path, end_fields, &saved))
        return;
    app = find_app(reader, path, table, saved.app);
    team = find_team(reader, path, table, saved.team);
    if (!app || !team)
        return;
    installations_note_end(&table->installations, app, team,
                           (size_t)saved.number);
    if ((size_t)saved.number > table->installations.ended)
        table->installations.ended = (size_t)saved.number;
}

/* ---- what was used up ---- */

static void write_redeemed(struct json_writer *writer, const char *key,
                           const void *target)
{
    const struct token_table *table = target;
    const struct hash_entry **sorted;
    size_t number;

    if (!table->redeemed.count)
        return;
    sorted = hash_table_sorted(&table->redeemed);
    json_write_array(writer, key);
    for (number = 0; number < table->redeemed.count; number++)
        json_write_text(writer, NULL, sorted[number]->value);
    json_write_array_end(writer);
    free(sorted);
}

static void read_redeemed(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path, void *target)
{
    struct token_table *table = target;
    const struct code_entry *code =
        cJSON_IsString(value)
            ? directory_find_code(table->directory, value->valuestring,
                                  strlen(value->valuestring))
            : NULL;

    if (!code || !token_table_take_code(table, code))
        mistake_found(reader->mistakes, reader->file, path, value,
                      "each code of this scenario once");
}

static void write_given(struct json_writer *writer, const char *key,
                        const void *target)
{
    const struct token_table *table = target;
    bool has_any = false;
    size_t number;

    for (number = 0; number < table->directory->pair_count; number++) {
        if (!table->given[number])
            continue;
        if (!has_any)
            json_write_array(writer, key);
        has_any = true;
        json_write_integer(writer, NULL, (long long)number);
    }
    if (has_any)
        json_write_array_end(writer);
}

static void read_given(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct token_table *table = target;
    const long long count = (long long)table->directory->pair_count;
    long long number;

    if (!count)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "nothing: this scenario has no pairs");
    else if (json_read_integer(reader, value, path,
                               (struct integer_range){0, count - 1}, &number))
        table->given[number] = true;
}

const struct json_field token_table_saved_fields[] = {
    {.key = "authorizations",
     .kind = FIELD_LIST,
     .read = read_authorization,
     .write = write_authorizations,
     .inside = saved_authorization_tables,
     .step = "[]"},
    {.key = "uninstalled",
     .kind = FIELD_LIST,
     .read = read_end,
     .write = write_ends,
     .inside = saved_end_tables,
     .step = "[]"},
    {.key = "redeemed_codes",
     .kind = FIELD_LIST,
     .read = read_redeemed,
     .write = write_redeemed},
    {.key = "given_pairs",
     .kind = FIELD_LIST,
     .read = read_given,
     .write = write_given},
    {.key = NULL},
};

void token_table_save(const struct token_table *table,
                      struct json_writer *writer)
{
    json_fields_write(writer, token_table_saved_fields, table);
}
