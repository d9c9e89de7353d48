/*
 * What the OAuth methods share: the check of the client, new pairs, and parts
 * of their bodies.
 */
#ifndef SLACKMOCK_OAUTH_H
#define SLACKMOCK_OAUTH_H

#include "call/call.h"
#include "tokens/token_factory.h"

/*
 * The app that the call's client_id and client_secret are of. SLACK_OK and
 * *app; or SLACK_INVALID_CLIENT_ID or SLACK_BAD_CLIENT_SECRET.
 */
enum slack_error oauth_client(struct call *call, const struct app **app);

/*
 * Refreshes or redeems a code, as the call's grant_type says. The live service
 * refuses an empty code even before it looks at the client.
 */
enum slack_error oauth_grant(struct call *call,
                             enum slack_error (*refresh)(struct call *),
                             enum slack_error (*redeem_code)(struct call *));

/* A pair that is issued, and how long its access token lives. */
struct issued_pair {
    const char *access;
    const char *refresh;  /* NULL: the other is a legacy token */
    long long expires_in; /* seconds */
    char spelt_access[ISSUED_TOKEN_SIZE];
    char spelt_refresh[ISSUED_TOKEN_SIZE];
};

/* The scenario's next pair, else a generated one. */
void oauth_spell_pair(struct call *call, enum token_type type,
                      long long expires_in, struct issued_pair *pair);

/* The same pair as the token table wants it. Lent by `pair`. */
struct token_pair oauth_token_pair(const struct call *call,
                                   const struct issued_pair *pair);

/* "bot" or "user" */
const char *oauth_token_type(enum token_type type);

/*
 * The fields `team` and `enterprise`. An app installed to a whole organisation
 * has no team: here, that is a team whose id is its organisation's.
 */
void oauth_write_team(struct json_writer *fields, const struct team *team);

/* The field of that name: also of a workspace, if its organisation has the app.
 */
void oauth_write_is_enterprise_install(struct json_writer *fields,
                                       const struct team *team);

#endif
