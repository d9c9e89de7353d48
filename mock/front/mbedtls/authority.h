/*
 * The certificate authority: a key and the certificate that clients are told to
 * trust, and certificates for servers in its name. For the use of this folder.
 */
#ifndef SLACKMOCK_AUTHORITY_H
#define SLACKMOCK_AUTHORITY_H

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>
#include <stdbool.h>

#include "certificate.h"

struct buffer;

struct authority {
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_pk_context key;
    mbedtls_pk_context leaf_key; /* one for all leaves */
    char subject[64];
    char not_before[DATE_SIZE];
    char not_after[DATE_SIZE];
    unsigned char pem[CERTIFICATE_SIZE];
};

/* As tls_create(). Returns 0, or -1 with the reason added to `why`; in both
 * cases authority_clear() ends it. */
int authority_init(struct authority *authority, const char *directory,
                   struct buffer *why);

/*
 * Parses a new certificate for a name into an initialised `leaf`: for localhost
 * also for the loopback addresses. Returns 0 or an error of the library.
 */
int authority_issue(struct authority *authority, const char *name,
                    mbedtls_x509_crt *leaf);

void authority_clear(struct authority *authority);

/* Adds `what: ` and the library's word for an error. Returns -1. */
int authority_fail(struct buffer *why, const char *what, int error);

#endif
