/*
 * apps.uninstall: ends all that a team granted to an app. Any token of that
 * installation may ask for it.
 */
#include "call/call.h"
#include "message/method_names.h"
#include "methods/end_events.h"
#include "methods/methods.h"
#include "methods/oauth.h"

static enum slack_error handle(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    const struct app *app;
    enum slack_error error = oauth_client(call, &app);

    if (error)
        return error;
    if (token->app != app) {
        call_decide(call, "the token belongs to app %s, the client_id to %s",
                    token->app->id, app->id);
        return SLACK_CLIENT_ID_TOKEN_MISMATCH;
    }
    end_events_uninstall(call, app, token->team);
    token_table_uninstall(call->tokens, app, token->team);
    call->outcome.reply->record.committed = true;
    return SLACK_OK;
}

static const char *const required[] = {"client_id", "client_secret", NULL};

const struct method method_apps_uninstall = {
    .name = METHOD_APPS_UNINSTALL,
    .authenticates = true,
    .required = required,
    .handle = handle,
};
