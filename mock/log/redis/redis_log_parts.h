/* What the files of a log in Redis share. */
#ifndef SLACKMOCK_REDIS_LOG_PARTS_H
#define SLACKMOCK_REDIS_LOG_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "log/log_start.h"
#include "log/ordered_log.h"
#include "log/redis/redis_link.h"
#include "log/redis/redis_world.h"
#include "log/redis_url.h"

struct event;

/* An input that is not in order yet. */
struct redis_waiting {
    struct log_place place; /* first: struct log_asker points to it */
    struct redis_waiting *next;
    long long sequence;
    bool reads;
    int64_t time;            /* of the input, unless it gets in order */
    struct request *request; /* what the line says, NULL for other inputs */
    int64_t since;
    size_t length;
    char line[]; /* sent again after the connection was lost */
};

enum redis_state {
    REDIS_DOWN,     /* until the next try */
    REDIS_CHECKING, /* whether it has what was read of it before */
    REDIS_READY
};

struct redis_log {
    struct ordered_log base; /* first */
    struct redis_url url;
    struct mock_options *options;
    struct entrance *entrance; /* lent; what was rebuilt it becomes */
    size_t limit;              /* bytes of entries before a snapshot */
    struct log_head own;       /* for a log that has gone */
    struct buffer scenario;    /* what that lends */
    struct redis_world world;
    char writer[WRITER_SIZE];
    long long sequence;
    int64_t patience;
    struct event_base *loop;
    struct event *tick; /* for what waits too long */
    struct event *turn; /* its end: what was added in it is sent */
    struct event *rest; /* no more has come for a while */
    enum redis_state state;
    struct buffer command; /* that is being written */
    struct buffer line;    /* likewise, of an entry */
    struct redis_link adds;
    struct redis_link reads;
    bool is_asking;   /* what there is to read: an XREAD is under way */
    int64_t heard;    /* by the monotonic clock, what there is to read */
    int64_t next_try; /* likewise */
    int64_t pause;    /* before that */
    bool is_told;     /* that it is away */
    bool is_lost;     /* why it could not be read anew was said */
    bool announces;   /* that the log may have been begun anew */
    bool is_silent;   /* something was put off, and nothing came since */
    struct redis_waiting *first;
    struct redis_waiting *last;
    struct redis_waiting *unsent; /* the first that Redis was not sent yet */
};

/* ---- redis_waiting.c ---- */

void redis_waiting_add(struct redis_log *log, const struct input *input,
                       bool reads, struct log_asker *asker);

/* The first, out of the list; NULL if there is none. To be freed. */
struct redis_waiting *redis_waiting_take(struct redis_log *log);

void redis_waiting_free(struct redis_waiting *waiting);

/* Tells who waits, with an input of that time or a reason to put it off. */
void redis_waiting_tell(struct redis_log *log, struct redis_waiting *waiting,
                        int64_t time, const char *why);

/* Puts off all that has waited for as long as it may. */
void redis_waiting_expire(struct redis_log *log, int64_t now);

/* ---- redis_send.c ---- */

struct redisAsyncContext;

/* What is told of an answer; `log` is its last argument. */
typedef void redis_answered(struct redisAsyncContext *context, void *answer,
                            void *log);

/* Adds what was not sent yet. */
void redis_send_unsent(struct redis_log *log, redis_answered *answered);

/* Adds a turn of somebody who reads. */
void redis_send_marker(struct redis_log *log, long long sequence,
                       redis_answered *answered);

/* Asks for what stands behind that element, once what was added is there. */
void redis_send_read(struct redis_log *log, const char *last_id,
                     redis_answered *answered);

/* The same of the other connection, which waits until there is something. */
void redis_send_await(struct redis_log *log, redis_answered *answered);

/* ---- redis_snapshot.c ---- */

/*
 * To be called when an own entry of that time was applied, and no later one: so
 * that of all servers that see the limit passed one takes the snapshot.
 */
void redis_snapshot_take_if_due(struct redis_log *log, int64_t time);

/* ---- redis_connection.c ---- */

int64_t redis_log_now(void);

/* A line about this Redis, of both texts. */
void redis_log_say(const struct redis_log *log, const char *text,
                   const char *rest);

/* A head for a log that is begun anew: no two have the same entropy. */
void redis_log_renew_head(struct redis_log *log);

/* Sends what waits at the end of this turn. */
void redis_log_send(struct redis_log *log);

/* Begins to connect, in turns of the log's loop. */
void redis_connection_start(struct redis_log *log);

/* A turn of the timer: tries again, and looks for silence. */
void redis_connection_tick(struct redis_log *log);

/* The end of all that goes on. */
void redis_connection_end(struct redis_log *log);

/* The connection is of no use; why is said once. */
void redis_connection_fail(struct redis_log *log, const char *why);

/* ---- redis_log.c ---- */

/*
 * An element of the stream came. Returns how much it told, 0 if the stream is
 * another.
 */
size_t redis_log_take(struct redis_log *log, struct redisReply *reply);

/* Reads the stream from its beginning: what was read before is not in it. */
void redis_log_rebuild(struct redis_log *log, const char *why);

#endif
