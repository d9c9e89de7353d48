#ifndef LOAD_CONNECTION_H
#define LOAD_CONNECTION_H

#include "load_message.h"

#include <stdbool.h>
#include <stdint.h>

/* One caller: it makes a call, waits for the reply, and makes the next.
 * Whatever fails ends the program with a message: a load that went wrong has no
 * speed. */
struct connection {
    int socket; /* -1: not connected */
    bool writing;
    bool answered; /* and waits for the server to close */
    int64_t started;
    size_t length;
    char bytes[MESSAGE_SIZE]; /* the request, then its reply */
    char refresh_token[REFRESH_TOKEN_SIZE];
};

struct load_options;

enum connection_news { STILL_WAITING, REPLY_CAME, CONNECTION_CLOSED };

__attribute__((noreturn, format(printf, 1, 2))) void load_fail(const char *form,
                                                               ...);

/* Nanoseconds of a clock that never steps back. */
int64_t load_clock(void);

/* Sends the next call; `token` is what to exchange if it comes to that. */
void connection_call(struct connection *connection, int epoll,
                     const struct load_options *options, long token);

/* To be asked whenever epoll has something for it; `closed`: that the server
 * has closed, too. */
enum connection_news connection_act(struct connection *connection, int epoll,
                                    const struct load_options *options,
                                    bool closed);

/* Makes the call that options->between names, on a connection of its own. */
void call_between(const struct load_options *options);

#endif
