/*
 * The first line of a log: all that its entries are applied to, and under. A
 * server joins a log only if it would have begun it with the same, or has the
 * scenario that was loaded since.
 */
#ifndef SLACKMOCK_LOG_HEAD_H
#define SLACKMOCK_LOG_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* To be raised when the same entries would have other replies. */
#define LOG_FORMAT 2

/* Of a log in a stream: raised with it, and when its elements look otherwise.
 */
#define LOG_STREAM_FORMAT 3

#define LOG_OPTIONS_MOST 16

/* No option, but it changes answers like one: 1 for a program with TLS. */
#define LOG_OPTION_TLS "tls"

/* How every head begins, so that a log is known by its first bytes. */
#define LOG_HEAD_START "{\"slackmock_log\":"

struct log_option {
    const char *name; /* without its dashes */
    long long value;
};

/* Lends what it points to. */
struct log_head {
    long long format;
    int64_t time;
    uint64_t entropy;
    /*
     * Beside the entropy, for tokens and codes alone: with another one they are
     * spelt otherwise, and all else is the same.
     */
    uint64_t salt;
    bool is_redacted; /* a copy without its secrets, for `replay` alone */
    struct log_option options[LOG_OPTIONS_MOST]; /* that change answers */
    size_t option_count;
    const char *scenario; /* as scenario_save() writes it, one line */
    size_t scenario_length;
    /*
     * A snapshot stands in place of the entries up to `last_id`, in so many
     * lines after this one; none if that is 0.
     */
    long long snapshot_lines;
    long long snapshot_last_id;
    int64_t snapshot_time;
};

/* Adds the line, without its end. */
void log_head_write(const struct log_head *head, struct buffer *line);

/*
 * Reads a line, which is used up and lent from. False, with the reason added to
 * `why`, if it is no head; one of another format has nothing but that.
 */
bool log_head_read(char *line, size_t length, struct log_head *head,
                   struct buffer *why);

/*
 * True if a log that began with `head` cannot be gone on with by a server that
 * would begin with `own`, whatever its scenario; the first difference is added
 * to `why`.
 */
bool log_head_differs(const struct log_head *head, const struct log_head *own,
                      struct buffer *why);

/* The same of their scenarios alone. */
bool log_head_has_other_scenario(const struct log_head *head,
                                 const struct log_head *own,
                                 struct buffer *why);

#endif
