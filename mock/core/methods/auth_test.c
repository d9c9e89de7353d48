/*
 * auth.test: whose token it is. `team` is a text here, unlike in the OAuth
 * methods.
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "call/call.h"
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/oauth.h"
#include "scenario/scenario.h"

/* Whole seconds, a begun one too: none is told of a token only once it is dead.
 */
static void write_time_left(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;

    if (token->kind == TOKEN_ACCESS &&
        call->scenario->choices.auth_test_expires_in)
        json_write_integer(&call->outcome.fields, "expires_in",
                           (token->expires_at - call->now + 999) / 1000);
}

/* An app-level token is nobody's, and of no team. */
static void write_app(struct call *call)
{
    const struct app *app = call->caller.token_facts.app;

    json_write_text(&call->outcome.fields, "app_name", app->name);
    json_write_text(&call->outcome.fields, "app_id", app->id);
}

static void write_holder(struct call *call)
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
    oauth_write_is_enterprise_install(fields, team);
    write_time_left(call);
}

static enum slack_error handle(struct call *call)
{
    if (call->caller.token_facts.type == TOKEN_APP)
        write_app(call);
    else
        write_holder(call);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_auth_test = {
    .name = METHOD_AUTH_TEST,
    .takes_json = true,
    .authenticates = true,
    .takes_app_token = true,
    .required = required,
    .handle = handle,
};
