/* From a page's arguments to a question, a redirect or a refusal. */
#include "authorize/authorize.h"

#include <string.h>

#include "authorize/authorize_page.h"
#include "authorize/installation_request.h"
#include "authorize/way_back.h"
#include "scenario/scenario.h"

enum authorize_flow authorize_page_of(const char *path)
{
    static const char *const paths[] = {
        [AUTHORIZE_V2] = "/oauth/v2/authorize",
        [AUTHORIZE_V2_USER] = "/oauth/v2_user/authorize",
        [AUTHORIZE_V1] = "/oauth/authorize",
        [AUTHORIZE_OPENID] = "/openid/connect/authorize",
    };
    int flow;

    for (flow = AUTHORIZE_V2; flow <= AUTHORIZE_OPENID; flow++)
        if (strcmp(path, paths[flow]) == 0)
            return (enum authorize_flow)flow;
    return AUTHORIZE_ANY;
}

/*
 * Who signed in to that team before is not asked again (docs.slack.dev, "Sign
 * in with Slack").
 */
static bool is_known_here(const struct call *call,
                          const struct installation_request *request)
{
    const char *team = request->query.asked[ASKED_TEAM];
    const struct grant grant = {
        .app = request->app,
        .team = request->team,
        .type = TOKEN_USER,
        .user = way_back_holder(call, request, TOKEN_USER),
        .scope = buffer_text(&request->user_scope),
    };

    return request->flow == AUTHORIZE_OPENID && team &&
           strcmp(team, request->team->id) == 0 &&
           token_table_has_granted(call->tokens, &grant, call->now);
}

/* A button counts only by POST: no link may press one. */
static enum consent decision_of(const struct call *call,
                                const struct installation_request *request)
{
    const char *decision = request->query.asked[ASKED_DECISION];

    if (call->sent.request->verb != VERB_POST || !decision) {
        if (call->scenario->consent == CONSENT_ASK &&
            is_known_here(call, request))
            return CONSENT_ALLOW;
        return (enum consent)call->scenario->consent;
    }
    return strcmp(decision, "allow") == 0 ? CONSENT_ALLOW : CONSENT_DENY;
}

static void decide(struct call *call,
                   const struct installation_request *request)
{
    switch (decision_of(call, request)) {
    case CONSENT_ALLOW:
        way_back_allow(call, request);
        break;
    case CONSENT_DENY:
        way_back_deny(call, request);
        break;
    case CONSENT_DENY_SILENTLY:
        way_back_deny_silently(call, request);
        break;
    case CONSENT_ASK:
        authorize_page_ask(call, request);
        break;
    }
}

/*
 * A form of another site would install an app for whoever looks at it. Browsers
 * tell of it: by Sec-Fetch-Site, which they keep from plain http beyond this
 * machine, and by Origin with every form. What tells nothing is no browser.
 */
static bool is_of_another_site(const struct call *call)
{
    const struct request *request = call->sent.request;
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *origin = request_header(request, "Origin");

    if (request->verb != VERB_POST)
        return false;
    if (site)
        return strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
    return origin && !request_is_at(request, origin);
}

static void refuse_request(struct call *call,
                           struct installation_request *request)
{
    request->error = "invalid_request";
    authorize_page_refuse(call, request);
}

void authorize_answer(struct call *call, enum authorize_flow flow)
{
    struct installation_request request = {.flow = flow};

    if (is_of_another_site(call)) {
        buffer_add_text(&request.details,
                        "The form came from a page of another site.");
        refuse_request(call, &request);
    } else if (!authorize_query_read(call->sent.arguments, &request.query,
                                     &request.details)) {
        refuse_request(call, &request);
    } else if (!installation_request_check(call, &request)) {
        authorize_page_refuse(call, &request);
    } else {
        decide(call, &request);
    }
    installation_request_free(&request);
}
