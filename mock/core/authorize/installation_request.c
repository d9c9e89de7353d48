/* One check a function; texts are those that people report of Slack's page. */
#include "authorize/installation_request.h"

#include <string.h>

#include "authorize/asked_scopes.h"
#include "authorize/optional_scopes.h"
#include "authorize/organisation_rules.h"
#include "message/redirect_uri.h"
#include "methods/pkce.h"
#include "scenario/scenario.h"

static const char *asked(const struct installation_request *request,
                         enum authorize_parameter parameter)
{
    const char *text = request->query.asked[parameter];

    return text ? text : "";
}

static bool refuse(struct installation_request *request, const char *error,
                   const char *details)
{
    request->error = error;
    buffer_add_text(&request->details, details);
    return false;
}

/* ---- the app ---- */

static bool check_client(struct call *call,
                         struct installation_request *request)
{
    const char *client_id = asked(request, ASKED_CLIENT_ID);

    if (!*client_id)
        return refuse(request, "invalid_client_id", "Please specify client_id");
    request->app = directory_app_by_client_id(&call->scenario->directory,
                                              client_id, strlen(client_id));
    if (request->app)
        return true;
    return refuse(request, "invalid_client_id", "Invalid client_id parameter");
}

/* ---- the redirect URI ---- */

static bool refuse_redirect(struct installation_request *request,
                            const char *remedy)
{
    request->remedy = remedy;
    refuse(request, "bad_redirect_uri",
           "redirect_uri did not match any configured URIs. Passed URI: ");
    buffer_add_text(&request->details, asked(request, ASKED_REDIRECT_URI));
    return false;
}

static bool is_configured(const struct app *app, const char *uri)
{
    size_t number;

    for (number = 0; number < app->redirect_uris.count; number++)
        if (redirect_uri_matches(app->redirect_uris.texts[number], uri,
                                 strlen(uri)))
            return true;
    return false;
}

static bool check_unconfigured(struct call *call,
                               struct installation_request *request)
{
    const char *uri = request->redirect_uri;

    if (!uri || !redirect_uri_is_local(uri, strlen(uri)))
        return refuse_redirect(
            request, "The app has no \"redirect_uris\" in the scenario: then "
                     "only a URI on localhost or a loopback address will do.");
    call_hint(call,
              "app %s has no \"redirect_uris\" in the scenario: any on "
              "localhost or a loopback address will do; at Slack, one "
              "must be configured",
              request->app->id);
    return true;
}

/* What the kind of a URI asks of the app. */
static bool check_kind(struct call *call, struct installation_request *request)
{
    const char *uri = request->redirect_uri;
    enum redirect_kind kind = redirect_uri_kind(uri, strlen(uri));
    bool is_public = request->app->pkce;

    if (kind == REDIRECT_INVALID)
        return refuse_redirect(request, NULL);
    if (kind == REDIRECT_CUSTOM &&
        (!is_public ||
         !authorize_query_has(&request->query, ASKED_CODE_CHALLENGE)))
        return refuse_redirect(
            request, "A scheme of the app's own needs PKCE: \"pkce\": true in "
                     "the scenario, and a code_challenge.");
    if (call->scenario->choices.strict_redirects &&
        (kind == REDIRECT_HTTP || (kind == REDIRECT_LOOPBACK && !is_public)))
        return refuse_redirect(request,
                               "\"strict_redirects\" is on: https alone.");
    return true;
}

static bool check_redirect(struct call *call,
                           struct installation_request *request)
{
    const struct app *app = request->app;

    if (authorize_query_has(&request->query, ASKED_REDIRECT_URI))
        request->redirect_uri = asked(request, ASKED_REDIRECT_URI);
    else if (app->redirect_uris.count)
        request->redirect_uri = app->redirect_uris.texts[0];
    if (!app->redirect_uris.count) {
        if (!check_unconfigured(call, request))
            return false;
    } else if (!is_configured(app, request->redirect_uri)) {
        return refuse_redirect(
            request, "The app's \"redirect_uris\" in the scenario are the "
                     "configured ones; what lies below one will do too.");
    }
    return check_kind(call, request);
}

/* ---- scopes ---- */

/* What was asked for falls to the bot and to the person. */
static void share_out(struct installation_request *request)
{
    const char *scope = asked(request, ASKED_SCOPE);

    if (request->flow == AUTHORIZE_V2) {
        asked_scopes_add(&request->bot_scope, scope);
        asked_scopes_add(&request->user_scope,
                         asked(request, ASKED_USER_SCOPE));
        return;
    }
    asked_scopes_add(&request->user_scope, scope);
    if (request->flow == AUTHORIZE_V2_USER)
        asked_scopes_add(&request->user_scope,
                         asked(request, ASKED_USER_SCOPE));
}

struct scope_sorts {
    size_t openid, identity, other;
};

static void sort(struct scope_sorts *sorts, struct asked_scope scope)
{
    if (asked_scope_is_openid(scope))
        sorts->openid++;
    else if (asked_scope_is_identity(scope))
        sorts->identity++;
    else
        sorts->other++;
}

static bool is_open_to(const struct app *app, struct asked_scope scope)
{
    return !app->scopes.count || asked_scope_is_listed(scope, &app->scopes);
}

/* Adds the words of a list that are no scopes, or not open to the app. */
static void judge(const struct app *app, const char *list,
                  struct scope_sorts *sorts, struct buffer wrong[2])
{
    struct asked_scope scope;

    while (asked_scopes_next(&list, &scope)) {
        bool is_word = asked_scope_is_word(scope);
        struct buffer *of = &wrong[is_word ? 1 : 0];

        sort(sorts, scope);
        if (is_word && is_open_to(app, scope))
            continue;
        if (of->length)
            buffer_add_text(of, ", ");
        buffer_add(of, scope.name, scope.length);
    }
}

static bool check_mixture(struct installation_request *request,
                          const struct scope_sorts *sorts)
{
    size_t all = sorts->openid + sorts->identity + sorts->other;
    bool is_mixed =
        (sorts->openid && sorts->openid < all) ||
        (sorts->identity && sorts->identity < all) ||
        (sorts->openid + sorts->identity && request->bot_scope.length);

    if (request->flow == AUTHORIZE_OPENID && sorts->openid < all)
        is_mixed = true;
    if (!is_mixed)
        return true;
    return refuse(request, "invalid_scope",
                  "Invalid permissions requested: the scopes of a sign-in go "
                  "with no others");
}

static bool check_words(struct installation_request *request,
                        struct scope_sorts *sorts)
{
    struct buffer wrong[2] = {BUFFER_INIT, BUFFER_INIT};

    judge(request->app, buffer_text(&request->bot_scope), sorts, wrong);
    judge(request->app, buffer_text(&request->user_scope), sorts, wrong);
    if (wrong[0].length) {
        refuse(request, "invalid_scope",
               "Invalid permissions requested: Invalid scopes: ");
        buffer_add_text(&request->details, buffer_text(&wrong[0]));
    } else if (wrong[1].length) {
        request->remedy = "The app's \"scopes\" in the scenario are those that "
                          "it may ask for.";
        refuse(request, "invalid_scope_requested",
               "Invalid requested permissions: ");
        buffer_add_text(&request->details, buffer_text(&wrong[1]));
    }
    buffer_free(&wrong[0]);
    buffer_free(&wrong[1]);
    return !request->error;
}

static bool check_scopes(struct call *call,
                         struct installation_request *request)
{
    struct scope_sorts sorts = {0, 0, 0};

    share_out(request);
    optional_scopes_drop(call, request);
    if (!request->bot_scope.length && !request->user_scope.length)
        return refuse(request, "invalid_scope",
                      "Invalid permissions requested: Requested scopes cannot "
                      "be blank");
    return check_words(request, &sorts) && check_mixture(request, &sorts);
}

/* ---- PKCE ---- */

static bool is_desktop(const struct installation_request *request)
{
    enum redirect_kind kind =
        redirect_uri_kind(request->redirect_uri, strlen(request->redirect_uri));

    return kind == REDIRECT_CUSTOM ||
           (kind == REDIRECT_LOOPBACK && request->app->pkce);
}

static bool check_challenge(struct call *call,
                            struct installation_request *request)
{
    const char *challenge = asked(request, ASKED_CODE_CHALLENGE);

    if (!*challenge || request->flow == AUTHORIZE_V1)
        return true;
    if (strcmp(asked(request, ASKED_CODE_CHALLENGE_METHOD), "S256") != 0)
        return refuse(request, "invalid_request",
                      "code_challenge_method must be S256");
    if (!pkce_challenge_is_valid(
            (struct sent_text){challenge, strlen(challenge)},
            call->scenario->choices.hex_code_challenge))
        return refuse(request, "invalid_request",
                      "code_challenge must be base64url of a SHA-256, 43 "
                      "characters without padding");
    return true;
}

static bool check_pkce(struct call *call, struct installation_request *request)
{
    if (!check_challenge(call, request))
        return false;
    if (!is_desktop(request) || !request->bot_scope.length)
        return true;
    return refuse(request, "invalid_scope",
                  "Invalid permissions requested: the redirect URI of a "
                  "desktop app allows no bot scopes");
}

/* ---- the team ---- */

static bool check_team(struct call *call, struct installation_request *request)
{
    const struct directory *directory = &call->scenario->directory;
    const char *team = asked(request, ASKED_TEAM);

    if (!directory->team_count)
        return refuse(request, "invalid_team", "This world has no teams");
    request->team = directory_team_by_id(directory, team);
    if (!request->team && *team)
        call_hint(call, "no team of this world has the id that was asked for");
    if (!request->team)
        request->team = directory->teams[0];
    if (request->app->distributed || request->team == directory->teams[0])
        return true;
    request->remedy = "\"distributed\": true in the scenario opens the app to "
                      "other teams than the first.";
    return refuse(request, "invalid_team_for_non_distributed_app",
                  "The app is not distributed and cannot be installed to "
                  "another team");
}

static bool check_organisation(struct installation_request *request)
{
    struct buffer scopes = BUFFER_INIT;
    const char *error = organisation_rules_break(request, &scopes);

    if (error) {
        refuse(request, error,
               "The organisation does not allow these scopes: ");
        buffer_add_text(&request->details, buffer_text(&scopes));
    }
    buffer_free(&scopes);
    return !error;
}

bool installation_request_check(struct call *call,
                                struct installation_request *request)
{
    return check_client(call, request) && check_redirect(call, request) &&
           check_scopes(call, request) && check_pkce(call, request) &&
           check_team(call, request) && check_organisation(request);
}

void installation_request_free(struct installation_request *request)
{
    buffer_free(&request->bot_scope);
    buffer_free(&request->user_scope);
    buffer_free(&request->details);
}
