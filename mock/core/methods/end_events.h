/*
 * The events that tell an app of the end of tokens and installations: which
 * ones, by what its team did (Slack's pages of tokens_revoked and
 * app_uninstalled, and reports of what the live service sends). Nothing is sent
 * for a rotated token that is revoked alone, for an installation made anew, an
 * exchange, a refresh or an expiry.
 */
#ifndef SLACKMOCK_END_EVENTS_H
#define SLACKMOCK_END_EVENTS_H

struct app;
struct call;
struct team;
struct token_facts;

/* To be called before the installation ends: all its holders are named. */
void end_events_uninstall(struct call *call, const struct app *app,
                          const struct team *team);

/*
 * To be called after a token was revoked, whose facts these were. Where it was
 * the last of its installation, the app is uninstalled.
 */
void end_events_revoke(struct call *call, const struct token_facts *facts);

#endif
