/*
 * The Content-Type header, as far as Slack looks at it: one of four media
 * types, a charset, and the boundary of multipart/form-data (RFC 9110 8.3,
 * RFC 2046 5.1.1). Letter case and other parameters do not matter.
 */
#ifndef SLACKMOCK_CONTENT_TYPE_H
#define SLACKMOCK_CONTENT_TYPE_H

#include <stddef.h>

#include "base/charset.h"

enum media_type {
    MEDIA_NONE, /* no header, or an empty one */
    MEDIA_JSON,
    MEDIA_URLENCODED,
    MEDIA_MULTIPART, /* multipart/form-data alone */
    MEDIA_TEXT,      /* text/plain */
    MEDIA_OTHER
};

#define BOUNDARY_MAX 70 /* bytes, RFC 2046 5.1.1 */

struct content_type {
    enum media_type media;
    enum charset charset;
    /* Without quotes; "" if there was none or it was not a legal one. */
    char boundary[BOUNDARY_MAX + 1];
};

/* Reads a header's value; NULL stands for an absent header. */
struct content_type content_type_parse(const char *value);

#endif
