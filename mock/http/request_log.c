/*
 * Lays out log lines, and writes them once the replies have been sent. What
 * stderr does not take at once is dropped: a slow reader of the log must not
 * slow the callers down.
 */
#include "request_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "journal/mask.h"
#include "log_output.h"
#include "log_text.h"
#include "message/reply.h"
#include "json/json_writer.h"

#define PENDING_MOST 32768 /* half of what a pipe holds */

struct request_log {
    struct request_log_options options;
    void (*on_line)(void *context);
    void *context;
    void (*on_request)(void *context, const struct logged_request *request);
    void *request_context;
    int64_t time;       /* of the last entry */
    size_t lost;        /* entries since the last one that went out */
    bool is_cut;        /* what went out last has no end */
    size_t told;        /* lost entries that the lines begin with telling of */
    size_t told_length; /* the end of that; 0 if they do not */
    struct buffer line; /* all that is to go out, the newest at its end */
    struct buffer masked; /* the value at hand */
};

struct request_log *request_log_create(struct request_log_options options)
{
    struct request_log *log = xcalloc(1, sizeof *log);

    log->options = options;
    return log;
}

void request_log_on_line(struct request_log *log,
                         void (*on_line)(void *context), void *context)
{
    log->on_line = on_line;
    log->context = context;
}

void request_log_on_request(struct request_log *log,
                            void (*on_request)(void *context,
                                               const struct logged_request *),
                            void *context)
{
    log->on_request = on_request;
    log->request_context = context;
}

/* The value of that name, masked. */
static const struct buffer *mask(struct request_log *log, const char *name,
                                 const char *text)
{
    buffer_clear(&log->masked);
    mask_value(&log->masked, name, strlen(name), text, strlen(text));
    return &log->masked;
}

static void add_text_field(struct request_log *log, const char *name,
                           const char *text)
{
    if (text)
        log_text_add_field(&log->line, name, mask(log, name, text));
}

/* The id of an app is no secret, whatever it looks like. */
static const struct buffer *mask_client_id(struct request_log *log,
                                           const struct call_record *record)
{
    return mask(log, record->client_is_known ? "" : "client_id",
                record->client_id);
}

/* The next line of `*lines`, without its end; NULL after the last. */
static char *take_line(const char **lines)
{
    const char *end = strchr(*lines, '\n');
    char *line;

    if (!end)
        return NULL;
    line = xmemdup0(*lines, (size_t)(end - *lines));
    *lines = end + 1;
    return line;
}

static void add_text_decisions(struct request_log *log,
                               const struct call_record *record)
{
    const char *decisions = buffer_text(&record->decisions);
    char *decision;

    while ((decision = take_line(&decisions))) {
        buffer_add_text(&log->line, "    ");
        log_text_add_escaped(&log->line, mask(log, "decision", decision), "");
        buffer_add_byte(&log->line, '\n');
        free(decision);
    }
}

/* What the client saw of the call: nothing if nothing is sent. */
static const char *outcome_of(const struct logged_request *request)
{
    if (request->record->error)
        return request->record->error;
    return request->status ? "ok" : "-";
}

static void write_text(struct request_log *log,
                       const struct logged_request *request)
{
    const struct call_record *record = request->record;
    struct buffer *line = &log->line;
    char time[ISO_8601_SIZE];

    timestamp_to_iso_8601(request->time, time);
    buffer_printf(line, "%s ", time);
    log_text_add_escaped(line, mask(log, "verb", request->verb), "");
    buffer_add_byte(line, ' ');
    log_text_add_escaped(line, mask(log, "path", request->target), "");
    if (request->status)
        buffer_printf(line, " %d ", request->status);
    else
        buffer_add_text(line, " - ");
    log_text_add_escaped(line, mask(log, "error", outcome_of(request)), "");
    add_text_field(log, "token", record->token);
    if (record->client_id)
        log_text_add_field(line, "client_id", mask_client_id(log, record));
    add_text_field(log, "rule", record->rule);
    add_text_field(log, "fault", record->fault);
    add_text_field(log, "warnings", record->warnings);
    add_text_field(log, "hint", record->hint);
    buffer_add_byte(line, '\n');
    if (log->options.verbose)
        add_text_decisions(log, record);
}

/* A NULL value is written as null, and inside an array the key is NULL. */
static void write_json_value(struct request_log *log,
                             struct json_writer *writer, const char *key,
                             const char *text)
{
    const struct buffer *masked;

    if (!text) {
        json_write_null(writer, key);
        return;
    }
    masked = mask(log, key ? key : "", text);
    json_write_bytes(writer, key, buffer_text(masked), masked->length);
}

static void write_json_client_id(struct request_log *log,
                                 struct json_writer *writer,
                                 const struct call_record *record)
{
    const struct buffer *masked;

    if (!record->client_id) {
        json_write_null(writer, "client_id");
        return;
    }
    masked = mask_client_id(log, record);
    json_write_bytes(writer, "client_id", masked->data, masked->length);
}

/* Splits the warnings, which are joined by commas. */
static void write_json_warnings(struct request_log *log,
                                struct json_writer *writer,
                                const char *warnings)
{
    json_write_array(writer, "warnings");
    while (warnings) {
        size_t length = strcspn(warnings, ",");
        char *warning = xmemdup0(warnings, length);

        write_json_value(log, writer, NULL, warning);
        free(warning);
        warnings = warnings[length] ? warnings + length + 1 : NULL;
    }
    json_write_array_end(writer);
}

static void write_json_decisions(struct request_log *log,
                                 struct json_writer *writer,
                                 const struct call_record *record)
{
    const char *decisions = buffer_text(&record->decisions);
    char *decision;

    json_write_array(writer, "decisions");
    while ((decision = take_line(&decisions))) {
        write_json_value(log, writer, NULL, decision);
        free(decision);
    }
    json_write_array_end(writer);
}

static void write_json(struct request_log *log,
                       const struct logged_request *request)
{
    const struct call_record *record = request->record;
    struct json_writer writer = {.output = &log->line};
    char time[ISO_8601_SIZE];

    timestamp_to_iso_8601(request->time, time);
    json_write_object(&writer, NULL);
    json_write_text(&writer, "time", time);
    write_json_value(log, &writer, "http_method", request->verb);
    write_json_value(log, &writer, "path", request->target);
    if (request->status)
        json_write_integer(&writer, "status", request->status);
    else
        json_write_null(&writer, "status");
    write_json_value(log, &writer, "error", record->error);
    write_json_warnings(log, &writer, record->warnings);
    write_json_value(log, &writer, "token", record->token);
    write_json_client_id(log, &writer, record);
    write_json_value(log, &writer, "rule", record->rule);
    write_json_value(log, &writer, "fault", record->fault);
    write_json_value(log, &writer, "hint", record->hint);
    if (log->options.verbose)
        write_json_decisions(log, &writer, record);
    json_write_object_end(&writer);
    buffer_add_byte(&log->line, '\n');
}

/* ---- writing ---- */

static void spell_message(struct request_log *log, int64_t time,
                          const char *message)
{
    struct json_writer writer = {.output = &log->line};
    char when[ISO_8601_SIZE];

    timestamp_to_iso_8601(time, when);
    if (log->options.format == LOG_JSON) {
        json_write_object(&writer, NULL);
        json_write_text(&writer, "time", when);
        write_json_value(log, &writer, "message", message);
        json_write_object_end(&writer);
    } else {
        buffer_printf(&log->line, "%s slackmock: ", when);
        log_text_add_escaped(&log->line, mask(log, "message", message), "");
    }
    buffer_add_byte(&log->line, '\n');
}

/*
 * Counts the entries in lines of text: an indented line belongs to the entry
 * before it.
 */
static size_t count_entries(const char *lines, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++)
        count += lines[i] == '\n' && (i + 1 == length || lines[i + 1] != ' ');
    return count;
}

/* Begins the next lines with how many entries were dropped. */
static void tell_loss(struct request_log *log)
{
    char message[96];

    snprintf(message, sizeof message,
             "%zu entries of the log were lost: nobody read it", log->lost);
    if (log->is_cut)
        buffer_add_byte(&log->line, '\n');
    spell_message(log, log->time, message);
    log->told = log->lost;
    log->told_length = log->line.length;
    log->lost = 0;
}

void request_log_flush(struct request_log *log)
{
    const char *lines = buffer_text(&log->line);
    size_t length = log->line.length;
    size_t written;

    if (!length)
        return;
    written = log_output_write(lines, length);
    if (written > 0)
        log->is_cut = lines[written - 1] != '\n';
    if (written < length)
        log->lost = count_entries(lines + written, length - written);
    if (written < log->told_length)
        log->lost += log->told - 1;
    log->told_length = 0;
    buffer_clear(&log->line);
}

static void begin_entry(struct request_log *log, int64_t time)
{
    log->time = time;
    if (!log->line.length && log->on_line)
        log->on_line(log->context);
    if (log->lost)
        tell_loss(log);
}

static void end_entry(struct request_log *log)
{
    if (log->line.length > PENDING_MOST)
        request_log_flush(log);
}

void request_log_write(struct request_log *log,
                       const struct logged_request *request)
{
    if (log->on_request)
        log->on_request(log->request_context, request);
    if (log->options.quiet)
        return;
    begin_entry(log, request->time);
    if (log->options.format == LOG_JSON)
        write_json(log, request);
    else
        write_text(log, request);
    end_entry(log);
}

void request_log_message(struct request_log *log, int64_t time,
                         const char *format, ...)
{
    va_list arguments;
    char *message;

    begin_entry(log, time);
    va_start(arguments, format);
    message = xvasprintf(format, arguments);
    va_end(arguments);
    spell_message(log, time, message);
    free(message);
    end_entry(log);
}

void request_log_free(struct request_log *log)
{
    if (!log)
        return;
    if (log->lost)
        tell_loss(log);
    request_log_flush(log);
    buffer_free(&log->line);
    buffer_free(&log->masked);
    free(log);
}
