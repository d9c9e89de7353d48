/*
 * auth.test: tells whose token it is. `team` is a text here, unlike in the
 * OAuth methods; a rotated token's expires_in is left out, as sources conflict.
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "call/call.h"
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/oauth.h"

static enum slack_error handle(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    const struct team *team = token->team;
    struct json_writer *fields = &call->outcome.fields;
    char *url = xasprintf("https://%s.slack.com/", team->domain);

    json_write_text(fields, "url", url);
    free(url);
    json_write_text(fields, "team", team->name);
    json_write_text(fields, "user", token->user_name);
    json_write_text(fields, "team_id", team->id);
    json_write_text(fields, "user_id", token->user);
    if (token->type == TOKEN_BOT)
        json_write_text(fields, "bot_id", token->bot_id);
    if (team->enterprise_id)
        json_write_text(fields, "enterprise_id", team->enterprise_id);
    json_write_boolean(fields, "is_enterprise_install",
                       oauth_is_organisation(team));
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_auth_test = {
    .name = METHOD_AUTH_TEST,
    .takes_json = true,
    .authenticates = true,
    .required = required,
    .handle = handle,
};
