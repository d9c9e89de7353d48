/*
 * SHA-256 (FIPS 180-4), so that PKCE needs no TLS library.
 */
#ifndef SLACKMOCK_SHA256_H
#define SLACKMOCK_SHA256_H

#include <stddef.h>

#define SHA256_SIZE 32 /* bytes of a digest */

void sha256(const void *bytes, size_t length,
            unsigned char digest[SHA256_SIZE]);

#endif
