/*
 * What every client makes of every flow of scenarios/flows/: the expectations,
 * from what the SDKs' sources and runs of them say.
 */
#ifndef CLIENT_TESTS_FLOWS_H
#define CLIENT_TESTS_FLOWS_H

#include <stddef.h>

#include "client_process.h"

enum flow_action {
    FLOW_EXCHANGES,      /* the default world's bot token */
    FLOW_EXCHANGES_LATE, /* the same, once the rate limit is used up */
    FLOW_REFRESHES       /* the SDK's refresher, on the flow's own pair */
};

struct flow_result {
    /* "ok", an error that was returned, or an exception and its error. */
    const char *result;
    int requests;      /* in the journal */
    const char *state; /* of the token afterwards */
};

struct flow {
    const char *name; /* NULL ends the table */
    enum flow_action action;
    /* In the order of enum client, its two variants of Python included. */
    struct flow_result results[CLIENT_COUNT];
};

extern const struct flow flows[];

/* The token that a flow is about: its own legacy or refresh token. */
const char *flow_token(const struct flow *flow);

#endif
