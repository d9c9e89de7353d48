/* Finds the refresh token, and spends it. */
#include "methods/refresh_grant.h"

#include "scenario/scenario.h"
#include "tokens/scope.h"

/*
 * The facts of the refresh token that was sent. False if it cannot be used: all
 * the reasons have one error, so that nobody can probe for tokens.
 */
static bool find_refresh_token(struct call *call, const struct app *app,
                               struct token_facts *token)
{
    struct sent_text sent = call_argument(call, "refresh_token");

    if (!sent.bytes || !token_table_find(call->tokens, sent.bytes, sent.length,
                                         call->now, token)) {
        call_decide(call, "the refresh token is absent or unknown");
        return false;
    }
    if (token->kind != TOKEN_REFRESH || token->app != app) {
        call_decide(call, "it is no refresh token of this app");
        return false;
    }
    if (token->ending || (token->state != TOKEN_ACTIVE && !token->in_grace)) {
        call_decide(call, "the refresh token is dead");
        return false;
    }
    return true;
}

enum slack_error refresh_grant_client(struct call *call, const struct app **app)
{
    enum slack_error error = oauth_client(call, app);

    if (error != SLACK_BAD_CLIENT_SECRET || call->caller.client_secret.length)
        return error;
    if ((*app)->pkce)
        return SLACK_OK;
    if (call->caller.client_secret.bytes)
        return error;
    return call_refuse(call, SLACK_PKCE_NOT_ALLOWED,
                       "no client_secret came, and the app is not public");
}

enum slack_error refresh_grant_take(struct call *call, const struct app *app,
                                    struct token_facts *token,
                                    struct issued_pair *pair)
{
    struct token_pair spelt;

    if (!find_refresh_token(call, app, token))
        return SLACK_INVALID_REFRESH_TOKEN;
    if (token->team->state == TEAM_MIGRATING)
        return call_refuse_team(call, token->team);
    if (token->in_grace)
        call_hint(call, "this refresh token was used before; within its grace "
                        "that gives another pair, and the refresh token it "
                        "gave first is dead");
    oauth_spell_pair(call, token->type, app->expires_in, pair);
    spelt = oauth_token_pair(call, pair);
    token_table_refresh(call->tokens, token, &spelt, call->now);
    call->outcome.reply->record.committed = true;
    return SLACK_OK;
}

enum slack_error refresh_grant(struct call *call)
{
    struct json_writer *fields = &call->outcome.fields;
    struct token_facts token = {0};
    struct issued_pair pair = {0};
    const struct app *app;
    enum slack_error error = refresh_grant_client(call, &app);

    if (!error)
        error = refresh_grant_take(call, app, &token, &pair);
    if (error)
        return error;
    json_write_text(fields, "app_id", app->id);
    json_write_text(fields, "scope", scope_text(token.scope));
    json_write_text(fields, "token_type", oauth_token_type(token.type));
    json_write_text(fields, "access_token", pair.access);
    json_write_text(fields, token.type == TOKEN_BOT ? "bot_user_id" : "user_id",
                    token.user);
    json_write_text(fields, "refresh_token", pair.refresh);
    json_write_integer(fields, "expires_in", pair.expires_in);
    oauth_write_team(fields, token.team);
    oauth_write_is_enterprise_install(fields, token.team);
    return SLACK_OK;
}
