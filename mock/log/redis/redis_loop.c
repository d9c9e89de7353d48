/* What hiredis asks of a loop, for one connection; freed with that. */
#include "log/redis/redis_loop.h"

#include <event2/event.h>
#include <hiredis/async.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/xalloc.h"

struct redis_loop {
    redisAsyncContext *context;
    struct event *readable;
    struct event *writable;
    struct event *turn; /* its end */
    bool is_writing;    /* and was not told yet that all has left */
};

/* Last of all: a connection that has failed is gone then. */
static void write_out(struct redis_loop *loop)
{
    loop->is_writing = true;
    redisAsyncHandleWrite(loop->context);
}

static void on_readable(evutil_socket_t fd, short what, void *argument)
{
    const struct redis_loop *loop = argument;

    (void)fd;
    (void)what;
    redisAsyncHandleRead(loop->context);
}

static void on_writable(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    write_out(argument);
}

static void on_turn(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    write_out(argument);
}

/* ---- what hiredis calls ---- */

static void add_read(void *argument)
{
    const struct redis_loop *loop = argument;

    if (!event_pending(loop->readable, EV_READ, NULL))
        (void)event_add(loop->readable, NULL);
}

static void stop_read(void *argument)
{
    const struct redis_loop *loop = argument;

    (void)event_del(loop->readable);
}

/* While it still connects, the kernel says when that is done. */
static void add_write(void *argument)
{
    struct redis_loop *loop = argument;

    if (loop->is_writing || !(loop->context->c.flags & REDIS_CONNECTED))
        (void)event_add(loop->writable, NULL);
    else
        event_active(loop->turn, EV_TIMEOUT, 0);
    loop->is_writing = false;
}

static void stop_write(void *argument)
{
    struct redis_loop *loop = argument;

    loop->is_writing = false;
    if (event_pending(loop->writable, EV_WRITE, NULL))
        (void)event_del(loop->writable);
}

static void clean_up(void *argument)
{
    struct redis_loop *loop = argument;

    event_free(loop->readable);
    event_free(loop->writable);
    event_free(loop->turn);
    free(loop);
}

void redis_loop_attach(struct redisAsyncContext *context,
                       struct event_base *base)
{
    struct redis_loop *loop = xcalloc(1, sizeof *loop);
    const int fd = context->c.fd;

    loop->context = context;
    loop->readable =
        event_new(base, fd, EV_READ | EV_PERSIST, on_readable, loop);
    loop->writable = event_new(base, fd, EV_WRITE, on_writable, loop);
    loop->turn = event_new(base, -1, 0, on_turn, loop);
    context->ev.data = loop;
    context->ev.addRead = add_read;
    context->ev.delRead = stop_read;
    context->ev.addWrite = add_write;
    context->ev.delWrite = stop_write;
    context->ev.cleanup = clean_up;
    (void)event_add(loop->readable, NULL);
    (void)event_add(loop->writable, NULL);
}

void redis_loop_write(struct redisAsyncContext *context)
{
    int is_done;

    (void)redisBufferWrite(&context->c, &is_done);
}
