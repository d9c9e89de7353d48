/*
 * auth.revoke: ends the token that it is called with. With `test` it only says
 * that it could.
 */
#include "call/call.h"
#include "message/method_names.h"
#include "methods/end_events.h"
#include "methods/methods.h"

/* Clients spell booleans both ways: Python and Java 1, JavaScript true. */
static bool is_true(struct sent_text sent)
{
    return sent_text_is(sent, "1") || sent_text_is(sent, "true");
}

static enum slack_error handle(struct call *call)
{
    const struct token_facts *token = &call->caller.token_facts;
    bool is_test = is_true(call_argument(call, "test"));

    if (!is_test) {
        token_table_revoke(call->tokens, token);
        end_events_revoke(call, token);
    }
    call->outcome.reply->record.committed = !is_test;
    json_write_boolean(&call->outcome.fields, "revoked", !is_test);
    return SLACK_OK;
}

static const char *const required[] = {NULL};

const struct method method_auth_revoke = {
    .name = METHOD_AUTH_REVOKE,
    .authenticates = true,
    .takes_refresh_token = true,
    .required = required,
    .handle = handle,
};
