/* hiredis reads on for as long as bytes come, and keeps them all. */
#include "log/redis/redis_answer.h"

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINE_MOST      65536
#define TEXT_MOST      (512L << 20) /* Redis takes no longer one */
#define ANSWER_SECONDS 30

static time_t now(void)
{
    struct timespec time = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

static bool send_command(redisContext *context, const char **words, int count)
{
    int is_sent = 0;

    if (redisAppendCommandArgv(context, count, words, NULL) != REDIS_OK)
        return false;
    while (!is_sent)
        if (redisBufferWrite(context, &is_sent) != REDIS_OK)
            return false;
    return true;
}

/* What so many bytes are the beginning of: a text behind its length. */
static const char *judge(const redisReader *reader)
{
    const char *rest = reader->buf + reader->pos;

    if (reader->len - reader->pos < LINE_MOST)
        return NULL;
    if (!memchr(rest, '\n', LINE_MOST))
        return "it answers with a line that does not end";
    if (strtol(rest + (*rest == '$'), NULL, 10) > TEXT_MOST)
        return "it answers with a text of more than 512 MiB";
    return NULL;
}

redisReply *redis_answer(redisContext *context, const char **words, int count,
                         const char **why)
{
    const time_t end = now() + ANSWER_SECONDS;
    void *reply = NULL;

    *why = NULL;
    if (!send_command(context, words, count)) {
        *why = context->errstr;
        return NULL;
    }
    while (redisGetReplyFromReader(context, &reply) == REDIS_OK && !reply) {
        *why = judge(context->reader);
        if (!*why && now() > end)
            *why = "its answer does not end";
        if (*why || redisBufferRead(context) != REDIS_OK)
            break;
    }
    if (!reply && !*why)
        *why = context->errstr;
    return reply;
}
