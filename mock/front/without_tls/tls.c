/*
 * A program that was built without TLS: nothing here ever makes a session.
 */
#include "../tls.h"

#include "base/buffer.h"

const char *tls_library(void)
{
    return NULL;
}

struct tls *tls_create(const char *directory, struct buffer *why)
{
    (void)directory;
    buffer_add_text(why, "this slackmock was built without TLS");
    return NULL;
}

const char *tls_authority(const struct tls *tls)
{
    (void)tls;
    return NULL;
}

void tls_free(struct tls *tls)
{
    (void)tls;
}

struct tls_session *tls_session_create(struct tls *tls, struct evbuffer *input,
                                       struct evbuffer *output)
{
    (void)tls;
    (void)input;
    (void)output;
    return NULL;
}

enum tls_result tls_session_handshake(struct tls_session *session)
{
    (void)session;
    return TLS_FAILED;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the interface's */
enum tls_result tls_session_read(struct tls_session *session, char *bytes,
                                 size_t room, size_t *length)
{
    (void)session;
    (void)bytes;
    (void)room;
    *length = 0;
    return TLS_FAILED;
}

enum tls_result tls_session_write(struct tls_session *session,
                                  const char *bytes, size_t length)
{
    (void)session;
    (void)bytes;
    (void)length;
    return TLS_FAILED;
}

void tls_session_end(struct tls_session *session)
{
    (void)session;
}

const char *tls_session_name(const struct tls_session *session)
{
    (void)session;
    return "";
}

const char *tls_session_problem(const struct tls_session *session)
{
    (void)session;
    return "";
}

void tls_session_free(struct tls_session *session)
{
    (void)session;
}
