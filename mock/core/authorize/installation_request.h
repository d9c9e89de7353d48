/*
 * An installation that somebody asks for at an authorize page, and whether it
 * may go on to the person who decides.
 */
#ifndef SLACKMOCK_INSTALLATION_REQUEST_H
#define SLACKMOCK_INSTALLATION_REQUEST_H

#include <stdbool.h>

#include "authorize/authorize_query.h"
#include "base/buffer.h"
#include "call/call.h"

struct installation_request {
    enum authorize_flow flow;
    struct authorize_query query;
    const struct app *app;
    const struct team *team;
    const char *redirect_uri; /* one that the app may be led back to */
    struct buffer bot_scope;  /* empty: no bot */
    struct buffer user_scope; /* empty: nothing for the person */
    /* A refusal, as Slack's page has it. */
    const char *error;     /* its code; NULL: none */
    struct buffer details; /* for people */
    const char *remedy;    /* what to change in the scenario; NULL: nothing */
};

/*
 * Judges what was asked. The order is that of Slack's own page as far as it is
 * known: client_id, redirect_uri, scopes, PKCE, team, distribution,
 * organisation. False after a refusal; gives hints on the way.
 */
bool installation_request_check(struct call *call,
                                struct installation_request *request);

void installation_request_free(struct installation_request *request);

#endif
