/*
 * The command line.
 */
#ifndef SLACKMOCK_OPTIONS_H
#define SLACKMOCK_OPTIONS_H

#include <stdbool.h>

#include "http/request_log.h"
#include "http/server.h"
#include "mock/mock.h"
#include "world.h"

struct method_facts;

enum action {
    ACTION_SERVE,
    ACTION_CHECK,
    ACTION_LIST_ERRORS,
    ACTION_LIST_METHODS,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_REFUSE /* misuse, and why was said on stderr */
};

struct options {
    enum action action;
    struct server_options server;
    struct request_log_options log;
    struct mock_options mock;
    const char *port_file; /* NULL for none; lent from argv, as the next */
    struct world_source source;
    /* Whose errors are to be listed; NULL for those of oauth.v2.exchange. */
    const struct method_facts *method;
};

/* Also fills in what was not given. */
struct options options_parse(int argc, char **argv);

void options_print_help(void);
void options_print_version(void);

#endif
