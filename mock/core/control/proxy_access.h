/*
 * Requests that a proxy gets: CONNECT, and those whose target is a whole URL.
 * Who may send them, and which hosts the mock stands for.
 */
#ifndef SLACKMOCK_PROXY_ACCESS_H
#define SLACKMOCK_PROXY_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "control/control_access.h"
#include "message/host_name.h"

struct request;

#define PROXY_PORTS_MOST 2

struct proxy_access {
    const struct control_access *control; /* lent */
    uint16_t ports[PROXY_PORTS_MOST];     /* listened on */
    size_t port_count;
    bool pass_through; /* other hosts are let through */
    bool has_tls;
};

enum proxy_decision {
    PROXY_ANSWER, /* as if the client had come without a proxy */
    PROXY_TUNNEL, /* to the target */
    PROXY_REFUSE
};

struct proxy_ruling {
    enum proxy_decision decision;
    struct authority_form target; /* who it is for, unless it is refused */
    int status;                   /* of a refusal, as the next ones: constant */
    const char *error;
    const char *message;
};

/* True if the target of a request is neither a path nor `*`. */
bool proxy_is_meant(const char *target);

/*
 * Judges such a request. On loopback anybody may send one; elsewhere whoever
 * sends the control token in Proxy-Authorization, as password of any user or as
 * Bearer token.
 */
struct proxy_ruling proxy_access_judge(const struct proxy_access *access,
                                       const struct request *request);

#endif
