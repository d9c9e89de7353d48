/*
 * One POST of an event, with its redirects.
 */
#ifndef SLACKMOCK_EVENT_REQUEST_H
#define SLACKMOCK_EVENT_REQUEST_H

#include "event_sender.h"
#include "events/delivery.h"

struct event_base;
struct event_request;
struct evdns_base;

struct event_request_handler {
    /* A resolver, made when a name is to be looked up; NULL: there is none. */
    struct evdns_base *(*resolver)(void *context);
    /* It is over, and is freed behind this. What the outcome points to is lent.
     */
    void (*done)(void *context, struct event_request *request,
                 const struct delivery_outcome *outcome);
};

/* All are lent. */
struct event_request *
event_request_create(struct event_base *base, const struct event_hosts *hosts,
                     const struct event_request_handler *handler,
                     void *context);

/* Begins to send; done() comes later, from the loop. */
void event_request_send(struct event_request *request,
                        const struct sending *sending);

/* Gives up one that is under way. */
void event_request_free(struct event_request *request);

/* For a list of those that are under way. */
struct event_request **event_request_next(struct event_request *request);

#endif
