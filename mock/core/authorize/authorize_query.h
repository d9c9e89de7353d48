/*
 * What an authorize page is asked, by query or by the form that it holds
 * (docs.slack.dev, "Installing with OAuth").
 */
#ifndef SLACKMOCK_AUTHORIZE_QUERY_H
#define SLACKMOCK_AUTHORIZE_QUERY_H

#include <stdbool.h>

#include "arguments/arguments.h"
#include "base/buffer.h"

enum authorize_parameter {
    ASKED_CLIENT_ID,
    ASKED_SCOPE,
    ASKED_USER_SCOPE,
    ASKED_REDIRECT_URI,
    ASKED_STATE,
    ASKED_TEAM,
    ASKED_CODE_CHALLENGE,
    ASKED_CODE_CHALLENGE_METHOD,
    ASKED_NONCE,
    ASKED_CHANNEL,  /* what a person chose on the page ... */
    ASKED_DECISION, /* ... and which button was pressed */
    AUTHORIZE_PARAMETERS
};

#define PARAMETER_MOST 4096 /* bytes of a value */

struct authorize_query {
    /* NULL: absent. Closed by a NUL, and without another. */
    const char *asked[AUTHORIZE_PARAMETERS];
};

/* The name of a parameter, as it is sent. */
const char *authorize_parameter_name(enum authorize_parameter parameter);

/*
 * Reads the parameters, and leaves out others, which Slack's own links carry.
 * The texts lend from the arguments. False, and one sentence in `problem`, if a
 * parameter came twice, is too long or holds a control character.
 */
bool authorize_query_read(const struct arguments *arguments,
                          struct authorize_query *query,
                          struct buffer *problem);

/* True if it was sent and is not empty. */
bool authorize_query_has(const struct authorize_query *query,
                         enum authorize_parameter parameter);

#endif
