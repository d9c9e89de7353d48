/*
 * The code that ends an installation: who may redeem it where. A call that is
 * refused takes nothing of it.
 */
#ifndef SLACKMOCK_CODE_GRANT_H
#define SLACKMOCK_CODE_GRANT_H

#include "call/call.h"

/* What the methods that take codes have of their own. */
struct code_rules {
    unsigned flows; /* whose codes it takes: 1 << enum authorize_flow */
    enum slack_error was_used;     /* a code that served before */
    enum slack_error not_public;   /* a verifier in place of a secret */
    enum slack_error bad_verifier; /* PKCE does not work out */
    enum slack_error no_user; /* nothing is for a person; SLACK_OK: may be */
};

/*
 * Redeems the call's code: the client, the code and its app, its page, the
 * redirect URI, the verifier (docs.slack.dev, "Installing with OAuth" and
 * "Using PKCE"; the order is slackmock's choice). SLACK_OK and the code, lent
 * until a change; or the error of the first check that the call fails.
 */
enum slack_error code_grant_take(struct call *call,
                                 const struct code_rules *rules,
                                 const struct code_entry **code);

#endif
