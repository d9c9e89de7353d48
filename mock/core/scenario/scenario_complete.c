/*
 * The last step of loading: defaults for what no file gave, and the checks that
 * need the whole world, since a token may come from one file and its app from
 * another.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "scenario/scenario_parts.h"
#include "tokens/token_changes.h"

/*
 * How many mistakes get a "did you mean": to find the nearest of many ids takes
 * long, and further hints help nobody.
 */
#define HINTS_MOST 100

static void report_missing(struct mistakes *mistakes,
                           const struct origin *origin, const char *key)
{
    mistake_at(mistakes, origin, NULL, "missing \"%s\"", key);
}

/* Reports a client_id that two apps have. */
static void claim_client_id(struct directory *directory, struct app *app,
                            struct mistakes *mistakes)
{
    struct hash_table *by_client_id = &directory->apps_by_client_id;
    size_t length = strlen(app->client_id);
    const struct app *other =
        hash_table_find(by_client_id, app->client_id, length);

    if (other)
        mistake_at(mistakes, &app->origin, "client_id",
                   "found \"%s\", which app \"%s\" has; wanted one of its own",
                   app->client_id, other->id);
    else
        hash_table_put(by_client_id, app->client_id, length, app);
}

static void complete_app(struct scenario *scenario, struct app *app,
                         struct mistakes *mistakes)
{
    if (!app->name)
        app->name = app->id;
    if (!app->client_secret)
        report_missing(mistakes, &app->origin, "client_secret");
    if (app->client_id)
        claim_client_id(&scenario->directory, app, mistakes);
    else
        report_missing(mistakes, &app->origin, "client_id");
}

/* Slack's subdomains are in lower case. */
static const char *default_domain(struct arena *arena, const char *id)
{
    char *domain = arena_strdup(arena, id);
    char *letter;

    for (letter = domain; *letter; letter++)
        if (*letter >= 'A' && *letter <= 'Z')
            *letter = (char)(*letter - 'A' + 'a');
    return domain;
}

static void complete_team(struct scenario *scenario, struct team *team)
{
    if (!team->name)
        team->name = team->id;
    if (!team->domain)
        team->domain = default_domain(&scenario->arena, team->id);
}

/* ---- the app and the team that an entry names ---- */

/* A list of the directory whose entries are named by their ids. */
struct id_list {
    const char *key; /* that names one */
    size_t count;
    const char *(*id_at)(const struct directory *directory, size_t number);
};

static const char *app_id_at(const struct directory *directory, size_t number)
{
    return directory->apps[number]->id;
}

static const char *team_id_at(const struct directory *directory, size_t number)
{
    return directory->teams[number]->id;
}

/* The nearest id of a list, NULL if none is near. */
static const char *nearest_id(const struct directory *directory,
                              const struct id_list *list, const char *id)
{
    const char **ids = xcalloc(list->count, sizeof *ids);
    const char *nearest;
    size_t number;

    for (number = 0; number < list->count; number++)
        ids[number] = list->id_at(directory, number);
    nearest = text_nearest(id, ids, list->count);
    free(ids);
    return nearest;
}

/* Reports an id that nothing in the list has, or that is missing (NULL). */
static void report_reference(const struct directory *directory,
                             const struct origin *origin,
                             const struct id_list *list, const char *id,
                             struct mistakes *mistakes)
{
    const char *nearest;

    if (!id) {
        report_missing(mistakes, origin, list->key);
        return;
    }
    nearest =
        mistakes->count < HINTS_MOST ? nearest_id(directory, list, id) : NULL;
    mistake_at(mistakes, origin, list->key,
               "found \"%s\", wanted the id of an entry of $.%ss%s%s%s", id,
               list->key, nearest ? "; did you mean \"" : "",
               nearest ? nearest : "", nearest ? "\"?" : "");
}

/* The app that an entry names, or a mistake and NULL. */
static const struct app *named_app(const struct directory *directory,
                                   const struct origin *origin, const char *id,
                                   struct mistakes *mistakes)
{
    const struct id_list list = {"app", directory->app_count, app_id_at};
    const struct app *app = id ? directory_app_by_id(directory, id) : NULL;

    if (!app)
        report_reference(directory, origin, &list, id, mistakes);
    return app;
}

/* The same for a team. */
static const struct team *named_team(const struct directory *directory,
                                     const struct origin *origin,
                                     const char *id, struct mistakes *mistakes)
{
    const struct id_list list = {"team", directory->team_count, team_id_at};
    const struct team *team = id ? directory_team_by_id(directory, id) : NULL;

    if (!team)
        report_reference(directory, origin, &list, id, mistakes);
    return team;
}

/* ---- tokens ---- */

/* True for a token that a call issued: its entry is there only for a PATCH. */
static bool is_issued(const struct scenario *scenario,
                      const struct token_entry *entry)
{
    const struct token_change *change = scenario_change_of(scenario, entry);

    return change && change->is_issued;
}

/* A rotated token needs a refresh token and a lifetime. */
static void check_rotated(const struct scenario *scenario,
                          const struct token_entry *entry,
                          struct mistakes *mistakes)
{
    if (!token_is_rotated(entry->token) || is_issued(scenario, entry))
        return;
    if (!entry->refresh_token)
        report_missing(mistakes, &entry->origin, "refresh_token");
    if (!entry->expires_in)
        report_missing(mistakes, &entry->origin, "expires_in");
}

/* A refresh token may be spelt like no other token. */
static void check_refresh_token(struct scenario *scenario,
                                struct token_entry *entry,
                                struct mistakes *mistakes)
{
    struct hash_table *by_text = &scenario->directory.tokens_by_text;
    const char *text = entry->refresh_token;
    const struct token_entry *other =
        hash_table_find(by_text, text, strlen(text));

    if (!other)
        hash_table_put(by_text, text, strlen(text), entry);
    else if (!is_issued(scenario, other))
        mistake_at(mistakes, &entry->origin, "refresh_token",
                   "found \"%s\", which another entry has; wanted one of its "
                   "own",
                   text);
}

/* True, and a mistake, if the entry names a bot and a person. */
static bool has_two_holders(const struct token_entry *entry,
                            struct mistakes *mistakes)
{
    if (!entry->bot_user || !entry->user)
        return false;
    mistake_at(mistakes, &entry->origin, NULL,
               "found \"bot_user\" and \"user\", wanted one of them");
    return true;
}

static enum token_type type_of_prefix(const char *spelling)
{
    if (token_is_rotated(spelling))
        spelling = strchr(spelling, '.') + 1;
    if (strncmp(spelling, "xoxb-", 5) == 0)
        return TOKEN_BOT;
    if (strncmp(spelling, "xapp-", 5) == 0)
        return TOKEN_APP;
    return strncmp(spelling, "xoxp-", 5) == 0 ? TOKEN_USER : TOKEN_TYPE_UNSET;
}

/* A single token's type follows from its user, else its run, else its prefix.
 */
static void settle_type(struct token_entry *entry, struct mistakes *mistakes)
{
    if (has_two_holders(entry, mistakes))
        return;
    if (entry->bot_user || entry->user)
        entry->type = entry->bot_user ? TOKEN_BOT : TOKEN_USER;
    else if (entry->type == TOKEN_TYPE_UNSET)
        entry->type = (int)type_of_prefix(entry->token);
    if (entry->type == TOKEN_TYPE_UNSET)
        mistake_at(mistakes, &entry->origin, "token",
                   "its prefix tells no type, wanted xoxb-, xoxp- or xapp-, or "
                   "\"bot_user\" or \"user\" beside it");
}

static bool are_same(const char *id, const char *other)
{
    return id && other && (id == other || strcmp(id, other) == 0);
}

/* The app and the team are mostly those of the entry before: no search. */
static void complete_token(struct scenario *scenario, struct token_entry *entry,
                           const struct token_entry *before,
                           struct mistakes *mistakes)
{
    struct directory *directory = &scenario->directory;

    entry->app = before->app;
    if (!before->app || !are_same(entry->app_id, before->app_id))
        entry->app =
            named_app(directory, &entry->origin, entry->app_id, mistakes);
    entry->team = before->team;
    if (!before->team || !are_same(entry->team_id, before->team_id))
        entry->team =
            named_team(directory, &entry->origin, entry->team_id, mistakes);
    if (!entry->count) {
        settle_type(entry, mistakes);
        check_rotated(scenario, entry, mistakes);
    }
    if (entry->refresh_token)
        check_refresh_token(scenario, entry, mistakes);
}

static void complete_code(const struct scenario *scenario,
                          struct code_entry *code, struct mistakes *mistakes)
{
    const struct directory *directory = &scenario->directory;

    code->app = named_app(directory, &code->origin, code->app_id, mistakes);
    code->team = named_team(directory, &code->origin, code->team_id, mistakes);
    if (!code->bot.user && !code->user.user)
        mistake_at(mistakes, &code->origin, NULL,
                   "missing \"bot\" or \"user\"");
}

/* If the base did not load: reports only the mistakes that no base can mend. */
static void check_part(struct scenario *scenario, struct mistakes *mistakes)
{
    struct directory *directory = &scenario->directory;
    size_t number;

    for (number = 0; number < directory->app_count; number++)
        if (directory->apps[number]->client_id)
            claim_client_id(directory, directory->apps[number], mistakes);
    for (number = 0; number < directory->token_count; number++) {
        struct token_entry *entry = directory->tokens[number];

        (void)has_two_holders(entry, mistakes);
        if (entry->refresh_token)
            check_refresh_token(scenario, entry, mistakes);
    }
}

void scenario_complete(struct scenario *scenario,
                       const struct token_table *running,
                       struct mistakes *mistakes)
{
    static const struct token_entry none;
    const struct token_entry *before = &none;
    struct directory *directory = &scenario->directory;
    size_t number;

    if (scenario->is_partial) {
        check_part(scenario, mistakes);
        return;
    }
    for (number = 0; number < directory->app_count; number++)
        complete_app(scenario, directory->apps[number], mistakes);
    for (number = 0; number < directory->team_count; number++)
        complete_team(scenario, directory->teams[number]);
    scenario_fill_tokens(scenario, running);
    for (number = 0; number < directory->token_count; number++) {
        complete_token(scenario, directory->tokens[number], before, mistakes);
        before = directory->tokens[number];
    }
    for (number = 0; number < directory->code_count; number++)
        complete_code(scenario, directory->codes[number], mistakes);
    scenario_check_pairs(scenario, running, mistakes);
    if (scenario->changes)
        token_changes_settle(scenario->changes, directory);
}
