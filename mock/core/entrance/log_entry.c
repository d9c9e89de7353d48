/* Writes entries. log_entry_read.c reads them. */
#include "entrance/log_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/charset.h"
#include "base/timestamp.h"
#include "entrance/log_entry_parts.h"
#include "scenario/scenario_save.h"
#include "json/json_plain.h"
#include "json/json_writer.h"

const char *const log_entry_kinds[] = {
    [INPUT_REQUEST] = "request", [INPUT_CUT_SHORT] = "cut_short",
    [INPUT_REFUSED] = "refused", [INPUT_LOST] = "lost",
    [INPUT_LOAD] = "load",       [INPUT_DUE] = "due",
    [INPUT_OUTCOME] = "outcome", NULL};

/* `,"KEY":` behind another one. */
static void add_key(struct buffer *line, const char *key)
{
    const size_t length = strlen(key);
    char *start = buffer_extend(line, length + 4);

    memcpy(start, ",\"", 2);
    memcpy(start + 2, key, length);
    memcpy(start + 2 + length, "\":", 2);
}

/* Text where it is text, so that people can read it. */
static void add_bytes(struct buffer *line, const char *bytes, size_t length)
{
    if (json_plain_run(bytes, length) == length) {
        json_write_plain_string(line, bytes, length);
    } else if (charset_is_utf8(bytes, length)) {
        json_write_string(line, bytes, length);
    } else {
        buffer_add_text(line, "{\"base64\":\"");
        base64_encode(bytes, length, line);
        buffer_add_text(line, "\"}");
    }
}

static void add_text(struct buffer *line, const char *key, const char *text)
{
    add_key(line, key);
    add_bytes(line, text, strlen(text));
}

static void add_time(struct buffer *line, int64_t time)
{
    char text[ISO_8601_SIZE];

    timestamp_to_iso_8601(time, text);
    add_text(line, "time", text);
}

static void add_integer(struct buffer *line, const char *key, long long number)
{
    add_key(line, key);
    buffer_add_integer(line, number);
}

static void add_flag(struct buffer *line, const char *key, bool is_set)
{
    if (!is_set)
        return;
    add_key(line, key);
    buffer_add_text(line, "true");
}

static void add_headers(struct buffer *line, const struct request *request)
{
    add_key(line, "headers");
    buffer_add_byte(line, '[');
    for (size_t i = 0; i < request->header_count; i++) {
        const struct request_header *header = &request->headers[i];

        buffer_add_text(line, i ? ",[" : "[");
        add_bytes(line, header->name, strlen(header->name));
        buffer_add_byte(line, ',');
        add_bytes(line, header->value, strlen(header->value));
        buffer_add_byte(line, ']');
    }
    buffer_add_byte(line, ']');
}

static void add_request(struct buffer *line, const struct request *request)
{
    add_text(line, "verb", request->verb_name);
    add_text(line, "target", request->target);
    add_flag(line, "is_secure", request->is_secure);
    add_headers(line, request);
    if (request->body_length) {
        add_key(line, "body");
        add_bytes(line, request->body, request->body_length);
    }
    if (request->certificate)
        add_text(line, "certificate", request->certificate);
}

static void add_refusal(struct buffer *line, const struct refusal *refusal)
{
    add_integer(line, "status", refusal->status);
    add_text(line, "error", refusal->error);
    add_text(line, "message", refusal->message);
}

static void add_outcome(struct buffer *line,
                        const struct delivery_outcome *outcome)
{
    const char *problem = delivery_problem_name(outcome->problem);

    add_integer(line, "ticket", (long long)outcome->ticket);
    if (problem)
        add_text(line, "problem", problem);
    add_integer(line, "status", outcome->status);
    add_flag(line, "no_retry", outcome->no_retry);
    add_flag(line, "is_refused", outcome->is_refused);
    if (outcome->note)
        add_text(line, "note", outcome->note);
    if (outcome->answer_length) {
        add_key(line, "answer");
        add_bytes(line, outcome->answer, outcome->answer_length);
    }
}

static void add_scenario(struct buffer *line, const struct scenario *scenario)
{
    add_key(line, "scenario");
    scenario_save(scenario, line);
}

static void add_input(struct buffer *line, const struct input *input)
{
    if (input->kind == INPUT_LOAD)
        add_scenario(line, input->scenario);
    else if (input->kind == INPUT_OUTCOME)
        add_outcome(line, &input->outcome);
    else if (input->kind != INPUT_DUE)
        add_request(line, &input->request);
    if (input->kind == INPUT_REFUSED)
        add_refusal(line, &input->refusal);
    if (input->kind == INPUT_LOST)
        add_text(line, "problem", input->problem);
}

void log_entry_write(const struct log_entry *entry, struct buffer *line)
{
    const size_t start = line->length;

    if (entry->id)
        add_integer(line, "id", entry->id);
    if (entry->input.host_time)
        add_time(line, entry->input.host_time);
    if (*entry->writer) {
        add_text(line, "writer", entry->writer);
        add_integer(line, "sequence", entry->sequence);
    }
    add_text(line, "kind", log_entry_kinds[entry->input.kind]);
    add_input(line, &entry->input);
    buffer_add_byte(line, '}');
    line->data[start] = '{';
}

void log_entry_room_free(struct log_entry_room *room)
{
    free(room->headers);
    buffer_free(&room->decoded);
}
