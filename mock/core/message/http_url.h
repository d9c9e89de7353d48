/*
 * An http:// URL that the server itself is to send something to.
 */
#ifndef SLACKMOCK_HTTP_URL_H
#define SLACKMOCK_HTTP_URL_H

#include <stdint.h>

#include "message/host_name.h"

struct http_url {
    char host[HOST_NAME_SIZE]; /* in small letters, without brackets */
    uint16_t port;
    const char *path; /* with the query, lent; "" for nothing */
};

/*
 * Reads an absolute URL. NULL if all is well, else what would be right, a
 * constant: https, user names, fragments, blanks and whatever clients read
 * differently are refused.
 */
const char *http_url_parse(const char *text, struct http_url *url);

#endif
