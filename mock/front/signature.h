/*
 * RS256 with the test key of OpenID (mock/core/methods/openid_key.h), by the
 * library that also does TLS.
 */
#ifndef SLACKMOCK_SIGNATURE_H
#define SLACKMOCK_SIGNATURE_H

#include <stddef.h>

#include "message/signer.h"

/* Signs; NULL in a program without TLS. */
signer *signature_rs256(void);

#endif
