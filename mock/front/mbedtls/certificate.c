/*
 * What the library cannot write is laid out here in DER: name constraints,
 * alternative names, the uses of a key. Every element is shorter than 128
 * bytes, so its length is one byte, but for a leaf's names.
 */
#include "certificate.h"

#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>
#include <string.h>

#include "base/buffer.h"
#include "library_versions.h"

#define SEQUENCE     0x30
#define IS_PERMITTED 0xa0 /* [0] of NameConstraints */
#define DNS_NAME     0x82 /* [2] of GeneralName */
#define IP_ADDRESS   0x87 /* [7] of GeneralName */
#define SERIAL_SIZE  16

static const char loopback_v4[] = {127, 0, 0, 1};
static const char loopback_v6[16] = {[15] = 1};

/* Address and mask, as a name constraint has them. */
static const char loopback_v4_range[] = {127, 0, 0, 0, (char)255, 0, 0, 0};
static const char loopback_v6_range[32] = {
    [15] = 1,          [16] = (char)0xff, [17] = (char)0xff, [18] = (char)0xff,
    [19] = (char)0xff, [20] = (char)0xff, [21] = (char)0xff, [22] = (char)0xff,
    [23] = (char)0xff, [24] = (char)0xff, [25] = (char)0xff, [26] = (char)0xff,
    [27] = (char)0xff, [28] = (char)0xff, [29] = (char)0xff, [30] = (char)0xff,
    [31] = (char)0xff};

static void add_element(struct buffer *output, int tag, const void *bytes,
                        size_t length)
{
    buffer_add_byte(output, (char)tag);
    if (length > 0xff) {
        buffer_add_byte(output, (char)0x82);
        buffer_add_byte(output, (char)(length >> 8));
    } else if (length > 0x7f) {
        buffer_add_byte(output, (char)0x81);
    }
    buffer_add_byte(output, (char)length);
    buffer_add(output, bytes, length);
}

/* Puts an element around what is there. */
static void wrap(struct buffer *content, int tag)
{
    struct buffer wrapped = BUFFER_INIT;

    add_element(&wrapped, tag, content->data, content->length);
    buffer_free(content);
    *content = wrapped;
}

static int set_extension(mbedtls_x509write_cert *certificate, const char *oid,
                         size_t oid_length, int is_critical,
                         struct buffer *value)
{
    int error = mbedtls_x509write_crt_set_extension(
        certificate, oid, oid_length, is_critical,
        (const unsigned char *)value->data, value->length);

    buffer_free(value);
    return error;
}

#define SET_EXTENSION(certificate, oid, is_critical, value)                    \
    set_extension(certificate, oid, MBEDTLS_OID_SIZE(oid), is_critical, value)

/* ---- an authority ---- */

static void add_subtree(struct buffer *subtrees, int tag, const void *base,
                        size_t length)
{
    struct buffer subtree = BUFFER_INIT;

    add_element(&subtree, tag, base, length);
    add_element(subtrees, SEQUENCE, subtree.data, subtree.length);
    buffer_free(&subtree);
}

/* A key that gets into other hands can speak for nobody else. */
static int constrain_names(mbedtls_x509write_cert *certificate)
{
    static const char *const names[] = {"slack.com", "slack-gov.com",
                                        "localhost"};
    struct buffer value = BUFFER_INIT;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_subtree(&value, DNS_NAME, names[i], strlen(names[i]));
    add_subtree(&value, IP_ADDRESS, loopback_v4_range,
                sizeof loopback_v4_range);
    add_subtree(&value, IP_ADDRESS, loopback_v6_range,
                sizeof loopback_v6_range);
    wrap(&value, IS_PERMITTED);
    wrap(&value, SEQUENCE);
    return SET_EXTENSION(certificate, MBEDTLS_OID_NAME_CONSTRAINTS, 1, &value);
}

/* The library's own is not critical, which strict readers refuse. */
static int set_is_authority(mbedtls_x509write_cert *certificate)
{
    static const char is_authority[] = {1, 1, (char)0xff, 2, 1, 0};
    struct buffer value = BUFFER_INIT;

    add_element(&value, SEQUENCE, is_authority, sizeof is_authority);
    return SET_EXTENSION(certificate, MBEDTLS_OID_BASIC_CONSTRAINTS, 1, &value);
}

static int describe_authority(mbedtls_x509write_cert *certificate)
{
    int error = set_is_authority(certificate);

    if (!error)
        error = mbedtls_x509write_crt_set_key_usage(
            certificate,
            MBEDTLS_X509_KU_KEY_CERT_SIGN | MBEDTLS_X509_KU_CRL_SIGN);
    return error ? error : constrain_names(certificate);
}

/* ---- a leaf ---- */

static int set_names(mbedtls_x509write_cert *certificate,
                     const struct certificate_order *order)
{
    struct buffer value = BUFFER_INIT;

    add_element(&value, DNS_NAME, order->dns_name, strlen(order->dns_name));
    if (order->is_for_addresses) {
        add_element(&value, IP_ADDRESS, loopback_v4, sizeof loopback_v4);
        add_element(&value, IP_ADDRESS, loopback_v6, sizeof loopback_v6);
    }
    wrap(&value, SEQUENCE);
    return SET_EXTENSION(certificate, MBEDTLS_OID_SUBJECT_ALT_NAME, 0, &value);
}

static int set_is_for_servers(mbedtls_x509write_cert *certificate)
{
    struct buffer value = BUFFER_INIT;

    add_element(&value, MBEDTLS_ASN1_OID, MBEDTLS_OID_SERVER_AUTH,
                MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH));
    wrap(&value, SEQUENCE);
    return SET_EXTENSION(certificate, MBEDTLS_OID_EXTENDED_KEY_USAGE, 0,
                         &value);
}

static int describe_leaf(mbedtls_x509write_cert *certificate,
                         const struct certificate_order *order)
{
    int error = mbedtls_x509write_crt_set_basic_constraints(certificate, 0, -1);

    if (!error)
        error = mbedtls_x509write_crt_set_key_usage(
            certificate, MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
    if (!error)
        error = set_is_for_servers(certificate);
    return error ? error : set_names(certificate, order);
}

/* ---- both ---- */

static int set_serial(mbedtls_x509write_cert *certificate,
                      mbedtls_ctr_drbg_context *random)
{
    unsigned char bytes[SERIAL_SIZE];
    int error = mbedtls_ctr_drbg_random(random, bytes, sizeof bytes);

    bytes[0] = (bytes[0] & 0x3f) | 0x40; /* positive, and of full length */
    return error ? error : library_set_serial(certificate, bytes, sizeof bytes);
}

static int fill_in(mbedtls_x509write_cert *certificate,
                   const struct certificate_order *order,
                   mbedtls_ctr_drbg_context *random)
{
    int error = set_serial(certificate, random);

    mbedtls_x509write_crt_set_version(certificate, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(certificate, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(certificate, order->subject_key);
    mbedtls_x509write_crt_set_issuer_key(certificate, order->issuer_key);
    if (!error)
        error = mbedtls_x509write_crt_set_validity(
            certificate, order->not_before, order->not_after);
    if (!error)
        error =
            mbedtls_x509write_crt_set_subject_name(certificate, order->subject);
    if (!error)
        error =
            mbedtls_x509write_crt_set_issuer_name(certificate, order->issuer);
    if (!error)
        error = mbedtls_x509write_crt_set_subject_key_identifier(certificate);
    if (!error)
        error = mbedtls_x509write_crt_set_authority_key_identifier(certificate);
    if (error)
        return error;
    return order->dns_name ? describe_leaf(certificate, order)
                           : describe_authority(certificate);
}

int certificate_write(const struct certificate_order *order,
                      mbedtls_ctr_drbg_context *random, unsigned char *pem)
{
    mbedtls_x509write_cert certificate;
    int error;

    mbedtls_x509write_crt_init(&certificate);
    error = fill_in(&certificate, order, random);
    if (!error)
        error = mbedtls_x509write_crt_pem(&certificate, pem, CERTIFICATE_SIZE,
                                          mbedtls_ctr_drbg_random, random);
    mbedtls_x509write_crt_free(&certificate);
    return error;
}
