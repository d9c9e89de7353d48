/*
 * tooling.tokens.rotate: a configuration token's refresh token for a new pair,
 * once. At Slack and here a configuration token looks like a rotated user
 * token.
 */
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/oauth.h"

#define LIFE 43200 /* seconds: the method's page */

static enum slack_error find(struct call *call, struct token_facts *token)
{
    struct sent_text sent = call_argument(call, "refresh_token");

    if (!token_table_find(call->tokens, sent.bytes, sent.length, call->now,
                          token) ||
        token->kind != TOKEN_REFRESH || token->type != TOKEN_USER)
        return call_refuse(call, SLACK_INVALID_REFRESH_TOKEN,
                           "it is no refresh token of a configuration token");
    if (token->ending || token->state != TOKEN_ACTIVE)
        return call_refuse(call, SLACK_INVALID_REFRESH_TOKEN,
                           "the refresh token is dead; it serves once");
    return SLACK_OK;
}

static void write_body(struct call *call, const struct token_facts *token,
                       const struct issued_pair *pair)
{
    struct json_writer *fields = &call->outcome.fields;
    const int64_t now = call->now / 1000;

    json_write_text(fields, "token", pair->access);
    json_write_text(fields, "refresh_token", pair->refresh);
    json_write_text(fields, "team_id", token->team->id);
    json_write_text(fields, "user_id", token->user);
    json_write_integer(fields, "iat", now);
    json_write_integer(fields, "exp", now + pair->expires_in);
}

static enum slack_error handle(struct call *call)
{
    struct token_facts token;
    struct issued_pair pair;
    struct token_pair spelt;
    enum slack_error error = find(call, &token);

    if (error)
        return error;
    oauth_spell_pair(call, TOKEN_USER, LIFE, &pair);
    spelt = oauth_token_pair(call, &pair);
    token_table_refresh(call->tokens, &token, &spelt, call->now);
    call->outcome.reply->record.committed = true;
    write_body(call, &token, &pair);
    return SLACK_OK;
}

static const char *const required[] = {"refresh_token", NULL};

const struct method method_tooling_tokens_rotate = {
    .name = METHOD_TOOLING_TOKENS_ROTATE,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
