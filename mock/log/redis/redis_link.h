/* A connection to Redis, in turns of the loop. */
#ifndef SLACKMOCK_REDIS_LINK_H
#define SLACKMOCK_REDIS_LINK_H

#include <stdbool.h>

struct event_base;
struct redisAsyncContext;
struct redis_url;

struct redis_link {
    struct redisAsyncContext *context; /* NULL: it is down */
    void (*down)(void *owner, const char *why);
    void *owner;
};

/*
 * Begins to connect; commands wait for that. down() is called once, unless it
 * is closed before. False if it cannot even begin.
 */
bool redis_link_open(struct redis_link *link, struct event_base *base,
                     const struct redis_url *url);

/* What was asked gets no reply. Does nothing to one that is down. */
void redis_link_close(struct redis_link *link);

#endif
