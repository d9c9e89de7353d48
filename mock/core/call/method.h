/*
 * What the mock knows of one of Slack's methods, and how it is answered. The
 * rows stand in methods/, a file each.
 */
#ifndef SLACKMOCK_METHOD_H
#define SLACKMOCK_METHOD_H

#include <stdbool.h>
#include <stddef.h>

#include "message/slack_error.h"

struct call;

struct method {
    const char *name;
    bool takes_json; /* else a JSON or text body is not read at all */
    /* JSON arrays and objects are arguments of it: their compact text. */
    bool takes_structures;
    /*
     * Somebody must call: a token that is known and alive, in the header or the
     * body. Otherwise `token` is an argument, for the method to judge.
     */
    bool authenticates;
    bool ignores_token; /* wherever it is: nobody asks who calls */
    bool takes_basic;   /* client_id and client_secret by HTTP Basic too */
    bool takes_refresh_token; /* as the token to authenticate with */
    /*
     * Arguments that must be there, in the order in which Slack names the
     * absent ones, ended by NULL. A `token` may come as Bearer instead.
     */
    const char *const *required;
    /* Notes, before the call is judged, what its arguments give away. */
    void (*hint)(struct call *call);
    /*
     * Answers a call that passed every gate: writes its fields into
     * call->outcome.fields and returns SLACK_OK, or returns an error.
     */
    enum slack_error (*handle)(struct call *call);
};

#endif
