/*
 * oauth.v2.user.access: the code of an installation for a person's token, and
 * refreshes. Its page, its schema and live reports each have another body: the
 * default is the sum of them, and a choice gives one alone.
 */
#include "message/method_names.h"
#include "methods/code_grant.h"
#include "methods/installation.h"
#include "methods/methods.h"
#include "methods/openid.h"
#include "methods/refresh_grant.h"
#include "scenario/scenario.h"
#include "tokens/scope.h"

/* A token of a person, and the order's parts of its body. */
struct user_grant {
    const struct code_entry *code;
    struct issued_pair pair;
    const char *scope;
    struct buffer id_token; /* empty: none was asked for */
};

static void write_id_token(struct json_writer *fields,
                           const struct user_grant *grant)
{
    if (grant->id_token.length)
        json_write_text(fields, "id_token", buffer_text(&grant->id_token));
}

static void write_authed_user(struct json_writer *fields,
                              const struct user_grant *grant, bool has_token)
{
    json_write_object(fields, "authed_user");
    json_write_text(fields, "id", grant->code->user.user);
    json_write_text(fields, "scope", grant->scope);
    if (has_token) {
        json_write_text(fields, "access_token", grant->pair.access);
        json_write_text(fields, "token_type", "user");
    }
    json_write_object_end(fields);
}

static void write_sample(struct json_writer *fields,
                         const struct user_grant *grant)
{
    json_write_text(fields, "access_token", grant->pair.access);
    json_write_text(fields, "token_type", "user");
    write_id_token(fields, grant);
    write_authed_user(fields, grant, false);
    json_write_object(fields, "team");
    json_write_text(fields, "id", grant->code->team->id);
    json_write_object_end(fields);
}

static void write_schema(struct json_writer *fields,
                         const struct user_grant *grant)
{
    json_write_text(fields, "access_token", grant->pair.access);
    json_write_text(fields, "token_type", "user");
    json_write_text(fields, "scope", grant->scope);
    json_write_text(fields, "user_id", grant->code->user.user);
    json_write_text(fields, "app_id", grant->code->app->id);
    oauth_write_is_enterprise_install(fields, grant->code->team);
    installation_write_rotation(fields, &grant->pair);
    oauth_write_team(fields, grant->code->team);
}

static void write_superset(struct json_writer *fields,
                           const struct user_grant *grant)
{
    json_write_text(fields, "app_id", grant->code->app->id);
    write_authed_user(fields, grant, true);
    json_write_text(fields, "scope", grant->scope);
    json_write_text(fields, "token_type", "user");
    json_write_text(fields, "access_token", grant->pair.access);
    json_write_text(fields, "user_id", grant->code->user.user);
    installation_write_rotation(fields, &grant->pair);
    oauth_write_team(fields, grant->code->team);
    oauth_write_is_enterprise_install(fields, grant->code->team);
    write_id_token(fields, grant);
}

/* Only who asked for the scope openid gets one; without TLS, nobody. */
static void add_id_token(struct call *call, struct user_grant *grant)
{
    const char *scope = grant->code->user.scope;

    if (!scope || !scope_includes(scope, "openid"))
        return;
    if (openid_add_id_token(call, grant->code, grant->pair.access, grant->scope,
                            &grant->id_token))
        return;
    buffer_clear(&grant->id_token);
    call_hint(call, "this slackmock was built without TLS, and so signs no "
                    "id_token");
}

static const struct code_rules rules = {
    .flows = 1u << AUTHORIZE_V2_USER,
    .was_used = SLACK_INVALID_CODE,
    .not_public = SLACK_PKCE_NOT_ALLOWED,
    .bad_verifier = SLACK_INVALID_CODE_VERIFIER,
    .no_user = SLACK_NO_USER_SCOPES,
};

static enum slack_error redeem_code(struct call *call)
{
    static void (*const writers[])(struct json_writer * fields,
                                   const struct user_grant *grant) = {
        [USER_ACCESS_SUPERSET] = write_superset,
        [USER_ACCESS_SCHEMA] = write_schema,
        [USER_ACCESS_SAMPLE] = write_sample,
    };
    struct user_grant grant = {.id_token = BUFFER_INIT};
    enum slack_error error = code_grant_take(call, &rules, &grant.code);

    if (error)
        return error;
    grant.scope = installation_issue(call, grant.code, TOKEN_USER, &grant.pair);
    add_id_token(call, &grant);
    writers[call->scenario->choices.user_access_shape](&call->outcome.fields,
                                                       &grant);
    buffer_free(&grant.id_token);
    return SLACK_OK;
}

static enum slack_error handle(struct call *call)
{
    return oauth_grant(call, refresh_grant, redeem_code);
}

static const char *const required[] = {NULL};

const struct method method_oauth_v2_user_access = {
    .name = METHOD_OAUTH_V2_USER_ACCESS,
    .takes_basic = true,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
