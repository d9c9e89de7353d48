/*
 * URLs that the server is to send something to, and those that are the target
 * of a request.
 */
#ifndef SLACKMOCK_HTTP_URL_H
#define SLACKMOCK_HTTP_URL_H

#include <stdbool.h>
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

/*
 * Reads the host and port out of a target http://host/... or https://host/...
 * (RFC 9112 3.2.2), whatever follows. False if it is no such URL, or has a
 * user.
 */
bool http_url_authority(const char *target, struct authority_form *authority);

#endif
