/*
 * A command to Redis and its whole answer, waited for, whatever stands at the
 * other end.
 */
#ifndef SLACKMOCK_REDIS_ANSWER_H
#define SLACKMOCK_REDIS_ANSWER_H

struct redisContext;
struct redisReply;

/*
 * NULL after a failure, with the reason in `*why`, lent until the connection's
 * end. An error that Redis sent is an answer.
 */
struct redisReply *redis_answer(struct redisContext *context,
                                const char **words, int count,
                                const char **why);

#endif
