/*
 * openid.connect.userInfo: who a token of a sign-in is of.
 */
#include "call/call.h"
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/openid.h"
#include "tokens/scope.h"

static enum slack_error handle(struct call *call)
{
    static const char *names[] = {"openid"};
    static const struct text_list wanted = {names, 1};
    const struct token_facts *token = &call->caller.token_facts;
    const struct openid_person person = {token->team, token->user,
                                         token->scope};
    struct json_writer *fields = &call->outcome.fields;

    if (token->type == TOKEN_BOT)
        return call_refuse(call, SLACK_NOT_ALLOWED_TOKEN_TYPE,
                           "the method takes tokens of persons");
    if (!scope_has_any(token->scope, &wanted)) {
        call->outcome.needed = &wanted;
        return call_refuse(call, SLACK_MISSING_SCOPE,
                           "the token has not the scope openid");
    }
    json_write_text(fields, "sub", token->user);
    json_write_text(fields, "https://slack.com/user_id", token->user);
    json_write_text(fields, "https://slack.com/team_id", token->team->id);
    openid_write_profile(fields, &person);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_openid_connect_user_info = {
    .name = METHOD_OPENID_CONNECT_USER_INFO,
    .authenticates = true,
    .required = required,
    .handle = handle,
};
