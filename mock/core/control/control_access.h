/*
 * Who may use the control API: on loopback every program, but no web page, not
 * even by DNS rebinding; elsewhere whoever has the token. Whether the server is
 * in health is told to everybody.
 */
#ifndef SLACKMOCK_CONTROL_ACCESS_H
#define SLACKMOCK_CONTROL_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "message/refusal.h"

struct request;

struct control_access {
    const char *token;  /* NULL: none is wanted */
    bool loopback_only; /* every address listened on is a loopback one */
    /* The names and addresses listened on, as they were given; lent. */
    const char *hosts[2];
    size_t host_count;
};

/*
 * The refusal of a request, with constant texts; its status is 0 if the request
 * may pass. Tokens are compared in a time that does not depend on where they
 * differ.
 */
struct refusal control_access_check(const struct control_access *access,
                                    const struct request *request);

/* The same of a request for the live page's files, which want no token. */
struct refusal control_access_check_page(const struct control_access *access,
                                         const struct request *request);

#endif
