/*
 * openid.connect.token: the code of a sign-in for a person's token and an
 * id_token (docs.slack.dev, "Sign in with Slack").
 */
#include "message/method_names.h"
#include "methods/code_grant.h"
#include "methods/installation.h"
#include "methods/methods.h"
#include "methods/openid.h"
#include "methods/refresh_grant.h"

static const struct code_rules rules = {
    .flows = 1u << AUTHORIZE_OPENID,
    .was_used = SLACK_INVALID_CODE,
    .not_public = SLACK_BAD_CLIENT_SECRET,
    .bad_verifier = SLACK_INVALID_GRANT,
    .no_user = SLACK_INVALID_CODE,
};

static void write_grant(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    struct buffer id_token = BUFFER_INIT;
    struct issued_pair pair;
    const char *scope = installation_issue(call, code, TOKEN_USER, &pair);

    json_write_text(fields, "access_token", pair.access);
    json_write_text(fields, "token_type", "Bearer");
    (void)openid_add_id_token(call, code, pair.access, scope, &id_token);
    json_write_text(fields, "id_token", buffer_text(&id_token));
    installation_write_rotation(fields, &pair);
    buffer_free(&id_token);
}

/* Live reports: a secret beside a verifier answers internal_error. */
static enum slack_error check_able(struct call *call)
{
    if (!call->sign) {
        call_hint(call, "this slackmock was built without TLS, and so signs no "
                        "id_token");
        return SLACK_INTERNAL_ERROR;
    }
    if (!call->caller.client_secret.length ||
        !call_argument(call, "code_verifier").length)
        return SLACK_OK;
    call_hint(call, "a client_secret and a code_verifier came together; Slack "
                    "answers that with internal_error: send one of them");
    return SLACK_INTERNAL_ERROR;
}

static enum slack_error redeem_code(struct call *call)
{
    const struct code_entry *code;
    enum slack_error error = check_able(call);

    if (!error)
        error = code_grant_take(call, &rules, &code);
    if (!error)
        write_grant(call, code);
    return error;
}

static enum slack_error refresh(struct call *call)
{
    struct json_writer *fields = &call->outcome.fields;
    struct token_facts token;
    struct issued_pair pair;
    const struct app *app;
    enum slack_error error = refresh_grant_client(call, &app);

    if (error == SLACK_PKCE_NOT_ALLOWED)
        error = SLACK_BAD_CLIENT_SECRET;
    if (!error)
        error = refresh_grant_take(call, app, &token, &pair);
    if (error)
        return error;
    json_write_text(fields, "access_token", pair.access);
    json_write_text(fields, "token_type", "Bearer");
    installation_write_rotation(fields, &pair);
    return SLACK_OK;
}

static enum slack_error handle(struct call *call)
{
    return oauth_grant(call, refresh, redeem_code);
}

static const char *const required[] = {NULL};

const struct method method_openid_connect_token = {
    .name = METHOD_OPENID_CONNECT_TOKEN,
    .takes_basic = true,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
