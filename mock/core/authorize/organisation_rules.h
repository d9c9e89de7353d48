/*
 * What an organisation lets its teams install: an enterprise's
 * `forbidden_scopes` and `approved_scopes`.
 */
#ifndef SLACKMOCK_ORGANISATION_RULES_H
#define SLACKMOCK_ORGANISATION_RULES_H

#include "authorize/installation_request.h"

/*
 * The error of the rule that what was asked breaks, and the scopes that do;
 * NULL: none. The names are Slack's (docs.slack.dev, "Installing with OAuth").
 */
const char *organisation_rules_break(const struct installation_request *request,
                                     struct buffer *scopes);

#endif
