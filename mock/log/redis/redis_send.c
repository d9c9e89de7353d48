/*
 * Commands as Redis reads them: hiredis takes as long to write an XREAD as the
 * core for half a call.
 */
#include <hiredis/async.h>
#include <stdio.h>
#include <string.h>

#include "log/redis/redis_log_parts.h"

/* Bytes in an element, but for a single entry that is larger. */
#define ELEMENT_MOST ((size_t)65536)
#define READ_MOST    "100" /* elements in an answer */

static void begin(struct redis_log *log, long long words)
{
    buffer_clear(&log->command);
    buffer_add_byte(&log->command, '*');
    buffer_add_integer(&log->command, words);
    buffer_add(&log->command, "\r\n", 2);
}

static void begin_word(struct buffer *command, size_t length)
{
    buffer_add_byte(command, '$');
    buffer_add_integer(command, (long long)length);
    buffer_add(command, "\r\n", 2);
}

static void add_word(struct redis_log *log, const char *word)
{
    const size_t length = strlen(word);

    begin_word(&log->command, length);
    buffer_add(&log->command, word, length);
    buffer_add(&log->command, "\r\n", 2);
}

static void end(struct redis_log *log, const struct redis_link *link,
                redis_answered *answered)
{
    (void)redisAsyncFormattedCommand(link->context, answered, log,
                                     log->command.data, log->command.length);
}

/* ---- adding ---- */

static void begin_add(struct redis_log *log, const char *kind)
{
    begin(log, 8);
    add_word(log, "XADD");
    add_word(log, log->url.key);
    add_word(log, "NOMKSTREAM");
    add_word(log, "*");
    add_word(log, kind);
}

static void end_add(struct redis_log *log, redis_answered *answered)
{
    add_word(log, "g");
    add_word(log, log->world.generation);
    end(log, &log->adds, answered);
}

void redis_send_marker(struct redis_log *log, long long sequence,
                       redis_answered *answered)
{
    char marker[WRITER_SIZE + 24];

    (void)snprintf(marker, sizeof marker, "%s %lld", log->writer, sequence);
    begin_add(log, "m");
    add_word(log, marker);
    end_add(log, answered);
}

/* Behind the last of a run of entries that go into one element. */
static const struct redis_waiting *end_of_run(const struct redis_waiting *first,
                                              size_t *length)
{
    const struct redis_waiting *waiting = first->next;

    *length = first->length;
    while (waiting && !waiting->reads &&
           *length + 1 + waiting->length <= ELEMENT_MOST) {
        *length += 1 + waiting->length;
        waiting = waiting->next;
    }
    return waiting;
}

/* Returns what is to be sent next. */
static const struct redis_waiting *send_run(struct redis_log *log,
                                            const struct redis_waiting *first,
                                            redis_answered *answered)
{
    size_t length;
    const struct redis_waiting *last = end_of_run(first, &length);

    begin_add(log, "e");
    begin_word(&log->command, length);
    for (const struct redis_waiting *each = first; each != last;
         each = each->next) {
        if (each != first)
            buffer_add_byte(&log->command, '\n');
        buffer_add(&log->command, each->line, each->length);
    }
    buffer_add(&log->command, "\r\n", 2);
    end_add(log, answered);
    return last;
}

void redis_send_unsent(struct redis_log *log, redis_answered *answered)
{
    const struct redis_waiting *waiting = log->unsent;

    log->unsent = NULL;
    while (waiting && log->adds.context) {
        if (waiting->reads) {
            redis_send_marker(log, waiting->sequence, answered);
            waiting = waiting->next;
        } else {
            waiting = send_run(log, waiting, answered);
        }
    }
}

/* ---- reading ---- */

static void end_read(struct redis_log *log, const struct redis_link *link,
                     const char *last_id, redis_answered *answered)
{
    add_word(log, "STREAMS");
    add_word(log, log->url.key);
    add_word(log, last_id);
    end(log, link, answered);
}

void redis_send_read(struct redis_log *log, const char *last_id,
                     redis_answered *answered)
{
    begin(log, 6);
    add_word(log, "XREAD");
    add_word(log, "COUNT");
    add_word(log, READ_MOST);
    end_read(log, &log->adds, last_id, answered);
}

void redis_send_await(struct redis_log *log, redis_answered *answered)
{
    begin(log, 8);
    add_word(log, "XREAD");
    add_word(log, "COUNT");
    add_word(log, READ_MOST);
    add_word(log, "BLOCK");
    add_word(log, "5000");
    end_read(log, &log->reads, log->world.last_id, answered);
}
