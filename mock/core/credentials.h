/*
 * The Authorization header (RFC 6750 2.1): who says that he is calling.
 */
#ifndef SLACKMOCK_CREDENTIALS_H
#define SLACKMOCK_CREDENTIALS_H

#include "call.h"

/*
 * The token of a Bearer header, lent from the request. The scheme is read in
 * any letter case; an empty token and any other scheme are none (facts of the
 * live service: both answer as if nothing had been sent).
 */
struct sent_text credentials_bearer(const struct request *request);

#endif
