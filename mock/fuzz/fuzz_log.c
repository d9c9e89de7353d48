/*
 * A line of a log, or several. What is read is written again, and must then
 * come back the same. A line that is none is refused with a reason. A head goes
 * the same way.
 */
#include <stdlib.h>
#include <string.h>

#include "entrance/log_entry.h"
#include "entrance/log_head.h"
#include "entrance/log_lines.h"
#include "entrance/redaction.h"
#include "fuzz.h"
#include "message/request_copy.h"
#include "scenario/scenario.h"

/* The line is used up by reading. */
static bool read_entry(struct log_entry_room *room, struct buffer *line,
                       struct log_entry *entry)
{
    struct buffer why = BUFFER_INIT;
    bool is_read = log_entry_read(room, line->data, line->length, entry, &why);

    fuzz_require(is_read || why.length);
    buffer_free(&why);
    return is_read;
}

static void write_entry(const struct log_entry *entry, struct buffer *line)
{
    buffer_clear(line);
    log_entry_write(entry, line);
    fuzz_require(!memchr(line->data, '\n', line->length));
    scenario_release(entry->input.scenario);
}

/* What is applied in place of what the line says. */
static void check_copy(const struct log_entry *entry, const struct buffer *line)
{
    struct log_entry other = *entry;
    struct request *copy;
    struct buffer written = BUFFER_INIT;

    if (entry->input.kind != INPUT_REQUEST)
        return;
    copy = request_copy(&entry->input.request);
    other.input.request = *copy;
    log_entry_write(&other, &written);
    fuzz_require(written.length == line->length &&
                 memcmp(written.data, line->data, line->length) == 0);
    free(copy);
    buffer_free(&written);
}

/* Twice around, so that what reading makes equal is equal. */
static void check_entry(struct fuzz_input input)
{
    struct log_entry_room room = {.header_room = 0};
    struct buffer line = BUFFER_INIT;
    struct buffer again = BUFFER_INIT;
    struct buffer copy = BUFFER_INIT;
    struct log_entry entry;

    buffer_add(&line, input.bytes, input.length);
    if (read_entry(&room, &line, &entry)) {
        write_entry(&entry, &again);
        check_copy(&entry, &again);
        buffer_add(&copy, again.data, again.length);
        fuzz_require(read_entry(&room, &again, &entry));
        write_entry(&entry, &line);
        fuzz_require(line.length == copy.length &&
                     memcmp(line.data, copy.data, line.length) == 0);
    }
    log_entry_room_free(&room);
    buffer_free(&line);
    buffer_free(&again);
    buffer_free(&copy);
}

/* As they stand in a stream: nothing of them is lost. */
static void check_lines(struct fuzz_input input)
{
    struct log_entry_room room = {.header_room = 0};
    struct buffer text = BUFFER_INIT;
    struct log_lines lines;
    size_t total = 0;

    buffer_add(&text, input.bytes, input.length);
    lines = log_lines_of(text.data, text.length);
    while (lines.has_more) {
        struct log_entry entry;
        struct buffer why = BUFFER_INIT;
        size_t length;
        char *line = log_lines_next(&lines, &length);

        fuzz_require(line[length] == '\0' && !memchr(line, '\n', length));
        total += length + lines.has_more;
        if (log_entry_read(&room, line, length, &entry, &why))
            scenario_release(entry.input.scenario);
        buffer_free(&why);
    }
    fuzz_require(total == input.length);
    log_entry_room_free(&room);
    buffer_free(&text);
}

static void check_head(struct fuzz_input input)
{
    struct buffer line = BUFFER_INIT;
    struct buffer why = BUFFER_INIT;
    struct log_head head;

    buffer_add(&line, input.bytes, input.length);
    if (log_head_read(line.data, line.length, &head, &why))
        (void)log_head_differs(&head, &head, &why);
    else
        fuzz_require(why.length);
    buffer_free(&line);
    buffer_free(&why);
}

/* Any bytes pass, and of those that are no secret none is lost. */
static void check_redaction(struct fuzz_input input)
{
    struct redaction *redaction = redaction_create("key");
    struct buffer output = BUFFER_INIT;

    redaction_add_text(redaction, input.bytes, input.length, &output);
    buffer_clear(&output);
    redaction_add_json(redaction, input.bytes, input.length, &output);
    fuzz_require(!!input.length == !!output.length);
    buffer_free(&output);
    redaction_free(redaction);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fuzz_input input = fuzz_input(data, size);

    check_entry(input);
    check_lines(input);
    check_head(input);
    check_redaction(input);
    return 0;
}
