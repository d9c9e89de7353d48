/*
 * TLS 1.3, which 3.6 could speak, is left out: 2.28 does without, and what is
 * tested with the one shall hold with the other.
 */
#include "library_versions.h"

#include <mbedtls/version.h>

#if MBEDTLS_VERSION_MAJOR >= 3

int library_parse_key(mbedtls_pk_context *key, const unsigned char *pem,
                      size_t size, mbedtls_ctr_drbg_context *random)
{
    return mbedtls_pk_parse_key(key, pem, size, NULL, 0,
                                mbedtls_ctr_drbg_random, random);
}

bool library_is_pair(const mbedtls_pk_context *public_key,
                     const mbedtls_pk_context *private_key,
                     mbedtls_ctr_drbg_context *random)
{
    return mbedtls_pk_check_pair(public_key, private_key,
                                 mbedtls_ctr_drbg_random, random) == 0;
}

bool library_is_authority(const mbedtls_x509_crt *certificate)
{
    return mbedtls_x509_crt_get_ca_istrue(certificate) == 1;
}

const unsigned char *library_pem_content(mbedtls_pem_context *pem,
                                         size_t *length)
{
    return mbedtls_pem_get_buffer(pem, length);
}

int library_set_serial(mbedtls_x509write_cert *certificate,
                       unsigned char *bytes, size_t length)
{
    return mbedtls_x509write_crt_set_serial_raw(certificate, bytes, length);
}

void library_choose_protocol(mbedtls_ssl_config *config)
{
    static const uint16_t groups[] = {
        MBEDTLS_SSL_IANA_TLS_GROUP_X25519, MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
        MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1, MBEDTLS_SSL_IANA_TLS_GROUP_NONE};

    mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_groups(config, groups);
}

#else

int library_parse_key(mbedtls_pk_context *key, const unsigned char *pem,
                      size_t size, mbedtls_ctr_drbg_context *random)
{
    (void)random;
    return mbedtls_pk_parse_key(key, pem, size, NULL, 0);
}

bool library_is_pair(const mbedtls_pk_context *public_key,
                     const mbedtls_pk_context *private_key,
                     mbedtls_ctr_drbg_context *random)
{
    (void)random;
    return mbedtls_pk_check_pair(public_key, private_key) == 0;
}

bool library_is_authority(const mbedtls_x509_crt *certificate)
{
    return certificate->ca_istrue;
}

const unsigned char *library_pem_content(mbedtls_pem_context *pem,
                                         size_t *length)
{
    *length = pem->buflen;
    return pem->buf;
}

int library_set_serial(mbedtls_x509write_cert *certificate,
                       unsigned char *bytes, size_t length)
{
    mbedtls_mpi serial;
    int error;

    mbedtls_mpi_init(&serial);
    error = mbedtls_mpi_read_binary(&serial, bytes, length);
    if (!error)
        error = mbedtls_x509write_crt_set_serial(certificate, &serial);
    mbedtls_mpi_free(&serial);
    return error;
}

void library_choose_protocol(mbedtls_ssl_config *config)
{
    static const mbedtls_ecp_group_id curves[] = {
        MBEDTLS_ECP_DP_CURVE25519, MBEDTLS_ECP_DP_SECP256R1,
        MBEDTLS_ECP_DP_SECP384R1, MBEDTLS_ECP_DP_NONE};

    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_curves(config, curves);
}

#endif
