/*
 * TLS by mbedTLS: 1.2 at least, with certificates that are made when somebody
 * asks for their name. A session reads and writes evbuffers alone, so nothing
 * here waits.
 */
#include "../tls.h"

#include <event2/buffer.h>
#include <mbedtls/error.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "authority.h"
#include "base/buffer.h"
#include "base/xalloc.h"
#include "leaves.h"
#include "library_versions.h"
#include "message/host_name.h"

#define PROBLEM_SIZE 384
#define SHOWN_MOST   100 /* bytes of a name that is refused */

struct tls {
    struct authority authority;
    struct leaves leaves;
    struct leaf *local; /* for localhost, and whoever names nobody */
    mbedtls_ssl_config config;
};

struct tls_session {
    struct tls *tls;
    struct evbuffer *input;
    struct evbuffer *output;
    mbedtls_ssl_context ssl;
    struct leaf *leaf; /* in use during the handshake */
    char name[HOST_NAME_SIZE];
    char problem[PROBLEM_SIZE];
};

const char *tls_library(void)
{
    static char text[32];

    snprintf(text, sizeof text, "mbedTLS %u.%u.%u",
             (unsigned)MBEDTLS_VERSION_MAJOR, (unsigned)MBEDTLS_VERSION_MINOR,
             (unsigned)MBEDTLS_VERSION_PATCH);
    return text;
}

/* ---- bytes ---- */

static int send_bytes(void *context, const unsigned char *bytes, size_t length)
{
    const struct tls_session *session = context;

    if (evbuffer_add(session->output, bytes, length) != 0)
        return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
    return (int)length;
}

static int receive_bytes(void *context, unsigned char *bytes, size_t room)
{
    const struct tls_session *session = context;
    int length = evbuffer_remove(session->input, bytes, room);

    return length > 0 ? length : MBEDTLS_ERR_SSL_WANT_READ;
}

/* ---- names ---- */

/* Says no with the alert unrecognized_name, which the library sends then. */
static int refuse_name(struct tls_session *session, const unsigned char *name,
                       size_t length)
{
    struct buffer shown = BUFFER_INIT;

    for (size_t i = 0; i < length && i < SHOWN_MOST; i++)
        if (name[i] > ' ' && name[i] < 0x7f)
            buffer_add(&shown, &name[i], 1);
        else
            buffer_add_byte(&shown, '?');
    snprintf(session->problem, sizeof session->problem,
             "asked for %s; slackmock answers for slack.com, slack-gov.com, "
             "the names below them, and localhost",
             buffer_text(&shown));
    buffer_free(&shown);
    return -1;
}

static int use_name(struct tls_session *session)
{
    struct leaves *leaves = &session->tls->leaves;

    leaves_return(session->leaf);
    session->leaf = leaves_take(leaves, session->name);
    if (!session->leaf)
        return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
    return mbedtls_ssl_set_hs_own_cert(&session->ssl,
                                       leaf_certificate(session->leaf),
                                       &session->tls->authority.leaf_key);
}

static struct tls_session *session_of(mbedtls_ssl_context *ssl)
{
    return (struct tls_session *)(void *)((char *)ssl -
                                          offsetof(struct tls_session, ssl));
}

/* The library calls it with the name of the hello. */
static int on_name(void *unused, mbedtls_ssl_context *ssl,
                   const unsigned char *name, size_t length)
{
    struct tls_session *session = session_of(ssl);

    (void)unused;
    if (!host_name_copy(session->name, (const char *)name, length))
        return refuse_name(session, name, length);
    if (host_name_is_slack(session->name))
        return use_name(session);
    return host_name_is_loopback(session->name)
               ? 0
               : refuse_name(session, name, length);
}

/* ---- the server ---- */

static int configure(struct tls *tls)
{
    mbedtls_ssl_config *config = &tls->config;
    int error = mbedtls_ssl_config_defaults(config, MBEDTLS_SSL_IS_SERVER,
                                            MBEDTLS_SSL_TRANSPORT_STREAM,
                                            MBEDTLS_SSL_PRESET_DEFAULT);

    if (error)
        return error;
    mbedtls_ssl_conf_rng(config, mbedtls_ctr_drbg_random,
                         &tls->authority.random);
    library_choose_protocol(config);
    mbedtls_ssl_conf_sni(config, on_name, NULL);
    tls->local = leaves_take(&tls->leaves, "localhost");
    if (!tls->local)
        return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
    return mbedtls_ssl_conf_own_cert(config, leaf_certificate(tls->local),
                                     &tls->authority.leaf_key);
}

struct tls *tls_create(const char *directory, struct buffer *why)
{
    struct tls *tls = xcalloc(1, sizeof *tls);

    mbedtls_ssl_config_init(&tls->config);
    tls->leaves.authority = &tls->authority;
    if (authority_init(&tls->authority, directory, why) == 0) {
        int error = configure(tls);

        if (!error)
            return tls;
        (void)authority_fail(why, "TLS cannot be set up", error);
    }
    tls_free(tls);
    return NULL;
}

const char *tls_authority(const struct tls *tls)
{
    return (const char *)tls->authority.pem;
}

void tls_free(struct tls *tls)
{
    if (!tls)
        return;
    mbedtls_ssl_config_free(&tls->config);
    leaves_return(tls->local);
    leaves_clear(&tls->leaves);
    authority_clear(&tls->authority);
    free(tls);
}

/* ---- a session ---- */

static enum tls_result fail(struct tls_session *session, int error)
{
    char text[128];

    if (*session->problem)
        return TLS_FAILED;
    mbedtls_strerror(error, text, sizeof text);
    if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        snprintf(session->problem, sizeof session->problem,
                 "the client broke off; does it trust GET /_mock/ca.pem?");
    else
        snprintf(session->problem, sizeof session->problem, "TLS failed: %s",
                 text);
    return TLS_FAILED;
}

static enum tls_result judge(struct tls_session *session, int result)
{
    switch (result) {
    case 0:
        return TLS_DONE;
    case MBEDTLS_ERR_SSL_WANT_READ:
    case MBEDTLS_ERR_SSL_WANT_WRITE:
        return TLS_WAIT;
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
        return TLS_ENDED;
    default:
        return fail(session, result);
    }
}

struct tls_session *tls_session_create(struct tls *tls, struct evbuffer *input,
                                       struct evbuffer *output)
{
    struct tls_session *session = xcalloc(1, sizeof *session);

    session->tls = tls;
    session->input = input;
    session->output = output;
    mbedtls_ssl_init(&session->ssl);
    if (mbedtls_ssl_setup(&session->ssl, &tls->config) != 0) {
        tls_session_free(session);
        return NULL;
    }
    mbedtls_ssl_set_bio(&session->ssl, session, send_bytes, receive_bytes,
                        NULL);
    return session;
}

/* The hello is over: nobody asks for the certificate any more. */
static void end_handshake(struct tls_session *session)
{
    leaves_return(session->leaf);
    session->leaf = NULL;
}

enum tls_result tls_session_handshake(struct tls_session *session)
{
    enum tls_result result =
        judge(session, mbedtls_ssl_handshake(&session->ssl));

    if (result == TLS_DONE)
        end_handshake(session);
    return result;
}

enum tls_result tls_session_read(struct tls_session *session, char *bytes,
                                 size_t room, size_t *length)
{
    int result = mbedtls_ssl_read(&session->ssl, (unsigned char *)bytes, room);

    *length = result > 0 ? (size_t)result : 0;
    return *length ? TLS_DONE
                   : judge(session,
                           result ? result : MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY);
}

enum tls_result tls_session_write(struct tls_session *session,
                                  const char *bytes, size_t length)
{
    while (length) {
        int result = mbedtls_ssl_write(&session->ssl,
                                       (const unsigned char *)bytes, length);

        if (result <= 0)
            return judge(session, result);
        bytes += result;
        length -= (size_t)result;
    }
    return TLS_DONE;
}

void tls_session_end(struct tls_session *session)
{
    (void)mbedtls_ssl_close_notify(&session->ssl);
}

const char *tls_session_name(const struct tls_session *session)
{
    return session->name;
}

const char *tls_session_problem(const struct tls_session *session)
{
    return session->problem;
}

void tls_session_free(struct tls_session *session)
{
    if (!session)
        return;
    mbedtls_ssl_free(&session->ssl);
    leaves_return(session->leaf);
    free(session);
}
