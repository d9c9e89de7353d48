/*
 * All that comes in, in one order. An input is handed to the log, and is
 * applied when the log says that it is in order: with a log in memory at once,
 * with one in a file once the file has it.
 */
#ifndef SLACKMOCK_ORDERED_LOG_H
#define SLACKMOCK_ORDERED_LOG_H

#include <stdbool.h>

struct entrance;
struct event_base;
struct input;
struct log_asker;

/* Whom a log tells. */
struct log_handler {
    /*
     * To be applied now. `asker` is who asked; NULL if that is gone. The input
     * is lent, but for a scenario.
     */
    void (*in_order)(void *context, const struct input *input,
                     struct log_asker *asker);
    /* It is not in the log, and will not be. */
    void (*put_off)(void *context, const struct input *input,
                    struct log_asker *asker, const char *why);
    /* To be applied now: another server that has this log has added it. */
    void (*from_others)(void *context, const struct input *input);
    /* All that was applied is not so: this server is, and is taken over. */
    void (*replaced)(void *context, struct entrance *entrance);
    /* The log's condition has changed; one line. */
    void (*message)(void *context, const char *text);
    void *context;
};

/* A place in a log that is not in order yet. */
struct log_place {
    struct log_asker *asker; /* NULL: gone */
};

/*
 * Kept by whoever asks, until it was told or log_forget() was called. Zero it.
 */
struct log_asker {
    struct log_place *place; /* NULL: nothing is waited for */
};

struct ordered_log {
    const struct log_engine *engine;
    struct log_handler handler;
};

/* How a log is kept; an engine's own struct begins with struct ordered_log. */
struct log_engine {
    bool is_kept;   /* what it holds outlives the process */
    bool is_shared; /* other servers may have it too */
    void (*start)(struct ordered_log *log, struct event_base *base);
    void (*append)(struct ordered_log *log, const struct input *input,
                   bool reads, struct log_asker *asker);
    bool (*is_away)(const struct ordered_log *log);
    void (*close)(struct ordered_log *log);
};

/* From here on the handler is told, in turns of that loop. Both are lent. */
void log_start(struct ordered_log *log, struct event_base *base,
               const struct log_handler *handler);

/*
 * Hands an input over. Maybe the handler is told before this returns. One that
 * only reads takes its turn, and is not kept.
 */
void log_append(struct ordered_log *log, const struct input *input, bool reads,
                struct log_asker *asker);

/* True while it takes nothing. */
bool log_is_away(const struct ordered_log *log);

/* Who asked is gone; the input takes its turn all the same. */
void log_forget(struct log_asker *asker);

/* What was not told yet is given up. NULL is ignored. */
void log_close(struct ordered_log *log);

#endif
