/*
 * TLS as the front needs it, whatever library does it: a certificate authority
 * with a certificate for each name that is asked for, and sessions that turn
 * bytes of the wire into bytes of HTTP and back.
 *
 * Every create is paired with a free. A key never leaves memory but for the
 * folder that the user names.
 */
#ifndef SLACKMOCK_TLS_H
#define SLACKMOCK_TLS_H

#include <stddef.h>

struct buffer;
struct evbuffer;
struct tls;
struct tls_session;

enum tls_result {
    TLS_DONE,
    TLS_WAIT,  /* more must come from the other side */
    TLS_ENDED, /* the other side said that it sends no more: close_notify */
    TLS_FAILED /* and an alert that says so is in the output */
};

/* Name and version of the library, NULL if the program has none. */
const char *tls_library(void);

/*
 * Makes a certificate authority, which lives as long as the result. With a
 * directory it is the one in its files ca.pem and ca.key, which are made if
 * neither is there. Returns NULL with the reason added to `why`.
 */
struct tls *tls_create(const char *directory, struct buffer *why);

/* Its certificate in PEM. Lent. */
const char *tls_authority(const struct tls *tls);

void tls_free(struct tls *tls);

/*
 * The server's side of a connection: what has come is taken from `input`, what
 * is to go out is added to `output`. All is lent.
 */
struct tls_session *tls_session_create(struct tls *tls, struct evbuffer *input,
                                       struct evbuffer *output);

/* Goes on with the handshake; TLS_DONE when it is over. */
enum tls_result tls_session_handshake(struct tls_session *session);

/* Reads up to `room` bytes; TLS_DONE if at least one came. */
enum tls_result tls_session_read(struct tls_session *session, char *bytes,
                                 size_t room, size_t *length);

enum tls_result tls_session_write(struct tls_session *session,
                                  const char *bytes, size_t length);

/* Adds a close_notify. */
void tls_session_end(struct tls_session *session);

/* The name that the client asked for, "" if it named none. Lent. */
const char *tls_session_name(const struct tls_session *session);

/* After TLS_FAILED: why, in words that follow "TLS: ". Lent. */
const char *tls_session_problem(const struct tls_session *session);

void tls_session_free(struct tls_session *session);

#endif
