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
    bool takes_json; /* else a JSON body is not read at all */
    /*
     * Arguments may be JSON arrays and objects: their values are compact JSON
     * text.
     */
    bool takes_structures;
    /*
     * The call needs a token that is known and alive, in the header or the
     * body. Otherwise `token` is an argument, for the method to judge.
     */
    bool authenticates;
    /* An app-level token may be the one, as far as follows_facts allows. */
    bool takes_app_token;
    bool ignores_token; /* wherever it is: nobody asks who calls */
    bool takes_basic;   /* client_id and client_secret by HTTP Basic too */
    bool takes_refresh_token; /* a refresh token may authenticate the call */
    /* The kind of token, scopes and arguments are judged by what Slack
     * documents of the method, as they are of one that is data. */
    bool follows_facts;
    /*
     * Arguments that must be there, in the order in which Slack names the
     * absent ones, ended by NULL. A `token` may come as Bearer instead.
     */
    const char *const *required;
    /* Gives hints by the arguments, before the call is judged; NULL: none. */
    void (*hint)(struct call *call);
    /*
     * Answers a call that passed every gate: writes its fields into
     * call->outcome.fields and returns SLACK_OK, or returns an error.
     */
    enum slack_error (*handle)(struct call *call);
};

#endif
