/*
 * The authorize pages: a person reads what is asked for and decides, and the
 * browser goes back to the app with a code or a denial.
 *
 * Paths and parameters are Slack's (docs.slack.dev, "Installing with OAuth",
 * "Sign in with Slack"); the legacy page is api.slack.com/legacy/oauth.
 */
#ifndef SLACKMOCK_AUTHORIZE_H
#define SLACKMOCK_AUTHORIZE_H

#include "call/call.h"

/* The page of a path, such as `/oauth/v2/authorize`; AUTHORIZE_ANY: none. */
enum authorize_flow authorize_page_of(const char *path);

/*
 * Answers a GET, HEAD or POST of that page. The call's arguments are filled;
 * the reply is a page, or a redirect to a URI that the app configured.
 */
void authorize_answer(struct call *call, enum authorize_flow flow);

#endif
