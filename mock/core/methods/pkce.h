/*
 * Proof keys (RFC 7636), of which Slack takes the method S256 alone: the
 * challenge is base64url of the SHA-256 of the verifier, without padding.
 */
#ifndef SLACKMOCK_PKCE_H
#define SLACKMOCK_PKCE_H

#include <stdbool.h>

#include "call/call.h"

/* True if it can be a challenge; 64 hexadecimal digits only by choice. */
bool pkce_challenge_is_valid(struct sent_text challenge, bool takes_hex);

/* True if the verifier is the one that the challenge was made of. */
bool pkce_fits(const char *challenge, struct sent_text verifier);

#endif
