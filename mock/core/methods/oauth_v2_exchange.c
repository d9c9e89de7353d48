/*
 * oauth.v2.exchange: trades a legacy token, once, for an expiring access token
 * and a refresh token.
 *
 * Fields and their presence are those of Slack's own output schema of the
 * method; Slack states no order, so theirs is that of oauth.v2.access as seen
 * on the wire. The order of the checks is slackmock's choice, except that
 * missing arguments come first.
 */
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/oauth.h"
#include "tokens/scope.h"

/* The first check that the call fails, in order, or SLACK_OK. */
static enum slack_error check(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    const struct app *app;
    enum slack_error error = oauth_client(call, &app);

    if (error)
        return error;
    if (!app->token_rotation) {
        call_decide(call, "token rotation is off for app %s", app->id);
        return SLACK_TOKEN_ROTATION_NOT_ENABLED;
    }
    if (!call->caller.token_is_known)
        return call_refuse(call, SLACK_INVALID_TOKEN, "the token is unknown");
    if (token->type == TOKEN_APP)
        return call_refuse(call, SLACK_INVALID_TOKEN,
                           "an app-level token is not rotated");
    if (token->kind != TOKEN_LEGACY) {
        call_hint(call, "the token came from an exchange or a refresh; only a "
                        "long-lived one can be exchanged");
        return call_refuse(call, SLACK_INVALID_TOKEN,
                           "the token is not a legacy one");
    }
    if (token->app != app) {
        call_hint(call, "the token belongs to another app, %s", token->app->id);
        call_decide(call, "the token belongs to app %s", token->app->id);
        return SLACK_INVALID_TOKEN;
    }
    if (token->team->state == TEAM_MIGRATING)
        return call_refuse_team(call, token->team);
    if (token->ending)
        return call_refuse(call, SLACK_AUTHORIZATION_NOT_FOUND,
                           "the token's authorization has ended");
    if (token->state != TOKEN_ACTIVE)
        return call_refuse(call, SLACK_TOKEN_ALREADY_EXCHANGED,
                           "the token was exchanged before");
    return SLACK_OK;
}

/* Hints at what a caller who sends these probably meant. */
static void hint_at_misuse(struct call *call)
{
    const struct argument *token =
        arguments_find(call->sent.arguments, "token");

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
    const struct token_facts *token = &call->caller.token_facts;
    struct json_writer *fields = &call->outcome.fields;
    enum slack_error error = check(call);
    struct issued_pair pair;
    struct token_pair spelt;

    if (error)
        return error;
    oauth_spell_pair(call, token->type, token->app->expires_in, &pair);
    spelt = oauth_token_pair(call, &pair);
    token_table_exchange(call->tokens, token, &spelt, call->now);
    call->outcome.reply->record.committed = true;
    json_write_text(fields, "app_id", token->app->id);
    json_write_text(fields, "token_type", oauth_token_type(token->type));
    json_write_text(fields, "scope", scope_text(token->scope));
    json_write_text(fields, "access_token", pair.access);
    json_write_text(fields,
                    token->type == TOKEN_BOT ? "bot_user_id" : "user_id",
                    token->user);
    json_write_text(fields, "refresh_token", pair.refresh);
    json_write_integer(fields, "expires_in", pair.expires_in);
    oauth_write_team(fields, token->team);
    return SLACK_OK;
}

static const char *const required[] = {"client_id", "client_secret", "token",
                                       NULL};

const struct method method_oauth_v2_exchange = {
    .name = METHOD_OAUTH_V2_EXCHANGE,
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle,
};
