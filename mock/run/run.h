/*
 * Runs a command whose clients find the mock where they look for Slack.
 */
#ifndef SLACKMOCK_RUN_H
#define SLACKMOCK_RUN_H

#include "base/buffer.h"
#include "request_report.h"

struct event_base;
struct command;
struct run_folder;

/* The caller owns the struct: zero it; end with run_clear(). */
struct run {
    struct run_folder *folder;
    struct command *command;
    struct request_report report;
};

struct run_start {
    struct event_base *base;
    const char *host; /* of the mock, as in a URL */
    int port;
    const char *certificate;      /* to be trusted, in PEM; NULL: no TLS */
    char *const *words;           /* of the command; a NULL after the last */
    void (*prepare)(void);        /* called in the command's process */
    void (*ended)(void *context); /* called by the loop */
    void *context;
};

/* Returns 0, or an exit status with the reason added to `why`. */
int run_begin(struct run *run, const struct run_start *start,
              struct buffer *why);

/* The command's exit status, once it has ended. */
int run_status(const struct run *run);

/* Removes its files. */
void run_clear(struct run *run);

#endif
