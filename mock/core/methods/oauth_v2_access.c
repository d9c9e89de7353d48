/*
 * oauth.v2.access: a refresh token for a new pair, or the code of an
 * installation for its first one.
 *
 * Bodies are those of Slack's output schema and of live captures: flat for a
 * refresh, the person's credential nested under authed_user for an
 * installation.
 */
#include "call/credentials.h"
#include "message/method_names.h"
#include "methods/code_grant.h"
#include "methods/installation.h"
#include "methods/methods.h"
#include "methods/refresh_grant.h"

/*
 * Refuses a Bearer token: the live service answers an unknown one with
 * invalid_auth, and oauth.access answered a known one with
 * not_allowed_token_type.
 */
static enum slack_error check_bearer(struct call *call)
{
    struct sent_text bearer = credentials_bearer(call->sent.request);
    struct token_facts token;

    if (!bearer.bytes)
        return SLACK_OK;
    call_hint(call, "oauth.v2.access takes client credentials and no token; "
                    "take the Authorization: Bearer header away");
    if (token_table_find(call->tokens, bearer.bytes, bearer.length, call->now,
                         &token))
        return call_refuse(call, SLACK_NOT_ALLOWED_TOKEN_TYPE,
                           "a token came as Bearer");
    return call_refuse(call, SLACK_INVALID_AUTH,
                       "an unknown token came as Bearer");
}

static const struct code_rules rules = {
    .flows = 1u << AUTHORIZE_V2 | 1u << AUTHORIZE_V2_USER,
    .was_used = SLACK_INVALID_CODE,
    .not_public = SLACK_PKCE_NOT_ALLOWED,
    .bad_verifier = SLACK_INVALID_CODE_VERIFIER,
};

static enum slack_error redeem_code(struct call *call)
{
    const struct code_entry *code;
    enum slack_error error = code_grant_take(call, &rules, &code);

    if (!error)
        installation_write(call, code);
    return error;
}

static enum slack_error handle(struct call *call)
{
    enum slack_error error = check_bearer(call);

    return error ? error : oauth_grant(call, refresh_grant, redeem_code);
}

static void hint_at_misuse(struct call *call)
{
    if (call_argument(call, "refresh_token").bytes &&
        !call_argument(call, "grant_type").bytes)
        call_hint(call, "a refresh wants grant_type=refresh_token too");
    else if (call_argument(call, "token").bytes)
        call_hint(call, "a token to be exchanged goes to oauth.v2.exchange");
}

static const char *const required[] = {NULL};

const struct method method_oauth_v2_access = {
    .name = METHOD_OAUTH_V2_ACCESS,
    .takes_basic = true,
    .required = required,
    .hint = hint_at_misuse,
    .handle = handle,
};
