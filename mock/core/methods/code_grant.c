/* One check a function, in the order in which they are made. */
#include "methods/code_grant.h"

#include <string.h>

#include "base/text.h"
#include "methods/oauth.h"
#include "methods/pkce.h"
#include "scenario/scenario.h"

/* A public client proves itself by its verifier, in place of a secret. */
static enum slack_error check_client(struct call *call,
                                     const struct code_rules *rules,
                                     const struct app **app)
{
    enum slack_error error = oauth_client(call, app);

    if (error != SLACK_BAD_CLIENT_SECRET || call->caller.client_secret.length)
        return error;
    if ((*app)->pkce)
        return SLACK_OK;
    if (!call_argument(call, "code_verifier").length)
        return error;
    call_hint(call,
              "app %s is no public client: it needs its client_secret, "
              "or \"pkce\": true in the scenario",
              (*app)->id);
    return rules->not_public;
}

/* NULL, with the reason told, for one that is unknown. */
static const struct code_entry *find_code(struct call *call)
{
    struct sent_text sent = call_argument(call, "code");
    const struct code_entry *code =
        token_table_find_code(call->tokens, sent.bytes, sent.length, call->now);

    if (code)
        return code;
    if (call->tokens->codes.by_text.count)
        call_hint(call, "a page's code is good for ten minutes of the mock's "
                        "clock");
    else if (!call->scenario->directory.code_count)
        call_hint(call, "this world has no codes: an authorize page gives one, "
                        "or a scenario lists them in \"codes\", as "
                        "flows/reinstall-with-less-time.json does");
    (void)call_refuse(call, SLACK_INVALID_CODE, "the code is unknown or old");
    return NULL;
}

static enum slack_error check_use(struct call *call,
                                  const struct code_rules *rules,
                                  const struct code_entry *code)
{
    if (!token_table_code_is_taken(call->tokens, code))
        return SLACK_OK;
    call_hint(call, "this code was redeemed before; a code serves once");
    return call_refuse(call, rules->was_used, "the code was redeemed before");
}

static enum slack_error check_flow(struct call *call,
                                   const struct code_rules *rules,
                                   const struct code_entry *code)
{
    static const char *const redeemers[] = {
        [AUTHORIZE_V2] = "oauth.v2.access",
        [AUTHORIZE_V2_USER] = "oauth.v2.user.access",
        [AUTHORIZE_V1] = "oauth.access",
        [AUTHORIZE_OPENID] = "openid.connect.token",
    };

    if (code->flow == AUTHORIZE_ANY || rules->flows & 1u << code->flow)
        return SLACK_OK;
    call_hint(call, "the code is of another authorize page: %s redeems it",
              redeemers[code->flow]);
    return SLACK_OAUTH_AUTHORIZATION_URL_MISMATCH;
}

/*
 * The URI must be sent if it was sent to the page, but may be left out while
 * the app has configured one alone (live reports).
 */
static enum slack_error check_redirect(struct call *call,
                                       const struct code_entry *code)
{
    struct sent_text sent = call_argument(call, "redirect_uri");
    size_t configured = code->app->redirect_uris.count;

    if (!code->redirect_uri)
        return SLACK_OK;
    if (sent.length && text_equals(sent.bytes, sent.length, code->redirect_uri))
        return SLACK_OK;
    if (sent.length) {
        call_hint(call, "the code went to another redirect_uri, %s",
                  code->redirect_uri);
        return SLACK_BAD_REDIRECT_URI;
    }
    if (configured == 1 || (!configured && !code->redirect_was_sent))
        return SLACK_OK;
    call_hint(call, "the redirect_uri must be sent again, as it was to the "
                    "authorize page");
    return SLACK_BAD_REDIRECT_URI;
}

static enum slack_error check_verifier(struct call *call,
                                       const struct code_rules *rules,
                                       const struct code_entry *code)
{
    struct sent_text verifier = call_argument(call, "code_verifier");

    if (!code->code_challenge && !verifier.length)
        return call->caller.client_secret.length ? SLACK_OK
                                                 : SLACK_BAD_CLIENT_SECRET;
    if (!code->code_challenge) {
        call_hint(call, "no code_challenge was sent to the authorize page");
        return call_refuse(call, rules->bad_verifier,
                           "a verifier without a challenge");
    }
    if (!verifier.length)
        return call_refuse(call, rules->bad_verifier,
                           "the code has a challenge, and no verifier came");
    if (pkce_fits(code->code_challenge, verifier))
        return SLACK_OK;
    call_hint(call, "the code_challenge must be base64url of the SHA-256 of "
                    "this code_verifier, without padding");
    return call_refuse(call, rules->bad_verifier,
                       "the verifier does not fit the challenge");
}

/* All that a code itself must be, but for its verifier. */
static enum slack_error check_code(struct call *call,
                                   const struct code_rules *rules,
                                   const struct app *app,
                                   const struct code_entry *code)
{
    enum slack_error error;

    if (code->app != app) {
        call_decide(call, "the code belongs to app %s", code->app->id);
        return SLACK_INVALID_CODE;
    }
    if (code->team->state == TEAM_MIGRATING)
        return call_refuse_team(call, code->team);
    error = check_use(call, rules, code);
    if (!error)
        error = check_flow(call, rules, code);
    if (!error && !code->user.user)
        error = rules->no_user;
    return error ? error : check_redirect(call, code);
}

enum slack_error code_grant_take(struct call *call,
                                 const struct code_rules *rules,
                                 const struct code_entry **code)
{
    const struct app *app;
    enum slack_error error = check_client(call, rules, &app);

    if (error)
        return error;
    *code = find_code(call);
    if (!*code)
        return SLACK_INVALID_CODE;
    error = check_code(call, rules, app, *code);
    if (!error)
        error = check_verifier(call, rules, *code);
    if (!error)
        (void)token_table_take_code(call->tokens, *code);
    return error;
}
