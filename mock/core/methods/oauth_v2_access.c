/*
 * oauth.v2.access: a refresh token for a new pair, or the code of an
 * installation for its first one.
 *
 * Bodies are those of Slack's output schema and of live captures: flat for a
 * refresh, the person's credential nested under authed_user for an
 * installation.
 */
#include <string.h>

#include "call/credentials.h"
#include "message/method_names.h"
#include "methods/methods.h"
#include "methods/oauth.h"
#include "scenario/scenario.h"
#include "tokens/scope.h"

static void write_end(struct json_writer *fields, const struct team *team)
{
    oauth_write_team(fields, team);
    oauth_write_is_enterprise_install(fields, team);
}

/* ---- grant_type=refresh_token ---- */

/*
 * The facts of the refresh token that was sent. False if it cannot be used: all
 * the reasons have one error, so that nobody can probe for tokens.
 */
static bool find_refresh_token(struct call *call, const struct app *app,
                               struct token_facts *token)
{
    struct sent_text sent = call_argument(call, "refresh_token");

    if (!sent.bytes || !token_table_find(call->tokens, sent.bytes, sent.length,
                                         call->now, token)) {
        call_decide(call, "the refresh token is absent or unknown");
        return false;
    }
    if (token->kind != TOKEN_REFRESH || token->app != app) {
        call_decide(call, "it is no refresh token of this app");
        return false;
    }
    if (token->ending || (token->state != TOKEN_ACTIVE && !token->in_grace)) {
        call_decide(call, "the refresh token is dead");
        return false;
    }
    return true;
}

static enum slack_error refresh(struct call *call, const struct app *app)
{
    struct json_writer *fields = &call->outcome.fields;
    struct token_facts token;
    struct issued_pair pair;
    struct token_pair spelt;

    if (!find_refresh_token(call, app, &token))
        return SLACK_INVALID_REFRESH_TOKEN;
    if (token.team->state == TEAM_MIGRATING)
        return call_refuse_team(call, token.team);
    if (token.in_grace)
        call_hint(call, "this refresh token was used before; within its grace "
                        "that gives another pair, and the refresh token it "
                        "gave first is dead");
    oauth_spell_pair(call, token.type, app->expires_in, &pair);
    spelt = oauth_token_pair(call, &pair);
    token_table_refresh(call->tokens, &token, &spelt, call->now);
    call->outcome.reply->record.committed = true;
    json_write_text(fields, "app_id", app->id);
    json_write_text(fields, "scope", scope_text(token.scope));
    json_write_text(fields, "token_type", oauth_token_type(token.type));
    json_write_text(fields, "access_token", pair.access);
    json_write_text(fields, token.type == TOKEN_BOT ? "bot_user_id" : "user_id",
                    token.user);
    json_write_text(fields, "refresh_token", pair.refresh);
    json_write_integer(fields, "expires_in", pair.expires_in);
    write_end(fields, token.team);
    return SLACK_OK;
}

/* ---- code ---- */

/* The directory's legacy tokens are not all in the table. */
static void spell_legacy(struct call *call, enum token_type type,
                         struct issued_pair *pair)
{
    enum token_style style = (enum token_style)call->scenario->token_style;
    struct token_facts taken;

    do
        token_factory_legacy(call->token_random, style, type,
                             pair->spelt_access);
    while (token_table_find(call->tokens, pair->spelt_access,
                            strlen(pair->spelt_access), call->now, &taken));
    pair->access = pair->spelt_access;
    pair->refresh = NULL;
}

/* The legacy token that stays, or a new one. */
static void install_legacy(struct call *call, const struct grant *grant,
                           struct issued_pair *pair)
{
    struct token_pair spelt;

    pair->refresh = NULL;
    pair->access = token_table_reinstall(call->tokens, grant, call->now);
    if (pair->access)
        return;
    spell_legacy(call, grant->type, pair);
    spelt = oauth_token_pair(call, pair);
    token_table_install(call->tokens, grant, &spelt, call->now);
}

static void install_pair(struct call *call, const struct grant *grant,
                         struct issued_pair *pair)
{
    struct token_pair spelt;

    oauth_spell_pair(call, grant->type, pair->expires_in, pair);
    spelt = oauth_token_pair(call, pair);
    token_table_install(call->tokens, grant, &spelt, call->now);
}

/*
 * Issues what the code grants to one of the two: a pair, or while the app's
 * rotation is off a legacy token. Writes what both have.
 */
static void install(struct call *call, const struct code_entry *code,
                    enum token_type type, struct issued_pair *pair)
{
    const struct code_part *part = type == TOKEN_BOT ? &code->bot : &code->user;
    struct json_writer *fields = &call->outcome.fields;
    const struct grant grant = {
        .app = code->app,
        .team = code->team,
        .type = type,
        .user = part->user,
        .scope = part->scope,
        .user_name = oauth_token_type(type),
        .bot_id = "B0BOT",
    };
    struct token_facts token;

    pair->expires_in =
        code->expires_in ? code->expires_in : code->app->expires_in;
    if (code->app->token_rotation)
        install_pair(call, &grant, pair);
    else
        install_legacy(call, &grant, pair);
    call->outcome.reply->record.committed = true;
    (void)token_table_find(call->tokens, pair->access, strlen(pair->access),
                           call->now, &token);
    json_write_text(fields, "scope", scope_text(token.scope));
    json_write_text(fields, "token_type", oauth_token_type(type));
    json_write_text(fields, "access_token", pair->access);
}

static void write_rotation(struct json_writer *fields,
                           const struct issued_pair *pair)
{
    if (!pair->refresh)
        return;
    json_write_text(fields, "refresh_token", pair->refresh);
    json_write_integer(fields, "expires_in", pair->expires_in);
}

static void write_authed_user(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    struct issued_pair pair;

    json_write_object(fields, "authed_user");
    json_write_text(fields, "id", code->user.user ? code->user.user : "U0USER");
    if (code->user.user) {
        install(call, code, TOKEN_USER, &pair);
        write_rotation(fields, &pair);
    }
    json_write_object_end(fields);
}

static void write_bot(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    struct issued_pair pair;

    if (!code->bot.user)
        return;
    install(call, code, TOKEN_BOT, &pair);
    json_write_text(fields, "bot_user_id", code->bot.user);
    write_rotation(fields, &pair);
}

static enum slack_error refuse_code(struct call *call)
{
    if (!call->scenario->directory.code_count)
        call_hint(call, "this world has no codes: a scenario lists them in "
                        "\"codes\", and flows/reinstall-with-less-time.json "
                        "has two");
    return call_refuse(call, SLACK_INVALID_CODE, "the code is unknown");
}

static enum slack_error redeem_code(struct call *call, const struct app *app)
{
    struct sent_text sent = call_argument(call, "code");
    const struct code_entry *code = directory_find_code(
        &call->scenario->directory, sent.bytes, sent.length);

    if (!code)
        return refuse_code(call);
    if (code->app != app) {
        call_decide(call, "the code belongs to app %s", code->app->id);
        return SLACK_INVALID_CODE;
    }
    if (code->team->state == TEAM_MIGRATING)
        return call_refuse_team(call, code->team);
    if (!token_table_take_code(call->tokens, code)) {
        call_hint(call, "this code was redeemed before; a code serves once");
        return call_refuse(call, SLACK_INVALID_CODE,
                           "the code was redeemed before");
    }
    json_write_text(&call->outcome.fields, "app_id", app->id);
    write_authed_user(call, code);
    write_bot(call, code);
    write_end(&call->outcome.fields, code->team);
    return SLACK_OK;
}

/* ---- both ---- */

/*
 * A caller's token has no business here: the live service answers one that does
 * not resolve with invalid_auth, and oauth.access answered one that does with
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

/* Which of the two is asked for; the live service looks at an empty code even
 * before the client. */
static enum slack_error check_grant(struct call *call, bool *is_refresh)
{
    struct sent_text type = call_argument(call, "grant_type");

    *is_refresh = sent_text_is(type, "refresh_token");
    if (*is_refresh)
        return SLACK_OK;
    if (type.bytes && !sent_text_is(type, "authorization_code"))
        return call_refuse(call, SLACK_INVALID_GRANT_TYPE,
                           "grant_type is neither refresh_token nor "
                           "authorization_code");
    if (!call_argument(call, "code").length)
        return call_refuse(call, SLACK_INVALID_CODE,
                           "the code is absent or empty");
    return SLACK_OK;
}

/*
 * A public client sends no secret with its refresh token (PKCE, RFC 7636), and
 * no app here is one: pkce_not_allowed, by the errors of the method's page.
 */
static enum slack_error check_client(struct call *call, bool is_refresh,
                                     const struct app **app)
{
    enum slack_error error = oauth_client(call, app);

    if (error == SLACK_BAD_CLIENT_SECRET && is_refresh &&
        !call->caller.client_secret.bytes)
        return call_refuse(call, SLACK_PKCE_NOT_ALLOWED,
                           "no client_secret came, and no app is public");
    return error;
}

static enum slack_error handle(struct call *call)
{
    const struct app *app;
    bool is_refresh = false;
    enum slack_error error = check_bearer(call);

    if (!error)
        error = check_grant(call, &is_refresh);
    if (!error)
        error = check_client(call, is_refresh, &app);
    if (error)
        return error;
    return is_refresh ? refresh(call, app) : redeem_code(call, app);
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
