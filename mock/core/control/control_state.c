/*
 * GET /_mock/state: the clock, who exists, what became of every token, how
 * often each rule acted. Tokens and secrets stand here in full.
 */
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "base/xalloc.h"
#include "call/rule_list.h"
#include "control/control_parts.h"
#include "mock/clock.h"
#include "mock/mock.h"
#include "rules/rule.h"
#include "scenario/scenario.h"
#include "tokens/token_table.h"

#define TOKENS_SHOWN_MOST 10000 /* unless `limit` asks for more */

struct listing {
    struct json_writer *writer;
    const struct token_table *table;
    int64_t now;
    long long left; /* how many may still be shown */
};

static void write_apps(struct json_writer *writer,
                       const struct directory *directory)
{
    size_t number;

    json_write_array(writer, "apps");
    for (number = 0; number < directory->app_count; number++) {
        const struct app *app = directory->apps[number];

        json_write_object(writer, NULL);
        json_write_text(writer, "id", app->id);
        json_write_text(writer, "name", app->name);
        json_write_text(writer, "client_id", app->client_id);
        json_write_text(writer, "client_secret", app->client_secret);
        json_write_boolean(writer, "token_rotation", app->token_rotation);
        json_write_integer(writer, "expires_in", app->expires_in);
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

static void write_teams(struct json_writer *writer,
                        const struct directory *directory)
{
    size_t number;

    json_write_array(writer, "teams");
    for (number = 0; number < directory->team_count; number++) {
        const struct team *team = directory->teams[number];

        json_write_object(writer, NULL);
        json_write_text(writer, "id", team->id);
        json_write_text(writer, "name", team->name);
        json_write_text(writer, "domain", team->domain);
        if (team->enterprise_id) {
            json_write_object(writer, "enterprise");
            json_write_text(writer, "id", team->enterprise_id);
            json_write_text(writer, "name", team->enterprise_name);
            json_write_object_end(writer);
        } else {
            json_write_null(writer, "enterprise");
        }
        json_write_text(writer, "state",
                        team->state == TEAM_MIGRATING ? "migrating" : "active");
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

static void write_rules(struct json_writer *writer,
                        const struct rule_list *rules)
{
    size_t number;

    json_write_array(writer, "rules");
    for (number = 0; number < rules->count; number++) {
        json_write_object(writer, NULL);
        json_write_text(writer, "name", rules->entries[number].rule->name);
        json_write_integer(writer, "fired", rules->entries[number].acted);
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

static void write_time(struct json_writer *writer, const char *key,
                       int64_t time)
{
    char text[ISO_8601_SIZE];

    if (time == NEVER) {
        json_write_null(writer, key);
        return;
    }
    timestamp_to_iso_8601(time > TIMESTAMP_MAX ? TIMESTAMP_MAX : time, text);
    json_write_text(writer, key, text);
}

/* A refresh token that was used works to the end of its grace. */
static int64_t end_of(const struct listing *listing,
                      const struct token_facts *facts)
{
    if (!facts->in_grace || facts->ending)
        return facts->expires_at;
    return facts->token->spent_at + listing->table->refresh_grace;
}

static void write_token(const struct listing *listing,
                        const struct token_facts *facts)
{
    static const char *const kinds[] = {"legacy", "access", "refresh"};
    static const char *const states[] = {"active", "exchanged", "spent",
                                         "expired", "revoked"};
    struct json_writer *writer = listing->writer;
    const char *state = facts->ending ? "revoked" : states[facts->state];

    json_write_object(writer, NULL);
    json_write_bytes(writer, "token", facts->text, facts->length);
    json_write_text(writer, "kind", kinds[facts->kind]);
    json_write_text(writer, "type", facts->type == TOKEN_BOT ? "bot" : "user");
    json_write_text(writer, "state", state);
    json_write_text(writer, "app", facts->app->id);
    json_write_text(writer, "team", facts->team->id);
    json_write_text(writer, "user", facts->user);
    write_time(writer, "expires_at", end_of(listing, facts));
    json_write_object_end(writer);
}

static void show(struct listing *listing, const char *text, size_t length)
{
    struct token_facts facts;

    if (listing->left > 0 &&
        token_table_find(listing->table, text, length, listing->now, &facts)) {
        write_token(listing, &facts);
        listing->left--;
    }
}

/* A token of a run that has an entry of its own is shown with that entry. */
static void show_run(struct listing *listing, const struct token_entry *entry)
{
    struct legacy_token found;
    long long number;

    for (number = 1; number <= entry->count && listing->left > 0; number++) {
        char *text = xasprintf("%s-%lld", entry->token, number);
        size_t length = strlen(text);

        if (directory_find_token(listing->table->directory, text, length,
                                 &found) &&
            found.entry == entry)
            show(listing, text, length);
        free(text);
    }
}

/* Legacy tokens of the directory were shown before. */
static void show_issued(struct listing *listing, const struct token *token)
{
    struct legacy_token found;
    size_t length = strlen(token->text);

    if (token->kind != TOKEN_LEGACY ||
        !directory_find_token(listing->table->directory, token->text, length,
                              &found))
        show(listing, token->text, length);
}

/* Shows older tokens first. A chain may have any length: hence no recursion. */
static void show_chain(struct listing *listing, const struct token *newest)
{
    const struct token **tokens;
    const struct token *token;
    size_t count = 0;

    for (token = newest; token; token = token->older)
        count++;
    tokens = xcalloc(count, sizeof *tokens);
    count = 0;
    for (token = newest; token; token = token->older)
        tokens[count++] = token;
    while (count > 0 && listing->left > 0)
        show_issued(listing, tokens[--count]);
    free(tokens);
}

/*
 * Shows the scenario's legacy tokens, then the issued tokens of each
 * authorization.
 */
static void show_all(struct listing *listing)
{
    const struct directory *directory = listing->table->directory;
    const struct authorization *authorization = listing->table->oldest;
    size_t number;
    int kind;

    for (number = 0; number < directory->token_count; number++) {
        const struct token_entry *entry = directory->tokens[number];

        if (entry->count)
            show_run(listing, entry);
        else if (!entry->refresh_token)
            show(listing, entry->token, strlen(entry->token));
    }
    for (; authorization; authorization = authorization->next)
        for (kind = 0; kind < TOKEN_KINDS; kind++)
            show_chain(listing, authorization->newest[kind]);
}

void control_get_state(struct control *control)
{
    const struct mock *mock = control->mock;
    const struct clock *clock = mock_clock(mock);
    const struct directory *directory = &mock_scenario(mock)->directory;
    const struct argument *token = control_query_text(control, "token");
    struct json_writer *writer = &control->writer;
    struct listing listing = {
        .writer = writer,
        .table = mock_tokens(mock),
        .now = clock_now(clock, control->request->host_time),
        .left = control_query_number(control, "limit", TOKENS_SHOWN_MOST),
    };

    write_time(writer, "clock", listing.now);
    json_write_boolean(writer, "frozen", clock->frozen);
    write_apps(writer, directory);
    write_teams(writer, directory);
    json_write_array(writer, "tokens");
    if (token)
        show(&listing, token->value, token->value_length);
    else
        show_all(&listing);
    json_write_array_end(writer);
    write_rules(writer, mock_rules(mock));
}
