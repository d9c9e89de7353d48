/*
 * Host names, as they stand in a URL, a CONNECT and a TLS hello: which ones the
 * mock stands for, and the authority that a CONNECT names.
 */
#ifndef SLACKMOCK_HOST_NAME_H
#define SLACKMOCK_HOST_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOST_NAME_SIZE 256 /* with the NUL; DNS allows 253 characters */

struct authority_form {
    char host[HOST_NAME_SIZE]; /* in small letters, without brackets */
    uint16_t port;
};

/*
 * Reads `host:port` (RFC 9112 3.2.3), an IPv6 address in brackets. A dot at the
 * end of a name is left out. False if it is anything else.
 */
bool authority_form_parse(const char *text, struct authority_form *form);

/* The next ones take small letters. */

/* slack.com, slack-gov.com or a name below one of them. */
bool host_name_is_slack(const char *host);

/* localhost, 127.0.0.0/8 or ::1. */
bool host_name_is_loopback(const char *host);

/*
 * Writes the `length` bytes to a name of HOST_NAME_SIZE in small letters,
 * without a dot at its end. False if they cannot be the name of a host.
 */
bool host_name_copy(char *name, const char *bytes, size_t length);

#endif
