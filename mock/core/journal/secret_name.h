/*
 * Tells by its name whether a value is a secret. Only letters and digits count,
 * in any letter case, so that `Client-Secret` is no less secret than
 * `client_secret`; and neither are `token[]` and `token[x]` than `token`.
 */
#ifndef SLACKMOCK_SECRET_NAME_H
#define SLACKMOCK_SECRET_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum secret_kind {
    SECRET_NONE,
    SECRET_ANY,      /* it ends in `secret` or `token`, or is `code` */
    SECRET_VERIFIER, /* it ends in `verifier`: PKCE's, of use with a code */
    SECRET_CLIENT_ID /* an id, but clients send secrets in its place */
};

#define SECRET_NAME_KEPT 8 /* as many letters as the longest word has */

/* The name read last in a text, byte by byte. Begin with zeros. */
struct secret_name {
    char end[SECRET_NAME_KEPT]; /* its last letters, in lower case */
    size_t length;              /* of all its letters */
    bool has_ended;             /* the next letter begins another name */
    enum secret_kind array;     /* what the name before the brackets is */
};

void secret_name_read(struct secret_name *name, char byte);

enum secret_kind secret_name_kind(const struct secret_name *name);

/* True if a value of that name is a secret by itself. */
bool secret_name_is_any(const char *name, size_t length);

/* True for a header that is meant for secrets, or whose name tells of one. */
bool secret_name_is_header(const char *name);

#endif
