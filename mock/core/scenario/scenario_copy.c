/*
 * Copies a scenario as its documents gave it. The pointers that
 * scenario_complete() sets are not copied: it is run on the copy too.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "scenario/scenario_method.h"
#include "scenario/scenario_parts.h"

struct copying {
    struct scenario *copy;
    const char *file;      /* the file of the origin copied last ... */
    const char *file_copy; /* ... whose copy is used again */
};

static const char *copy_text(struct copying *copying, const char *text)
{
    return text ? arena_strdup(&copying->copy->arena, text) : NULL;
}

static void copy_origin(struct copying *copying, struct origin *origin)
{
    if (copying->file != origin->file) {
        copying->file = origin->file;
        copying->file_copy = copy_text(copying, origin->file);
    }
    origin->file = copying->file_copy;
}

static void copy_texts(struct copying *copying, struct text_list *list)
{
    const char **texts = list->texts;
    size_t number;

    list->texts =
        arena_allocate(&copying->copy->arena, list->count * sizeof *texts);
    for (number = 0; number < list->count; number++)
        list->texts[number] = copy_text(copying, texts[number]);
}

static void copy_app(struct copying *copying, const struct app *from)
{
    struct scenario *copy = copying->copy;
    struct app *app = directory_app(&copy->directory, &copy->arena, from->id);
    const char *id = app->id;

    *app = *from;
    app->id = id;
    app->name = copy_text(copying, from->name);
    app->client_id = copy_text(copying, from->client_id);
    app->client_secret = copy_text(copying, from->client_secret);
    app->events.url = copy_text(copying, from->events.url);
    app->events.signing_secret =
        copy_text(copying, from->events.signing_secret);
    copy_texts(copying, &app->redirect_uris);
    copy_texts(copying, &app->scopes);
    copy_texts(copying, &app->bot_optional);
    copy_texts(copying, &app->user_optional);
    copy_origin(copying, &app->origin);
}

static void copy_team(struct copying *copying, const struct team *from)
{
    struct scenario *copy = copying->copy;
    struct team *team =
        directory_team(&copy->directory, &copy->arena, from->id);
    const char *id = team->id;

    *team = *from;
    team->id = id;
    team->name = copy_text(copying, from->name);
    team->domain = copy_text(copying, from->domain);
    team->enterprise_id = copy_text(copying, from->enterprise_id);
    team->enterprise_name = copy_text(copying, from->enterprise_name);
    copy_texts(copying, &team->forbidden_scopes);
    copy_texts(copying, &team->approved_scopes);
    copy_origin(copying, &team->origin);
}

static void copy_token(struct copying *copying, const struct token_entry *from)
{
    struct scenario *copy = copying->copy;
    struct token_entry *entry = directory_token(&copy->directory, &copy->arena,
                                                from->token, from->count > 0);
    const char *token = entry->token;

    *entry = *from;
    entry->token = token;
    entry->refresh_token = copy_text(copying, from->refresh_token);
    entry->app_id = copy_text(copying, from->app_id);
    entry->team_id = copy_text(copying, from->team_id);
    entry->scope = copy_text(copying, from->scope);
    entry->bot_user = copy_text(copying, from->bot_user);
    entry->bot_id = copy_text(copying, from->bot_id);
    entry->user = copy_text(copying, from->user);
    entry->user_name = copy_text(copying, from->user_name);
    entry->default_user = copy_text(copying, from->default_user);
    copy_origin(copying, &entry->origin);
}

static void copy_code_part(struct copying *copying, struct code_part *part)
{
    part->user = copy_text(copying, part->user);
    part->scope = copy_text(copying, part->scope);
}

static void copy_code(struct copying *copying, const struct code_entry *from)
{
    struct scenario *copy = copying->copy;
    struct code_entry *code =
        directory_code(&copy->directory, &copy->arena, from->code);
    const char *text = code->code;

    *code = *from;
    code->code = text;
    code->app_id = copy_text(copying, from->app_id);
    code->team_id = copy_text(copying, from->team_id);
    copy_code_part(copying, &code->bot);
    copy_code_part(copying, &code->user);
    code->redirect_uri = copy_text(copying, from->redirect_uri);
    code->code_challenge = copy_text(copying, from->code_challenge);
    code->channel = copy_text(copying, from->channel);
    copy_origin(copying, &code->origin);
}

static void copy_pairs(struct copying *copying, const struct directory *from)
{
    struct directory *directory = &copying->copy->directory;
    size_t number;

    directory->pair_count = from->pair_count;
    directory->pairs =
        arena_allocate(&copying->copy->arena,
                       (from->pair_count + 1) * sizeof *directory->pairs);
    for (number = 0; number < from->pair_count; number++) {
        struct given_pair *pair = &directory->pairs[number];

        *pair = from->pairs[number];
        pair->access_token = copy_text(copying, pair->access_token);
        pair->refresh_token = copy_text(copying, pair->refresh_token);
        copy_origin(copying, &pair->origin);
    }
}

static void copy_stubs(struct copying *copying, const struct hash_table *stubs)
{
    struct scenario *copy = copying->copy;
    const struct hash_entry *stub;
    size_t place = 0;

    while ((stub = hash_table_next_entry(stubs, &place)))
        hash_table_put(&copy->stubs, copy_text(copying, stub->key),
                       stub->key_length, cJSON_Duplicate(stub->value, true));
}

static void copy_methods(struct copying *copying,
                         const struct hash_table *methods)
{
    struct scenario *copy = copying->copy;
    const struct hash_entry *entry;
    size_t place = 0;

    while ((entry = hash_table_next_entry(methods, &place))) {
        struct scenario_method *method =
            arena_allocate(&copy->arena, sizeof *method);

        *method = *(const struct scenario_method *)entry->value;
        method->file = copy_text(copying, method->file);
        method->reply = cJSON_Duplicate(method->reply, true);
        copy_texts(copying, &method->bot.any_of);
        copy_texts(copying, &method->user.any_of);
        hash_table_put(&copy->methods, copy_text(copying, entry->key),
                       entry->key_length, method);
    }
}

static void copy_rate_limits(struct copying *copying,
                             const struct hash_table *limits)
{
    struct scenario *copy = copying->copy;
    const struct hash_entry *entry;
    size_t place = 0;

    while ((entry = hash_table_next_entry(limits, &place))) {
        struct rate_limit *limit = arena_allocate(&copy->arena, sizeof *limit);

        *limit = *(const struct rate_limit *)entry->value;
        limit->file = copy_text(copying, limit->file);
        hash_table_put(&copy->rate_limits, copy_text(copying, entry->key),
                       entry->key_length, limit);
    }
}

struct scenario *scenario_copy(const struct scenario *scenario)
{
    const struct directory *directory = &scenario->directory;
    struct copying copying = {.copy = xcalloc(1, sizeof *copying.copy)};
    struct scenario *copy = copying.copy;
    size_t number;

    copy->holders = 1;
    copy->seed = -1;
    copy->token_style = scenario->token_style;
    copy->refresh_grace = scenario->refresh_grace;
    copy->consent = scenario->consent;
    copy->choices = scenario->choices;
    copy->description = copy_text(&copying, scenario->description);
    for (number = 0; number < directory->app_count; number++)
        copy_app(&copying, directory->apps[number]);
    for (number = 0; number < directory->team_count; number++)
        copy_team(&copying, directory->teams[number]);
    for (number = 0; number < directory->token_count; number++)
        copy_token(&copying, directory->tokens[number]);
    for (number = 0; number < directory->code_count; number++)
        copy_code(&copying, directory->codes[number]);
    copy_pairs(&copying, directory);
    copy_rate_limits(&copying, &scenario->rate_limits);
    copy_methods(&copying, &scenario->methods);
    copy->has_documented_limits = scenario->has_documented_limits;
    copy_stubs(&copying, &scenario->stubs);
    return copy;
}
