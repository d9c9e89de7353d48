/*
 * SHA-256 (FIPS 180-4) and HMAC over it (RFC 2104).
 */
#ifndef SLACKMOCK_SHA256_H
#define SLACKMOCK_SHA256_H

#include <stddef.h>

#define SHA256_SIZE     32 /* bytes of a digest */
#define SHA256_HEX_SIZE (2 * SHA256_SIZE + 1)

void sha256(const void *bytes, size_t length,
            unsigned char digest[SHA256_SIZE]);

void hmac_sha256(const char *key, const void *bytes, size_t length,
                 unsigned char digest[SHA256_SIZE]);

/* The digest in small hexadecimal letters, closed by a NUL. */
void sha256_to_hex(const unsigned char digest[SHA256_SIZE],
                   char hex[SHA256_HEX_SIZE]);

#endif
