/*
 * What Sign in with Slack tells of a person, in the id_token and by userInfo.
 */
#ifndef SLACKMOCK_OPENID_H
#define SLACKMOCK_OPENID_H

#include <stdbool.h>

#include "call/call.h"

/* Who signed in, and what is open of them. */
struct openid_person {
    const struct team *team;
    const char *user;
    const char *scope; /* of the token */
};

/*
 * What userInfo tells beyond the ids: with the scope `email` of the address,
 * with `profile` of the person and the team. Order: the sample of its page;
 * those of an organisation are in its schema alone.
 */
void openid_write_profile(struct json_writer *fields,
                          const struct openid_person *person);

/*
 * Adds the signed id_token (JWT, RS256) for a code. False if it could not be
 * signed.
 */
bool openid_add_id_token(struct call *call, const struct code_entry *code,
                         const char *access_token, const char *scope,
                         struct buffer *token);

#endif
