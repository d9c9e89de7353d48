/* hiredis frees a context by itself after it has failed. */
#include "log/redis/redis_link.h"

#include <hiredis/async.h>
#include <stddef.h>

#include "log/redis/redis_loop.h"
#include "log/redis_url.h"

static void go_down(const redisAsyncContext *context, const char *why)
{
    struct redis_link *link = context->data;

    if (!link || link->context != context)
        return;
    link->context = NULL;
    link->down(link->owner, why);
}

static void on_connect(const redisAsyncContext *context, int status)
{
    if (status != REDIS_OK)
        go_down(context, context->errstr);
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
    go_down(context,
            status == REDIS_OK ? "the connection ended" : context->errstr);
}

/* A wrong password or database. */
static void on_login(redisAsyncContext *context, void *answer, void *unused)
{
    const redisReply *reply = answer;

    (void)unused;
    if (!reply || reply->type != REDIS_REPLY_ERROR)
        return;
    go_down(context, reply->str);
    redisAsyncFree(context);
}

static void log_in(redisAsyncContext *context, const struct redis_url *url)
{
    if (url->password && url->user)
        (void)redisAsyncCommand(context, on_login, NULL, "AUTH %s %s",
                                url->user, url->password);
    else if (url->password)
        (void)redisAsyncCommand(context, on_login, NULL, "AUTH %s",
                                url->password);
    if (url->database)
        (void)redisAsyncCommand(context, on_login, NULL, "SELECT %d",
                                url->database);
}

bool redis_link_open(struct redis_link *link, struct event_base *base,
                     const struct redis_url *url)
{
    redisAsyncContext *context = redisAsyncConnect(url->host, url->port);

    if (!context)
        return false;
    if (context->err) {
        redisAsyncFree(context);
        return false;
    }
    context->data = link;
    link->context = context;
    redis_loop_attach(context, base);
    (void)redisAsyncSetConnectCallback(context, on_connect);
    (void)redisAsyncSetDisconnectCallback(context, on_disconnect);
    log_in(context, url);
    return true;
}

void redis_link_close(struct redis_link *link)
{
    redisAsyncContext *context = link->context;

    link->context = NULL;
    if (context)
        redisAsyncFree(context);
}
