/*
 * libevent's loop and its HTTP server, set as slackmock wants them.
 */
#ifndef SLACKMOCK_LIBEVENT_SETUP_H
#define SLACKMOCK_LIBEVENT_SETUP_H

#include <stddef.h>

struct event_base;
struct evhttp;

/* NULL if libevent finds no way to wait for events. */
struct event_base *libevent_loop(void);

/* One that takes every verb, and heads and bodies up to so many bytes. */
struct evhttp *libevent_server(struct event_base *base, size_t head,
                               size_t body);

#endif
