/* Reads a log as a start with --state does, and changes nothing of it. */
#include "replay.h"

#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"
#include "entrance/entrance.h"
#include "http/host_time.h"
#include "http/log_text.h"
#include "log/log_file.h"
#include "log/log_replay.h"
#include "option_table.h"
#include "options.h"
#include "process.h"
#include "json/json_writer.h"

struct replaying {
    struct options *options;
    struct log_file file;
    struct log_file_reader reader;
    struct log_replay replay;
    struct buffer line;
    bool prints;
};

/* ---- an entry and its reply ---- */

/* A log may come from anybody: nothing of it steers a terminal. */
static void add_plain(struct buffer *line, const char *bytes, size_t length)
{
    struct buffer value = BUFFER_INIT;

    buffer_add(&value, bytes, length);
    buffer_add_text(&value, "");
    log_text_add_escaped(line, &value, "");
    buffer_free(&value);
}

static void add_input(struct buffer *line, const struct input *input)
{
    const struct request *request = &input->request;

    if (input->kind > INPUT_LOST) {
        buffer_add_text(line, input->kind == INPUT_LOAD
                                  ? "the scenario is loaded again"
                              : input->kind == INPUT_DUE
                                  ? "an event is due"
                                  : "an event was sent, or could not be");
        return;
    }
    add_plain(line, request->verb_name, strlen(request->verb_name));
    buffer_add_byte(line, ' ');
    add_plain(line, request->target, strlen(request->target));
    if (request->body_length) {
        buffer_add_byte(line, ' ');
        json_write_string(line, request->body, request->body_length);
    }
    if (input->kind == INPUT_CUT_SHORT)
        buffer_add_text(line, " (cut short)");
}

static void add_reply(struct buffer *line, const struct input *input,
                      const struct reply *reply)
{
    if (input->kind > INPUT_LOST)
        return;
    if (input->kind == INPUT_LOST) {
        buffer_printf(line, "    no answer: %s\n", input->problem);
        return;
    }
    buffer_printf(line, "    %d ", reply->status);
    if (reply->fault)
        buffer_printf(line, "(fault %s) ", reply->record.fault);
    if (reply->body.length &&
        memchr(reply->body.data, '\n', reply->body.length))
        json_write_string(line, reply->body.data, reply->body.length);
    else
        add_plain(line, buffer_text(&reply->body), reply->body.length);
    buffer_add_byte(line, '\n');
}

static void print(struct replaying *replaying)
{
    const struct log_entry *entry = &replaying->replay.entry;
    char time[ISO_8601_SIZE];
    struct buffer *line = &replaying->line;

    timestamp_to_iso_8601(entry->input.host_time, time);
    buffer_clear(line);
    buffer_printf(line, "%lld %s ", entry->id, time);
    add_input(line, &entry->input);
    buffer_add_byte(line, '\n');
    add_reply(line, &entry->input, &replaying->replay.reply);
    (void)fwrite(line->data, 1, line->length, stdout);
}

/* ---- the log ---- */

static bool take_tls(struct options *options, long long had_tls,
                     struct buffer *why)
{
    if (had_tls && !options->mock.sign) {
        buffer_add_text(why, "it began with a slackmock that was built with "
                             "TLS, and this one was built without");
        return false;
    }
    if (!had_tls)
        options->mock.sign = NULL;
    return true;
}

/* The limits of the command line hold here too: anybody may write a log. */
static bool take_option(struct options *options, const struct log_option *given,
                        struct buffer *why)
{
    if (strcmp(given->name, LOG_OPTION_TLS) == 0)
        return take_tls(options, given->value, why);
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        const struct option_row *row = &option_rows[i];

        if (!row->changes_answers || strcmp(row->name, given->name) != 0)
            continue;
        if (given->value < 1 || given->value > row->most) {
            buffer_printf(why, "its --%s is %lld, wanted 1 to %lld", row->name,
                          given->value, (long long)row->most);
            return false;
        }
        *(size_t *)(void *)((char *)options + row->offset) =
            (size_t)given->value;
    }
    return true;
}

bool replay_take_options(struct options *options, const struct log_head *head,
                         struct buffer *why)
{
    for (size_t i = 0; i < head->option_count; i++)
        if (!take_option(options, &head->options[i], why))
            return false;
    return true;
}

static bool take_head(struct replaying *replaying, struct buffer *why)
{
    const struct log_file_reader *reader = &replaying->reader;
    struct log_replay *replay = &replaying->replay;
    const struct log_head own = {.format = LOG_FORMAT, .is_redacted = true};

    if (!log_replay_head(replay, reader->bytes.data + reader->start,
                         reader->length, why) ||
        log_head_differs(&replay->head, &own, why) ||
        !replay_take_options(replaying->options, &replay->head, why))
        return false;
    return log_replay_begin(replay, why);
}

static bool take_line(struct replaying *replaying, struct buffer *why)
{
    const struct log_file_reader *reader = &replaying->reader;
    struct log_replay *replay = &replaying->replay;
    const bool is_snapshot = log_replay_wants_snapshot(replay);

    if (reader->number == 1)
        return take_head(replaying, why);
    if (!log_replay_line(replay, reader->bytes.data + reader->start,
                         reader->length, why))
        return false;
    if (replaying->prints && !is_snapshot)
        print(replaying);
    return true;
}

static bool is_over(const struct replaying *replaying)
{
    const size_t until = replaying->options->replay.until;

    return until && replaying->replay.entrance &&
           replaying->replay.last_id >= (long long)until;
}

static bool refuse(const struct replaying *replaying, struct buffer *problem,
                   struct buffer *why)
{
    buffer_printf(why, "%s:%zu: %s", replaying->file.path,
                  replaying->reader.number, buffer_text(problem));
    return false;
}

/* A torn last line is left out, as at a start. */
static bool read_log(struct replaying *replaying, struct buffer *why)
{
    struct buffer problem = BUFFER_INIT;
    enum log_file_line line = LOG_FILE_LINE;
    bool is_well = true;

    while (is_well && !is_over(replaying) &&
           (line = log_file_read(&replaying->reader, why)) == LOG_FILE_LINE)
        is_well = take_line(replaying, &problem);
    if (!is_well)
        (void)refuse(replaying, &problem, why);
    is_well = is_well && line != LOG_FILE_FAILED && replaying->replay.entrance;
    if (!is_well && !why->length)
        buffer_printf(why,
                      "%s: this is no log of slackmock, or it ends within "
                      "its first lines",
                      replaying->file.path);
    buffer_free(&problem);
    return is_well;
}

static bool take_file(struct replaying *replaying, struct buffer *why)
{
    const struct replay_options *options = &replaying->options->replay;
    bool is_well;

    if (log_file_open_to_read(&replaying->file, options->path, why) != 0)
        return false;
    replaying->reader.file = &replaying->file;
    log_replay_init(&replaying->replay, &replaying->options->mock);
    is_well = read_log(replaying, why);
    if (is_well && options->until && !is_over(replaying)) {
        buffer_printf(why, "%s: the last entry is %lld, and --until wants %zu",
                      options->path, replaying->replay.last_id, options->until);
        is_well = false;
    }
    log_file_close(&replaying->file);
    log_file_reader_free(&replaying->reader);
    log_replay_free(&replaying->replay);
    buffer_free(&replaying->line);
    return is_well;
}

int replay_print(struct options *options)
{
    struct replaying replaying = {.options = options, .prints = true};
    struct buffer why = BUFFER_INIT;
    const bool is_well = take_file(&replaying, &why);

    if (!is_well) {
        (void)fflush(stdout);
        process_complain(why.data);
    }
    entrance_free(replaying.replay.entrance);
    buffer_free(&why);
    return is_well ? 0 : 1;
}

struct entrance *replay_restore(struct options *options, struct buffer *why)
{
    struct replaying replaying = {.options = options};

    if (take_file(&replaying, why)) {
        host_time_go_back(replaying.replay.last_time);
        return replaying.replay.entrance;
    }
    entrance_free(replaying.replay.entrance);
    return NULL;
}
