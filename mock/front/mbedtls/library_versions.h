/*
 * What versions 2.28 and 3.6 of the library have each in its own way. For the
 * use of this folder. Errors are the library's, 0 for none.
 */
#ifndef SLACKMOCK_LIBRARY_VERSIONS_H
#define SLACKMOCK_LIBRARY_VERSIONS_H

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/pem.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <stdbool.h>
#include <stddef.h>

/* A private key in PEM, of `size` bytes with the NUL. */
int library_parse_key(mbedtls_pk_context *key, const unsigned char *pem,
                      size_t size, mbedtls_ctr_drbg_context *random);

bool library_is_pair(const mbedtls_pk_context *public_key,
                     const mbedtls_pk_context *private_key,
                     mbedtls_ctr_drbg_context *random);

bool library_is_authority(const mbedtls_x509_crt *certificate);

/* The DER within, lent by `pem`. */
const unsigned char *library_pem_content(mbedtls_pem_context *pem,
                                         size_t *length);

int library_set_serial(mbedtls_x509write_cert *certificate,
                       unsigned char *bytes, size_t length);

/* TLS 1.2, and the curves in the order of their speed. */
void library_choose_protocol(mbedtls_ssl_config *config);

#endif
