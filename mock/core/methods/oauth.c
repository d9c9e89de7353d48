/* What the OAuth methods share: see oauth.h. */
#include "methods/oauth.h"

#include <string.h>

#include "base/text.h"
#include "scenario/scenario.h"

enum slack_error oauth_client(struct call *call, const struct app **app)
{
    *app = call->caller.app;
    if (!*app)
        return call_refuse(call, SLACK_INVALID_CLIENT_ID,
                           "no app has this client_id");
    if (call->caller.client_secret.bytes &&
        text_equals_secret(call->caller.client_secret.bytes,
                           call->caller.client_secret.length,
                           (*app)->client_secret))
        return SLACK_OK;
    call_decide(call, "the client_secret is not that of app %s", (*app)->id);
    return SLACK_BAD_CLIENT_SECRET;
}

enum slack_error oauth_grant(struct call *call,
                             enum slack_error (*refresh)(struct call *),
                             enum slack_error (*redeem_code)(struct call *))
{
    struct sent_text type = call_argument(call, "grant_type");

    if (sent_text_is(type, "refresh_token"))
        return refresh(call);
    if (type.bytes && !sent_text_is(type, "authorization_code"))
        return call_refuse(call, SLACK_INVALID_GRANT_TYPE,
                           "grant_type is neither refresh_token nor "
                           "authorization_code");
    if (!call_argument(call, "code").length)
        return call_refuse(call, SLACK_INVALID_CODE,
                           "the code is absent or empty");
    return redeem_code(call);
}

void oauth_spell_pair(struct call *call, enum token_type type,
                      long long expires_in, struct issued_pair *pair)
{
    enum token_style style = (enum token_style)call->scenario->token_style;
    const struct given_pair *given = token_table_take_pair(call->tokens, type);

    pair->expires_in = expires_in;
    if (given) {
        pair->access = given->access_token;
        pair->refresh = given->refresh_token;
        return;
    }

    /* A scenario may already hold the token that its seed gives next. */
    do
        token_factory_access(call->token_random, style, type,
                             pair->spelt_access);
    while (token_table_has(call->tokens, pair->spelt_access));
    do
        token_factory_refresh(call->token_random, style, pair->spelt_refresh);
    while (token_table_has(call->tokens, pair->spelt_refresh));
    pair->access = pair->spelt_access;
    pair->refresh = pair->spelt_refresh;
}

struct token_pair oauth_token_pair(const struct call *call,
                                   const struct issued_pair *pair)
{
    return (struct token_pair){
        .access = pair->access,
        .refresh = pair->refresh,
        .expires_at = call->now + pair->expires_in * 1000,
    };
}

const char *oauth_token_type(enum token_type type)
{
    return type == TOKEN_BOT ? "bot" : "user";
}

static bool is_organisation(const struct team *team)
{
    return team->enterprise_id && strcmp(team->id, team->enterprise_id) == 0;
}

static void write_party(struct json_writer *fields, const char *key,
                        const char *id, const char *name)
{
    if (!id) {
        json_write_null(fields, key);
        return;
    }
    json_write_object(fields, key);
    json_write_text(fields, "id", id);
    json_write_text(fields, "name", name);
    json_write_object_end(fields);
}

void oauth_write_team(struct json_writer *fields, const struct team *team)
{
    write_party(fields, "team", is_organisation(team) ? NULL : team->id,
                team->name);
    write_party(fields, "enterprise", team->enterprise_id,
                team->enterprise_name);
}

void oauth_write_is_enterprise_install(struct json_writer *fields,
                                       const struct team *team)
{
    json_write_boolean(fields, "is_enterprise_install",
                       team->is_enterprise_install || is_organisation(team));
}
