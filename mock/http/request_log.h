/*
 * The log on stderr: one line a request, with -v one more for each decision,
 * and messages of the program itself. Secrets are masked. Nothing here fails: a
 * line that cannot be written is dropped.
 */
#ifndef SLACKMOCK_REQUEST_LOG_H
#define SLACKMOCK_REQUEST_LOG_H

#include <stdbool.h>
#include <stdint.h>

struct call_record;
struct request_log;

enum log_format { LOG_TEXT, LOG_JSON };

struct request_log_options {
    enum log_format format;
    bool quiet; /* log no requests, only messages */
    bool verbose;
};

struct logged_request {
    int64_t time; /* the host's, milliseconds since 1970 */
    const char *verb;
    const char *target; /* path and query, as they came */
    int status;         /* 0: no status line goes out */
    const struct call_record *record;
};

struct request_log *request_log_create(struct request_log_options options);

/* To be told of the first line after a flush; NULL for nobody. */
void request_log_on_line(struct request_log *log,
                         void (*on_line)(void *context), void *context);

void request_log_write(struct request_log *log,
                       const struct logged_request *request);

/* To be told of each request, whatever is logged of it; NULL for nobody. */
void request_log_on_request(struct request_log *log,
                            void (*on_request)(void *context,
                                               const struct logged_request *),
                            void *context);

/* A line of the program's own; `-q` does not silence it. */
void request_log_message(struct request_log *log, int64_t time,
                         const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Writes what was logged since the last time, as far as stderr takes it at
 * once. The rest is dropped, and a later line says how much that was.
 */
void request_log_flush(struct request_log *log);

/* Flushes the log, then frees it. */
void request_log_free(struct request_log *log);

#endif
