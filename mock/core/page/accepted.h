/*
 * Headers that list what a client accepts: Accept, Accept-Encoding,
 * If-None-Match (RFC 9110 12.5 and 13.1.2).
 */
#ifndef SLACKMOCK_ACCEPTED_H
#define SLACKMOCK_ACCEPTED_H

#include <stdbool.h>

struct request;

/* True if one of these headers names that, other than with the weight 0. */
bool accepted_lists(const struct request *request, const char *header,
                    const char *what);

/* True if If-None-Match has that entity tag, or any (`*`). */
bool accepted_has_tag(const struct request *request, const char *tag);

#endif
