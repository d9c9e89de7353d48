/*
 * Who may use the control API: on loopback every program, but no web page, by
 * DNS rebinding or otherwise; elsewhere whoever has the token.
 */
#ifndef SLACKMOCK_CONTROL_ACCESS_H
#define SLACKMOCK_CONTROL_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

struct request;

struct control_access {
    const char *token;  /* NULL: none is wanted */
    bool loopback_only; /* every address listened on is a loopback one */
    /* The names and addresses listened on, as they were given; lent. */
    const char *hosts[2];
    size_t host_count;
};

/* What keeps a request out; all of it is constant. */
struct access_refusal {
    int status; /* 0: it may pass */
    const char *error;
    const char *message;
};

/* Compares tokens in a time that tells nothing of where they differ. */
struct access_refusal control_access_check(const struct control_access *access,
                                           const struct request *request);

#endif
