/*
 * openid.connect.userInfo: who a token of a sign-in is of.
 */
#include "call/call.h"
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/openid.h"

static enum slack_error handle(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    const struct openid_person person = {token->team, token->user,
                                         token->scope};
    struct json_writer *fields = &call->outcome.fields;

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
    .follows_facts = true,
    .required = required,
    .handle = handle,
};
