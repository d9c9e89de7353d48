/*
 * Scopes that a person may leave out (docs.slack.dev, "Installing with OAuth",
 * optional scopes): an app's `bot_optional` and `user_optional`.
 */
#ifndef SLACKMOCK_OPTIONAL_SCOPES_H
#define SLACKMOCK_OPTIONAL_SCOPES_H

#include "authorize/installation_request.h"

/* Adds a ticked box to the form for each that is asked for. */
void optional_scopes_add(struct buffer *page,
                         const struct installation_request *request);

/*
 * Once somebody has allowed, takes those out of what is asked for whose box did
 * not come with the form.
 */
void optional_scopes_drop(struct call *call,
                          struct installation_request *request);

#endif
