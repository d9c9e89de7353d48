/*
 * What the code of an installation gives, issued and written as
 * oauth.v2.access has it: the person's credential nested under authed_user.
 */
#ifndef SLACKMOCK_INSTALLATION_H
#define SLACKMOCK_INSTALLATION_H

#include "call/call.h"
#include "methods/oauth.h"

/*
 * Issues what the code grants to one of the two: a pair, or while the app's
 * rotation is off a legacy token. The tokens of a desktop app always rotate
 * (Slack's guide, "Using PKCE"). Returns the scope that the token has by now,
 * lent until a change.
 */
const char *installation_issue(struct call *call, const struct code_entry *code,
                               enum token_type type, struct issued_pair *pair);

/* The same for a classic app: a legacy token, whatever rotation is. */
const char *installation_issue_classic(struct call *call,
                                       const struct code_entry *code,
                                       enum token_type type,
                                       struct issued_pair *pair);

/* The fields refresh_token and expires_in, of a pair alone. */
void installation_write_rotation(struct json_writer *fields,
                                 const struct issued_pair *pair);

/* Issues all that the code grants, and writes the whole body. */
void installation_write(struct call *call, const struct code_entry *code);

#endif
