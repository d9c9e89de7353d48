/*
 * What the environment of a command says, so that its clients find the mock
 * where they look for Slack.
 */
#ifndef SLACKMOCK_COMMAND_ENVIRONMENT_H
#define SLACKMOCK_COMMAND_ENVIRONMENT_H

struct variables;

/* Where the mock is, and the files that clients are to read. */
struct command_places {
    const char *host; /* as in a URL */
    int port;
    const char *certificates; /* all that are to be trusted, in PEM */
    const char *node_certificates;
    const char *node_preload;
    const char *java_trust_store;
};

void command_environment_set(struct variables *variables,
                             const struct command_places *places);

#endif
