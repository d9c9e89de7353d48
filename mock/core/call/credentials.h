/*
 * The Authorization header: who says that he is calling.
 */
#ifndef SLACKMOCK_CREDENTIALS_H
#define SLACKMOCK_CREDENTIALS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "call/call.h"

/*
 * The token of a Bearer header (RFC 6750 2.1), lent from the request. The
 * scheme is read in any letter case; an empty token and any other scheme are
 * none (the live service answers both as if nothing had been sent).
 */
struct sent_text credentials_bearer(const struct request *request);

/* The same of the value of any such header, from which it is lent. */
struct sent_text credentials_bearer_of(const char *authorization);

struct basic_credentials {
    struct sent_text client_id;
    struct sent_text client_secret;
    bool were_escaped; /* one of the two had percent escapes */
};

/*
 * Client id and secret of a Basic header (RFC 7617), decoded into `decoded` and
 * lent from there. Either may be form-encoded, as OAuth has it (RFC 6749
 * 2.3.1). False if there is none or its base64 does not decode.
 */
bool credentials_basic(const struct request *request, struct buffer *decoded,
                       struct basic_credentials *basic);

/* The same of the value of any such header. */
bool credentials_basic_of(const char *authorization, struct buffer *decoded,
                          struct sent_text *user, struct sent_text *password);

#endif
