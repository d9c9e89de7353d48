/*
 * grant_type=refresh_token: a refresh token for a new pair.
 */
#ifndef SLACKMOCK_REFRESH_GRANT_H
#define SLACKMOCK_REFRESH_GRANT_H

#include "call/call.h"
#include "methods/oauth.h"

/*
 * The client of a refresh. A public one sends no secret (Slack's guide, "Using
 * PKCE"); another that sends none is refused with pkce_not_allowed, by the
 * method's page.
 */
enum slack_error refresh_grant_client(struct call *call,
                                      const struct app **app);

/*
 * Spends the call's refresh token. Fills the facts of what it was and the pair
 * that it gave; or one error for every token that cannot be used.
 */
enum slack_error refresh_grant_take(struct call *call, const struct app *app,
                                    struct token_facts *token,
                                    struct issued_pair *pair);

/* Answers a whole refresh, flat, as oauth.v2.access does. */
enum slack_error refresh_grant(struct call *call);

#endif
