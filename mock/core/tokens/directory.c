/*
 * Lists for those who walk it, hash tables for those who look something up.
 * A run of generated tokens is one entry, however long it is.
 */
#include "tokens/directory.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/xalloc.h"

#define NUMBER_DIGITS_MAX  9
#define DEFAULT_EXPIRES_IN 43200
#define ROTATED_PREFIX     "xoxe."

static void *list_add(void *list, size_t count, void *entry)
{
    void **grown = list;

    /*
     * The array is full whenever the count is a power of two, and then doubled.
     */
    if ((count & (count - 1)) == 0)
        grown = xreallocarray(grown, count ? count * 2 : 1, sizeof *grown);
    grown[count] = entry;
    return grown;
}

struct app *directory_app(struct directory *directory, struct arena *arena,
                          const char *id)
{
    struct app *app = hash_table_find(&directory->apps_by_id, id, strlen(id));

    if (app)
        return app;
    app = arena_allocate(arena, sizeof *app);
    app->id = arena_strdup(arena, id);
    app->token_rotation = true;
    app->distributed = true;
    app->expires_in = DEFAULT_EXPIRES_IN;
    app->events.retries = true;
    app->origin.list = "apps";
    directory->apps = list_add(directory->apps, directory->app_count++, app);
    hash_table_put(&directory->apps_by_id, app->id, strlen(id), app);
    return app;
}

struct team *directory_team(struct directory *directory, struct arena *arena,
                            const char *id)
{
    struct team *team =
        hash_table_find(&directory->teams_by_id, id, strlen(id));

    if (team)
        return team;
    team = arena_allocate(arena, sizeof *team);
    team->id = arena_strdup(arena, id);
    team->origin.list = "teams";
    directory->teams =
        list_add(directory->teams, directory->team_count++, team);
    hash_table_put(&directory->teams_by_id, team->id, strlen(id), team);
    return team;
}

/* A run's key is its prefix with a `-`: PREFIX-7 without its number. */
static char *prefix_key(struct arena *arena, const char *prefix)
{
    size_t length = strlen(prefix);
    char *key = arena_allocate(arena, length + 2);

    memcpy(key, prefix, length);
    key[length] = '-';
    return key;
}

static struct token_entry *add_token(struct directory *directory,
                                     struct arena *arena, const char *token)
{
    struct token_entry *entry = arena_allocate(arena, sizeof *entry);

    entry->token = token;
    entry->type = TOKEN_TYPE_UNSET;
    entry->origin.list = "tokens";
    directory->tokens =
        list_add(directory->tokens, directory->token_count++, entry);
    return entry;
}

static struct token_entry *run_of(struct directory *directory,
                                  struct arena *arena, const char *prefix)
{
    const char *key = prefix_key(arena, prefix);
    struct hash_entry *place =
        hash_table_claim(&directory->runs_by_prefix, key, strlen(key));

    if (!place->value)
        place->value = add_token(directory, arena, arena_strdup(arena, prefix));
    return place->value;
}

struct token_entry *directory_token(struct directory *directory,
                                    struct arena *arena, const char *token,
                                    bool is_prefix)
{
    struct hash_entry *place;

    if (is_prefix)
        return run_of(directory, arena, token);
    place = hash_table_claim(&directory->tokens_by_text, token, strlen(token));
    if (!place->value) {
        place->key = arena_strdup(arena, token);
        place->value = add_token(directory, arena, place->key);
    }
    return place->value;
}

const struct token_entry *
directory_last_token(const struct directory *directory)
{
    return directory->token_count
               ? directory->tokens[directory->token_count - 1]
               : NULL;
}

struct code_entry *directory_code(struct directory *directory,
                                  struct arena *arena, const char *code)
{
    struct code_entry *entry =
        hash_table_find(&directory->codes_by_text, code, strlen(code));

    if (entry)
        return entry;
    entry = arena_allocate(arena, sizeof *entry);
    entry->code = arena_strdup(arena, code);
    entry->origin.list = "codes";
    directory->codes =
        list_add(directory->codes, directory->code_count++, entry);
    hash_table_put(&directory->codes_by_text, entry->code, strlen(code), entry);
    return entry;
}

const struct code_entry *directory_find_code(const struct directory *directory,
                                             const char *code, size_t length)
{
    return hash_table_find(&directory->codes_by_text, code, length);
}

const struct app *directory_app_by_id(const struct directory *directory,
                                      const char *id)
{
    return hash_table_find(&directory->apps_by_id, id, strlen(id));
}

const struct app *directory_app_by_client_id(const struct directory *directory,
                                             const char *client_id,
                                             size_t length)
{
    return hash_table_find(&directory->apps_by_client_id, client_id, length);
}

const struct team *directory_team_by_id(const struct directory *directory,
                                        const char *id)
{
    return hash_table_find(&directory->teams_by_id, id, strlen(id));
}

/* The number at the end, 0 if there is none or it is not spelt plainly. */
static long long number_at_end(const char *token, size_t length,
                               size_t *prefix_length)
{
    long long number = 0;
    size_t start = length;

    while (start && token[start - 1] >= '0' && token[start - 1] <= '9')
        start--;
    if (start == length || length - start > NUMBER_DIGITS_MAX ||
        token[start] == '0')
        return 0;
    *prefix_length = start;
    for (; start < length; start++)
        number = number * 10 + (token[start] - '0');
    return number;
}

static const char *generated_user_prefix(const struct token_entry *run)
{
    return run->type == TOKEN_BOT ? "UBOT" : "UUSER";
}

/* Each generated token is an authorization of its own, named by its number. */
static void name_user(struct legacy_token *found, const char *digits,
                      size_t length)
{
    const char *prefix = generated_user_prefix(found->entry);
    const size_t prefix_length = strlen(prefix);

    memcpy(found->user, prefix, prefix_length);
    memcpy(found->user + prefix_length, digits, length);
    found->user[prefix_length + length] = '\0';
}

bool directory_find_generated(const struct directory *directory,
                              const char *token, size_t length,
                              struct legacy_token *found)
{
    size_t prefix_length;
    long long number = number_at_end(token, length, &prefix_length);

    if (!number)
        return false;
    found->entry =
        hash_table_find(&directory->runs_by_prefix, token, prefix_length);
    if (!found->entry || number > found->entry->count)
        return false;
    name_user(found, token + prefix_length, length - prefix_length);
    return true;
}

bool directory_find_token(const struct directory *directory, const char *token,
                          size_t length, struct legacy_token *found)
{
    found->user[0] = '\0';
    found->entry = hash_table_find(&directory->tokens_by_text, token, length);
    return found->entry ||
           directory_find_generated(directory, token, length, found);
}

bool token_is_rotated(const char *token)
{
    return strncmp(token, ROTATED_PREFIX, strlen(ROTATED_PREFIX)) == 0;
}

const char *token_entry_user(const struct token_entry *entry)
{
    const char *named =
        entry->type == TOKEN_BOT ? entry->bot_user : entry->user;

    if (named)
        return named;
    if (entry->default_user)
        return entry->default_user;
    return entry->type == TOKEN_BOT ? "U0BOT" : "U0USER";
}

const char *token_entry_user_name(const struct token_entry *entry)
{
    if (entry->user_name)
        return entry->user_name;
    return entry->type == TOKEN_BOT ? "bot" : "user";
}

const char *token_entry_bot_id(const struct token_entry *entry)
{
    return entry->bot_id ? entry->bot_id : "B0BOT";
}

bool token_entry_spell(const struct token_entry *entry, const char *user,
                       struct buffer *text)
{
    size_t prefix_length;
    long long number;

    if (entry->refresh_token)
        return false;
    buffer_clear(text);
    buffer_add_text(text, entry->token);
    if (!entry->count)
        return strcmp(token_entry_user(entry), user) == 0;
    number = number_at_end(user, strlen(user), &prefix_length);
    if (!number || number > entry->count ||
        !text_equals(user, prefix_length, generated_user_prefix(entry)))
        return false;
    buffer_printf(text, "-%lld", number);
    return true;
}

const char *legacy_token_user(const struct legacy_token *token)
{
    return token->user[0] ? token->user : token_entry_user(token->entry);
}

void directory_free(struct directory *directory)
{
    free(directory->apps);
    free(directory->teams);
    free(directory->tokens);
    free(directory->codes);
    hash_table_free(&directory->apps_by_id);
    hash_table_free(&directory->apps_by_client_id);
    hash_table_free(&directory->teams_by_id);
    hash_table_free(&directory->tokens_by_text);
    hash_table_free(&directory->issued_by_text);
    hash_table_free(&directory->runs_by_prefix);
    hash_table_free(&directory->codes_by_text);
    hash_table_free(&directory->pairs_by_text);
}
