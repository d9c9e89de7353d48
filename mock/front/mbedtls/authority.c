/*
 * Makes keys on the curve P-256, which every client reads, and dates that a
 * clock which is a day off does not refuse.
 */
#include "authority.h"

#include <mbedtls/ecp.h>
#include <mbedtls/error.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "authority_files.h"
#include "base/buffer.h"

#define DAY_SECONDS  86400
#define VALID_DAYS   30
#define LOCAL_NAME   "localhost"
#define SUBJECT_SIZE 64

int authority_fail(struct buffer *why, const char *what, int error)
{
    char text[128];

    mbedtls_strerror(error, text, sizeof text);
    buffer_printf(why, "%s: %s", what, text);
    return -1;
}

static int make_key(struct authority *authority, mbedtls_pk_context *key)
{
    int error =
        mbedtls_pk_setup(key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));

    if (error)
        return error;
    return mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*key),
                               mbedtls_ctr_drbg_random, &authority->random);
}

static void print_date(char *date, time_t time)
{
    struct tm parts;

    (void)gmtime_r(&time, &parts);
    (void)strftime(date, DATE_SIZE, "%Y%m%d%H%M%S", &parts);
}

/* A name of its own, so that nobody takes the authority of one run for that of
 * another. */
static int make_subject(struct authority *authority)
{
    unsigned char number[4];
    int error =
        mbedtls_ctr_drbg_random(&authority->random, number, sizeof number);

    snprintf(authority->subject, SUBJECT_SIZE,
             "O=slackmock, CN=slackmock CA %02x%02x%02x%02x", number[0],
             number[1], number[2], number[3]);
    return error;
}

static int make(struct authority *authority)
{
    const struct certificate_order order = {
        .subject = authority->subject,
        .issuer = authority->subject,
        .not_before = authority->not_before,
        .not_after = authority->not_after,
        .subject_key = &authority->key,
        .issuer_key = &authority->key,
    };
    const time_t now = time(NULL);
    int error = make_key(authority, &authority->key);

    print_date(authority->not_before, now - DAY_SECONDS);
    print_date(authority->not_after, now + (time_t)VALID_DAYS * DAY_SECONDS);
    if (!error)
        error = make_subject(authority);
    if (!error)
        error = certificate_write(&order, &authority->random, authority->pem);
    return error;
}

/* In memory, or in files that are not there yet. */
static int make_new(struct authority *authority, const char *directory,
                    struct buffer *why)
{
    int error = make(authority);

    if (error)
        return authority_fail(why, "cannot make a certificate authority",
                              error);
    return directory ? authority_files_write(authority, directory, why) : 0;
}

static int obtain(struct authority *authority, const char *directory,
                  struct buffer *why)
{
    enum authority_files found =
        directory ? authority_files_read(authority, directory, why)
                  : FILES_ABSENT;

    if (found == FILES_ABSENT)
        return make_new(authority, directory, why);
    return found == FILES_READ ? 0 : -1;
}

int authority_init(struct authority *authority, const char *directory,
                   struct buffer *why)
{
    int error;

    mbedtls_entropy_init(&authority->entropy);
    mbedtls_ctr_drbg_init(&authority->random);
    mbedtls_pk_init(&authority->key);
    mbedtls_pk_init(&authority->leaf_key);
    error = mbedtls_ctr_drbg_seed(&authority->random, mbedtls_entropy_func,
                                  &authority->entropy, NULL, 0);
    if (error)
        return authority_fail(why, "no random numbers for TLS", error);
    if (obtain(authority, directory, why) != 0)
        return -1;
    error = make_key(authority, &authority->leaf_key);
    return error ? authority_fail(why, "cannot make a key for TLS", error) : 0;
}

int authority_issue(struct authority *authority, const char *name,
                    mbedtls_x509_crt *leaf)
{
    /* Names longer than an X.509 common name stand in the extension alone. */
    const bool is_local = strcmp(name, LOCAL_NAME) == 0;
    const struct certificate_order order = {
        .subject = "O=slackmock",
        .issuer = authority->subject,
        .not_before = authority->not_before,
        .not_after = authority->not_after,
        .subject_key = &authority->leaf_key,
        .issuer_key = &authority->key,
        .dns_name = name,
        .is_for_addresses = is_local,
    };
    unsigned char pem[CERTIFICATE_SIZE];
    int error = certificate_write(&order, &authority->random, pem);

    if (error)
        return error;
    return mbedtls_x509_crt_parse(leaf, pem, strlen((const char *)pem) + 1);
}

void authority_clear(struct authority *authority)
{
    mbedtls_pk_free(&authority->leaf_key);
    mbedtls_pk_free(&authority->key);
    mbedtls_ctr_drbg_free(&authority->random);
    mbedtls_entropy_free(&authority->entropy);
}
