/*
 * oauth.v2.exchange: trades a legacy token, once, for an expiring access token
 * and a refresh token.
 *
 * Fields and their presence are those of Slack's own output schema of the
 * method; Slack states no order, so theirs is that of oauth.v2.access as seen
 * on the wire. The order of the checks is slackmock's choice, except that
 * missing arguments come first.
 */
#include <string.h>

#include "call.h"
#include "methods.h"
#include "scenario_parts.h"
#include "token_factory.h"

#define EXPIRES_IN 43200 /* seconds */

static const struct app *known_app(const struct call *call)
{
    struct sent_text id = call_argument(call, "client_id");

    return directory_app_by_client_id(&call->scenario->directory, id.bytes,
                                      id.length);
}

/* The first check that the call fails, in order, or SLACK_OK. */
static enum slack_error check(struct call *call)
{
    const struct token_facts *token = &call->token_facts;
    const struct app *app = known_app(call);

    if (!app)
        return SLACK_INVALID_CLIENT_ID;
    if (!sent_text_is(call_argument(call, "client_secret"), app->client_secret))
        return SLACK_BAD_CLIENT_SECRET;
    if (!app->token_rotation)
        return SLACK_TOKEN_ROTATION_NOT_ENABLED;
    if (!call->token_is_known || token->kind != TOKEN_LEGACY)
        return SLACK_INVALID_TOKEN;
    if (token->app != app) {
        call_hint(call, "the token belongs to another app, %s", token->app->id);
        return SLACK_INVALID_TOKEN;
    }
    if (token->team->state == TEAM_MIGRATING)
        return SLACK_TEAM_ADDED_TO_ORG;
    if (!token->authorization_alive)
        return SLACK_AUTHORIZATION_NOT_FOUND;
    if (token->state == TOKEN_EXCHANGED)
        return SLACK_TOKEN_ALREADY_EXCHANGED;
    return SLACK_OK;
}

static void write_party(struct json_writer *fields, const char *key,
                        const char *id, const char *name)
{
    if (!id) {
        json_write_null(fields, key);
        return;
    }
    json_write_object(fields, key);
    json_write_text(fields, "id", id);
    json_write_text(fields, "name", name);
    json_write_object_end(fields);
}

/*
 * An app installed to a whole organisation has no team: here, that is a team
 * whose id is its organisation's.
 */
static void write_team(struct json_writer *fields, const struct team *team)
{
    bool is_organisation =
        team->enterprise_id && strcmp(team->id, team->enterprise_id) == 0;

    write_party(fields, "team", is_organisation ? NULL : team->id, team->name);
    write_party(fields, "enterprise", team->enterprise_id,
                team->enterprise_name);
}

/* What a caller probably meant who sends these. */
static void hint_at_misuse(struct call *call)
{
    const struct argument *token = arguments_find(call->arguments, "token");

    if (call_argument(call, "refresh_token").bytes)
        call_hint(call, "a refresh_token goes to oauth.v2.access with "
                        "grant_type=refresh_token");
    else if (call_argument(call, "code").bytes)
        call_hint(call, "a code goes to oauth.v2.access");
    else if (token && token->in_query)
        call_hint(call, "the token is in the query, where logs keep it; send "
                        "it in the body or as Authorization: Bearer");
}

static enum slack_error handle(struct call *call)
{
    const struct token_facts *token = &call->token_facts;
    enum token_style style = (enum token_style)call->scenario->token_style;
    char access[ISSUED_TOKEN_SIZE], refresh[ISSUED_TOKEN_SIZE];
    struct json_writer *fields = &call->fields;
    enum slack_error error;

    error = check(call);
    if (error)
        return error;
    token_factory_access(call->token_random, style, token->type, access);
    token_factory_refresh(call->token_random, style, refresh);
    token_table_exchange(call->tokens, token, access, refresh);
    json_write_text(fields, "app_id", token->app->id);
    json_write_text(fields, "token_type",
                    token->type == TOKEN_BOT ? "bot" : "user");
    json_write_text(fields, "scope", token->scope);
    json_write_text(fields, "access_token", access);
    json_write_text(fields,
                    token->type == TOKEN_BOT ? "bot_user_id" : "user_id",
                    token->user);
    json_write_text(fields, "refresh_token", refresh);
    json_write_integer(fields, "expires_in", EXPIRES_IN);
    write_team(fields, token->team);
    return SLACK_OK;
}

static const char *const required[] = {"client_id", "client_secret", "token",
                                       NULL};

const struct method method_oauth_v2_exchange = {
    .name = "oauth.v2.exchange",
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle,
};
