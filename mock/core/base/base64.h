/*
 * Bytes as text: base64 (RFC 4648 4).
 */
#ifndef SLACKMOCK_BASE64_H
#define SLACKMOCK_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Adds the decoded bytes. Padding is optional. False for anything else. */
bool base64_decode(const char *text, size_t length, struct buffer *decoded);

/* Adds the bytes as letters, with padding. */
void base64_encode(const void *bytes, size_t length, struct buffer *encoded);

/* Adds the bytes in the alphabet of URLs, without padding (RFC 4648 5). */
void base64_url_encode(const void *bytes, size_t length,
                       struct buffer *encoded);

#endif
