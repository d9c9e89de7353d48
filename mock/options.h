/*
 * What the program is asked for, on the command line and by the environment.
 */
#ifndef SLACKMOCK_OPTIONS_H
#define SLACKMOCK_OPTIONS_H

#include <stdbool.h>

#include "http/request_log.h"
#include "http/server.h"
#include "mock/mock.h"
#include "replay.h"
#include "state.h"
#include "world.h"

struct method_facts;

enum action {
    ACTION_SERVE,
    ACTION_RUN,
    ACTION_REPLAY,
    ACTION_CHECK,
    ACTION_HEALTH,
    ACTION_LIST_ERRORS,
    ACTION_LIST_METHODS,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_REFUSE /* misuse, and why was said on stderr */
};

struct options {
    enum action action;
    const char *reading; /* what a value is read from; for its refusal */
    struct server_options server;
    struct request_log_options log;
    struct mock_options mock;
    bool until_eof;
    const char *health_url; /* ACTION_HEALTH: NULL for where it listens; lent */
    const char *port_file;  /* NULL for none; lent, as the next */
    char *const *command;   /* what to run, its words; NULL for nothing */
    bool report;            /* tell at its end what was asked */
    struct world_source source;
    struct state_options state;
    struct replay_options replay;
    /* Whose errors are to be listed; NULL for those of oauth.v2.exchange. */
    const struct method_facts *method;
};

/* What was not given comes from the environment, and else is filled in. */
struct options options_parse(int argc, char **argv);

void options_print_help(void);
void options_print_version(void);

#endif
