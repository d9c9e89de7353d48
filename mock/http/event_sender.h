/*
 * Sends the events that the core has ready when they are due, and tells it what
 * came back. It never waits: each is a request of libevent's HTTP client with
 * three seconds in all, on a connection of its own.
 */
#ifndef SLACKMOCK_EVENT_SENDER_H
#define SLACKMOCK_EVENT_SENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "message/host_name.h"

struct entrance;
struct event_base;
struct event_sender;
struct intake;

#define EVENT_HOSTS_MAX 16

/* Where events may go beside loopback: names or addresses without brackets, in
 * small letters. */
struct event_hosts {
    char list[EVENT_HOSTS_MAX][HOST_NAME_SIZE];
    size_t count;
};

/* All are lent. */
struct event_sender *event_sender_create(struct event_base *base,
                                         struct intake *intake,
                                         struct entrance *entrance,
                                         const struct event_hosts *hosts);

/*
 * To be called once, when inputs are taken: what was being sent when the server
 * ended before will have no other outcome. Of a log that is shared others may
 * be sending them.
 */
void event_sender_start(struct event_sender *sender, bool is_kept,
                        bool is_shared);

/* Gives up what is under way; the core is not told. */
void event_sender_free(struct event_sender *sender);

#endif
