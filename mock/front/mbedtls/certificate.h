/*
 * Writes X.509 certificates (RFC 5280) of the two kinds that the mock needs.
 */
#ifndef SLACKMOCK_CERTIFICATE_H
#define SLACKMOCK_CERTIFICATE_H

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/pk.h>
#include <stddef.h>

#define CERTIFICATE_SIZE 4096 /* none is longer, as DER or as PEM */
#define DATE_SIZE        15   /* YYYYMMDDhhmmss, as the library has them */

struct certificate_order {
    const char *subject; /* as in "CN=localhost" */
    const char *issuer;
    const char *not_before;
    const char *not_after;
    mbedtls_pk_context *subject_key;
    mbedtls_pk_context *issuer_key;
    const char *dns_name; /* of a leaf, NULL for an authority */
    int is_for_addresses; /* the leaf is also for 127.0.0.1 and ::1 */
};

/*
 * Writes it to CERTIFICATE_SIZE bytes as PEM with a NUL at the end. Returns 0
 * or an error of the library.
 */
int certificate_write(const struct certificate_order *order,
                      mbedtls_ctr_drbg_context *random, unsigned char *pem);

#endif
