/* Issues legacy tokens and pairs, and writes them. */
#include "methods/installation.h"

#include <string.h>

#include "message/redirect_uri.h"
#include "methods/incoming_webhook.h"
#include "scenario/scenario.h"
#include "tokens/scope.h"

/*
 * Spells a legacy token that is new to directory and table: a legacy token may
 * be in one of them alone.
 */
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

static struct grant grant_of(const struct code_entry *code,
                             enum token_type type)
{
    const struct code_part *part = type == TOKEN_BOT ? &code->bot : &code->user;

    return (struct grant){
        .app = code->app,
        .team = code->team,
        .type = type,
        .user = part->user,
        .scope = part->scope,
        .user_name = oauth_token_type(type),
        .bot_id = "B0BOT",
    };
}

/* A redirect that no server of the app receives. */
static bool is_desktop(const struct code_entry *code)
{
    enum redirect_kind kind =
        code->redirect_uri
            ? redirect_uri_kind(code->redirect_uri, strlen(code->redirect_uri))
            : REDIRECT_INVALID;

    return kind == REDIRECT_CUSTOM ||
           (kind == REDIRECT_LOOPBACK && code->app->pkce);
}

static const char *scope_of(struct call *call, const char *token)
{
    struct token_facts facts;

    (void)token_table_find(call->tokens, token, strlen(token), call->now,
                           &facts);
    return scope_text(facts.scope);
}

const char *installation_issue(struct call *call, const struct code_entry *code,
                               enum token_type type, struct issued_pair *pair)
{
    const struct grant grant = grant_of(code, type);

    pair->expires_in =
        code->expires_in ? code->expires_in : code->app->expires_in;
    if (code->app->token_rotation || is_desktop(code))
        install_pair(call, &grant, pair);
    else
        install_legacy(call, &grant, pair);
    call->outcome.reply->record.committed = true;
    return scope_of(call, pair->access);
}

const char *installation_issue_classic(struct call *call,
                                       const struct code_entry *code,
                                       enum token_type type,
                                       struct issued_pair *pair)
{
    const struct grant grant = grant_of(code, type);

    install_legacy(call, &grant, pair);
    call->outcome.reply->record.committed = true;
    return scope_of(call, pair->access);
}

void installation_write_rotation(struct json_writer *fields,
                                 const struct issued_pair *pair)
{
    if (!pair->refresh)
        return;
    json_write_text(fields, "refresh_token", pair->refresh);
    json_write_integer(fields, "expires_in", pair->expires_in);
}

static void install(struct call *call, const struct code_entry *code,
                    enum token_type type, struct issued_pair *pair)
{
    struct json_writer *fields = &call->outcome.fields;
    const char *scope = installation_issue(call, code, type, pair);

    json_write_text(fields, "scope", scope);
    json_write_text(fields, "token_type", oauth_token_type(type));
    json_write_text(fields, "access_token", pair->access);
}

static void write_authed_user(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;
    struct issued_pair pair;

    json_write_object(fields, "authed_user");
    json_write_text(fields, "id", code->user.user ? code->user.user : "U0USER");
    if (code->user.user) {
        install(call, code, TOKEN_USER, &pair);
        installation_write_rotation(fields, &pair);
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
    installation_write_rotation(fields, &pair);
}

void installation_write(struct call *call, const struct code_entry *code)
{
    struct json_writer *fields = &call->outcome.fields;

    json_write_text(fields, "app_id", code->app->id);
    write_authed_user(call, code);
    write_bot(call, code);
    oauth_write_team(fields, code->team);
    oauth_write_is_enterprise_install(fields, code->team);
    incoming_webhook_write(call, code);
}
