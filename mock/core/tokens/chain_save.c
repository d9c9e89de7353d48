/* Writes and reads a chain of tokens, the oldest first. */
#include "tokens/chain_save.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "tokens/token_table_parts.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define COUNT_MOST ((long long)1 << 53)

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

const struct json_field *const saved_chain_tables[] = {token_fields, NULL};

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

void chain_save(struct json_writer *writer, const char *key,
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

/* Only legacy tokens are exchanged, and only refresh tokens are spent. */
static bool is_state_of(enum token_kind kind, enum token_state state)
{
    return (state != TOKEN_EXCHANGED || kind == TOKEN_LEGACY) &&
           (state != TOKEN_SPENT || kind == TOKEN_REFRESH);
}

static bool check_token(const struct json_reader *reader,
                        const struct json_path *path,
                        const struct saved_token *saved,
                        const struct saved_chain *chain)
{
    const struct json_path token = {path, "token", 0};
    const struct json_path state = {path, "state", 0};

    if (hash_table_find(&chain->table->tokens, saved->token,
                        strlen(saved->token)))
        mistake(reader->mistakes, reader->file, &token,
                "found \"%s\", which stands here twice; wanted each once",
                saved->token);
    else if (!is_state_of(chain->kind, (enum token_state)saved->state))
        mistake(reader->mistakes, reader->file, &state,
                "found \"%s\", which no token of its kind can be",
                states[saved->state]);
    else if (saved->state == TOKEN_SPENT && saved->spent_at == NEVER)
        mistake(reader->mistakes, reader->file, path, "missing \"spent_at\"");
    else
        return true;
    return false;
}

struct chain_reading {
    const struct saved_chain *chain;
    long long *successors; /* in the order of the chain */
};

static void read_token(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path,
                       const struct chain_reading *into)
{
    const struct saved_chain *chain = into->chain;
    struct saved_token saved = {
        .expires_at = NEVER, .spent_at = NEVER, .successor = -1};
    struct token *token;

    if (!json_fields_read(reader, value, path, token_fields, &saved) ||
        !check_token(reader, path, &saved, chain))
        return;
    token = token_table_issue(chain->table, chain->authorization, chain->kind,
                              saved.token, strlen(saved.token));
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
    const struct saved_chain *chain = into->chain;
    const struct authorization *authorization = chain->authorization;
    const size_t count = authorization->count[chain->kind];
    struct token **list = xcalloc(count, sizeof *list);
    struct token *token = authorization->newest[chain->kind];
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

void chain_read_saved(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path,
                      const struct saved_chain *chain)
{
    struct chain_reading into = {chain, NULL};
    struct json_path place = {path, NULL, 0};
    const size_t before = reader->mistakes->count;
    const cJSON *token;

    if (!json_is_array(reader, value, path))
        return;
    into.successors =
        xcalloc((size_t)cJSON_GetArraySize(value), sizeof *into.successors);
    cJSON_ArrayForEach (token, value) {
        read_token(reader, token, &place, &into);
        place.index++;
    }
    if (reader->mistakes->count == before)
        tie_successors(reader, path, &into);
    free(into.successors);
}
