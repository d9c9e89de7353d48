/*
 * What OpenID libraries fetch before they begin: the discovery document and the
 * keys (docs.slack.dev, "Sign in with Slack").
 */
#ifndef SLACKMOCK_OPENID_DOCUMENTS_H
#define SLACKMOCK_OPENID_DOCUMENTS_H

#include <stdbool.h>

#include "call/call.h"

/* Writes the document of that path; false if there is none. */
bool openid_document(struct call *call, const char *path);

/* True if there is a document at that path. */
bool openid_has_document(const char *path);

#endif
