/*
 * hiredis in the event loop. Its own way for libevent asks the kernel four
 * times about a command and its answer: whether the socket can be written to,
 * which it nearly always can, and anew for each answer whether it can be read.
 */
#ifndef SLACKMOCK_REDIS_LOOP_H
#define SLACKMOCK_REDIS_LOOP_H

struct event_base;
struct redisAsyncContext;

/* Commands of one turn of the loop leave together at its end. */
void redis_loop_attach(struct redisAsyncContext *context,
                       struct event_base *base);

/* Writes what is to be sent now, as far as it can be, not at the turn's end. A
 * failure is told there. */
void redis_loop_write(struct redisAsyncContext *context);

#endif
