/*
 * Certificates for the names that were asked for, the last few of them kept.
 */
#ifndef SLACKMOCK_LEAVES_H
#define SLACKMOCK_LEAVES_H

#include "authority.h"

#define LEAVES_KEPT 64

struct leaf;

struct leaves {
    struct authority *authority; /* lent */
    struct leaf *kept[LEAVES_KEPT];
    unsigned next; /* the place of the next one, and of the oldest */
};

/*
 * The certificate for a name in small letters, made if it is not kept; NULL if
 * the library cannot. It stays until leaves_return(), whatever is asked for
 * meanwhile.
 */
struct leaf *leaves_take(struct leaves *leaves, const char *name);

/* Does nothing to NULL. */
void leaves_return(struct leaf *leaf);

mbedtls_x509_crt *leaf_certificate(struct leaf *leaf);

void leaves_clear(struct leaves *leaves);

#endif
