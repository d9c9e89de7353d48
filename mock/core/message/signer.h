/*
 * The core signs nothing itself: the program lends it a function.
 */
#ifndef SLACKMOCK_SIGNER_H
#define SLACKMOCK_SIGNER_H

#include <stdbool.h>
#include <stddef.h>

#define SIGNATURE_SIZE 256 /* bytes: RSA with 2048 bits */

/* RSASSA-PKCS1-v1_5 of a SHA-256 digest (RFC 8017 8.2). False: it failed. */
typedef bool signer(const unsigned char *digest,
                    unsigned char signature[SIGNATURE_SIZE]);

#endif
