/*
 * oauth.access: the code of a classic app for tokens that never expire
 * (api.slack.com/legacy/oauth). Order of the fields: live reports, then the
 * page's samples.
 */
#include "message/method_names.h"
#include "methods/code_grant.h"
#include "methods/incoming_webhook.h"
#include "methods/installation.h"
#include "methods/methods.h"

static void write_bot(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    struct issued_pair bot;

    if (!code->bot.user)
        return;
    (void)installation_issue_classic(call, code, TOKEN_BOT, &bot);
    json_write_object(fields, "bot");
    json_write_text(fields, "bot_user_id", code->bot.user);
    json_write_text(fields, "bot_access_token", bot.access);
    json_write_object_end(fields);
}

static void write_body(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    const struct team *team = code->team;
    struct issued_pair person;
    const char *scope =
        installation_issue_classic(call, code, TOKEN_USER, &person);

    json_write_text(fields, "access_token", person.access);
    json_write_text(fields, "scope", scope);
    json_write_text(fields, "user_id", code->user.user);
    json_write_text(fields, "team_name", team->name);
    json_write_text(fields, "team_id", team->id);
    json_write_text(fields, "enterprise_id", team->enterprise_id);
    incoming_webhook_write_classic(call, code);
    write_bot(call, code);
}

static const struct code_rules rules = {
    .flows = 1u << AUTHORIZE_V1,
    .was_used = SLACK_CODE_ALREADY_USED,
    .not_public = SLACK_BAD_CLIENT_SECRET,
    .bad_verifier = SLACK_BAD_CLIENT_SECRET,
    .no_user = SLACK_INVALID_CODE,
};

static enum slack_error handle(struct call *call)
{
    const struct code_entry *code;
    enum slack_error error = SLACK_INVALID_CODE;

    if (call_argument(call, "code").length)
        error = code_grant_take(call, &rules, &code);
    if (!error)
        write_body(call, code);
    return error;
}

static const char *const required[] = {NULL};

const struct method method_oauth_access = {
    .name = METHOD_OAUTH_ACCESS,
    .takes_basic = true,
    .ignores_token = true,
    .required = required,
    .handle = handle,
};
