/*
 * Replays a log beside its redacted copy, entry by entry: what the copy is
 * answered says what the mock's own tokens and codes have become.
 */
#include "redact.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "entrance/entrance.h"
#include "entrance/redaction.h"
#include "log/log_file.h"
#include "log/log_replay.h"
#include "options.h"
#include "process.h"
#include "scenario/scenario.h"
#include "world.h"

struct redacting {
    struct options *options;
    struct log_file file;
    struct log_file_reader reader;
    struct log_replay original;
    struct log_replay copy;
    struct redaction *redaction;
    struct log_entry_room room;
    struct buffer line; /* of the log, to be used up */
    struct buffer redacted;
    struct buffer output; /* of the redacted one, likewise */
    long long different;  /* the first entry that is answered otherwise */
};

/* 128 bits that nobody keeps. */
static struct redaction *create_redaction(void)
{
    char *key = xasprintf("%016" PRIx64 "%016" PRIx64, world_entropy(),
                          world_entropy());
    struct redaction *redaction = redaction_create(key);

    free(key);
    return redaction;
}

/* Prints a line, and keeps a copy for the replay. */
static void put_out(struct redacting *redacting)
{
    struct buffer *line = &redacting->redacted;

    buffer_clear(&redacting->output);
    buffer_add(&redacting->output, line->data, line->length);
    (void)fwrite(line->data, 1, line->length, stdout);
    (void)fputc('\n', stdout);
}

/* ---- the head ---- */

static bool begin_copy(struct redacting *redacting, struct buffer *why)
{
    struct log_replay *copy = &redacting->copy;
    struct log_head head = redacting->original.head;
    struct buffer scenario = BUFFER_INIT;

    redaction_add_json(redacting->redaction, head.scenario,
                       head.scenario_length, &scenario);
    head.scenario = buffer_text(&scenario);
    head.scenario_length = scenario.length;
    head.salt = world_entropy();
    head.is_redacted = true;
    buffer_clear(&redacting->redacted);
    log_head_write(&head, &redacting->redacted);
    put_out(redacting);
    buffer_free(&scenario);
    return log_replay_head(copy, redacting->output.data,
                           redacting->output.length, why) &&
           log_replay_begin(copy, why);
}

static bool take_head(struct redacting *redacting, struct buffer *why)
{
    struct log_replay *original = &redacting->original;
    const struct log_head own = {.format = LOG_FORMAT, .is_redacted = true};

    if (!log_replay_head(original, redacting->line.data, redacting->line.length,
                         why) ||
        log_head_differs(&original->head, &own, why) ||
        !replay_take_options(redacting->options, &original->head, why))
        return false;
    return log_replay_begin(original, why) && begin_copy(redacting, why);
}

/* ---- a snapshot ---- */

static bool take_both(struct redacting *redacting, struct buffer *why)
{
    return log_replay_line(&redacting->original, redacting->line.data,
                           redacting->line.length, why) &&
           log_replay_line(&redacting->copy, redacting->output.data,
                           redacting->output.length, why);
}

static bool take_snapshot_line(struct redacting *redacting, struct buffer *why)
{
    buffer_clear(&redacting->redacted);
    redaction_add_json(redacting->redaction, redacting->line.data,
                       redacting->line.length, &redacting->redacted);
    put_out(redacting);
    return take_both(redacting, why);
}

/* ---- entries ---- */

static bool redact_line(struct redacting *redacting, struct buffer *why)
{
    struct log_entry entry;
    struct buffer *line = &redacting->output;
    bool is_well;

    buffer_clear(line);
    buffer_add(line, redacting->line.data, redacting->line.length);
    if (!log_entry_read(&redacting->room, line->data, line->length, &entry,
                        why))
        return false;
    buffer_clear(&redacting->redacted);
    is_well = redaction_add_entry(redacting->redaction, &entry,
                                  &redacting->redacted, why);
    scenario_release(entry.input.scenario);
    return is_well;
}

static void compare(struct redacting *redacting)
{
    const struct log_replay *original = &redacting->original;
    const enum input_kind kind = original->entry.input.kind;

    if (kind > INPUT_LOST ||
        redaction_learn(redacting->redaction, &original->reply,
                        &redacting->copy.reply))
        return;
    if (!redacting->different)
        redacting->different = original->entry.id;
}

static bool take_entry(struct redacting *redacting, struct buffer *why)
{
    if (!redact_line(redacting, why))
        return false;
    put_out(redacting);
    if (!take_both(redacting, why))
        return false;
    compare(redacting);
    return true;
}

/* ---- the log ---- */

static bool take_line(struct redacting *redacting, struct buffer *why)
{
    const struct log_file_reader *reader = &redacting->reader;

    buffer_clear(&redacting->line);
    buffer_add(&redacting->line, reader->bytes.data + reader->start,
               reader->length);
    if (reader->number == 1)
        return take_head(redacting, why);
    return log_replay_wants_snapshot(&redacting->original)
               ? take_snapshot_line(redacting, why)
               : take_entry(redacting, why);
}

static bool take_lines(struct redacting *redacting, struct buffer *why)
{
    struct log_file_reader *reader = &redacting->reader;
    struct buffer problem = BUFFER_INIT;
    bool is_well = true;

    while (is_well && log_file_read(reader, why) == LOG_FILE_LINE)
        is_well = take_line(redacting, &problem);
    if (!is_well)
        buffer_printf(why, "%s:%zu: %s", redacting->file.path, reader->number,
                      buffer_text(&problem));
    else if (!why->length && !redacting->original.entrance)
        buffer_printf(why, "%s: this is no log of slackmock",
                      redacting->file.path);
    buffer_free(&problem);
    return !why->length;
}

static void clear(struct redacting *redacting)
{
    log_file_close(&redacting->file);
    log_file_reader_free(&redacting->reader);
    entrance_free(redacting->original.entrance);
    entrance_free(redacting->copy.entrance);
    log_replay_free(&redacting->original);
    log_replay_free(&redacting->copy);
    redaction_free(redacting->redaction);
    log_entry_room_free(&redacting->room);
    buffer_free(&redacting->line);
    buffer_free(&redacting->redacted);
    buffer_free(&redacting->output);
}

static void warn(const struct redacting *redacting)
{
    struct buffer line = BUFFER_INIT;

    buffer_printf(&line,
                  "%s: entry %lld is answered otherwise in the copy, as a rule "
                  "for the spelling of a secret would have it",
                  redacting->file.path, redacting->different);
    process_complain(line.data);
    buffer_free(&line);
}

int redact(struct options *options)
{
    struct redacting redacting = {.options = options};
    struct buffer why = BUFFER_INIT;
    bool is_well;

    log_replay_init(&redacting.original, &options->mock);
    log_replay_init(&redacting.copy, &options->mock);
    redacting.redaction = create_redaction();
    redacting.reader.file = &redacting.file;
    is_well = log_file_open_to_read(&redacting.file, options->replay.path,
                                    &why) == 0 &&
              take_lines(&redacting, &why);
    is_well = process_flush_stdout(&why) == 0 && is_well;
    if (!is_well)
        process_complain(why.data);
    else if (redacting.different)
        warn(&redacting);
    clear(&redacting);
    buffer_free(&why);
    return is_well ? 0 : 1;
}
