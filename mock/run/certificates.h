/*
 * Certificates as files have them: read as PEM (RFC 7468), written as a trust
 * store of Java.
 */
#ifndef SLACKMOCK_CERTIFICATES_H
#define SLACKMOCK_CERTIFICATES_H

#include "base/buffer.h"

/*
 * Reads the next certificate of a text into `der`, which it empties first, and
 * moves `*pem` after it. What is no certificate is passed over. Returns 0, or
 * -1 if there is none left.
 */
int certificate_next(const char **pem, struct buffer *der);

/*
 * Adds a trust store with the certificates of a text, in Java's own format JKS
 * (version 2), which every JDK reads. It has no password: what stands in the
 * place of its digest is not looked at.
 */
void java_trust_store_write(struct buffer *store, const char *pem);

#endif
