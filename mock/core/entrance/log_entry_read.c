/*
 * Reads entries. Keys may come in any order, since people edit logs; one that
 * is not known would be lost in a replay, and is refused.
 */
#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "entrance/log_entry.h"
#include "entrance/log_entry_parts.h"
#include "world/world_load.h"
#include "json/json_scan.h"

/* An entry being read. */
struct reading {
    struct json_scan scan;
    struct log_entry_room *room;
    struct log_entry *entry;
    struct buffer *why;
    int kind;            /* -1: not read yet */
    const char *problem; /* NULL: not given, as the next ones */
    const char *error;
    const char *message;
    long long status;
    struct scanned_text scenario;
};

/* ---- values ---- */

/* Stands at `{"base64":"..."}`. */
static struct scanned_text read_base64(struct reading *reading)
{
    struct json_scan *scan = &reading->scan;
    struct buffer *decoded = &reading->room->decoded;
    struct scanned_text text = {NULL, 0};
    bool is_first = true;

    json_scan_enter(scan, '{');
    if (json_scan_next(scan, &is_first) &&
        strcmp(json_scan_key(scan), "base64") == 0)
        text = json_scan_text(scan);
    buffer_clear(decoded);
    if (!text.bytes || json_scan_next(scan, &is_first) ||
        !base64_decode(text.bytes, text.length, decoded))
        json_scan_fail(scan, "{\"base64\":\"...\"}");
    if (scan->problem || !text.bytes)
        return json_scan_text(scan);
    if (decoded->length)
        memcpy(text.bytes, decoded->data, decoded->length);
    text.bytes[decoded->length] = '\0';
    text.length = decoded->length;
    return text;
}

static struct scanned_text read_bytes(struct reading *reading)
{
    if (json_scan_sees(&reading->scan, '{'))
        return read_base64(reading);
    return json_scan_text(&reading->scan);
}

/* Bytes that have to be a C string. */
static const char *read_text(struct reading *reading)
{
    const struct scanned_text text = read_bytes(reading);

    if (strlen(text.bytes) != text.length)
        json_scan_fail(&reading->scan, "a text without \\u0000");
    return text.bytes;
}

static int read_word(struct reading *reading, const char *const *words,
                     const char *wanted)
{
    const char *word = read_text(reading);

    for (int place = 0; words[place]; place++)
        if (strcmp(words[place], word) == 0)
            return place;
    json_scan_fail(&reading->scan, wanted);
    return 0;
}

static int64_t read_time(struct reading *reading)
{
    int64_t time = 0;

    if (timestamp_from_iso_8601(read_text(reading), &time) != 0)
        json_scan_fail(&reading->scan, "a time as 2026-01-01T00:00:00.000Z");
    return time;
}

/* ---- a request ---- */

static struct request_header *add_header(struct log_entry_room *room,
                                         size_t count)
{
    if (count == room->header_room) {
        room->header_room += 32;
        room->headers = xreallocarray(room->headers, room->header_room,
                                      sizeof *room->headers);
    }
    return &room->headers[count];
}

static void read_header(struct reading *reading, struct request_header *header)
{
    struct json_scan *scan = &reading->scan;
    bool is_first = true;

    json_scan_enter(scan, '[');
    if (json_scan_next(scan, &is_first))
        header->name = read_text(reading);
    if (json_scan_next(scan, &is_first))
        header->value = read_text(reading);
    if (json_scan_next(scan, &is_first))
        json_scan_fail(scan, "a header's name and value");
}

static void read_headers(struct reading *reading)
{
    struct request *request = &reading->entry->input.request;
    struct json_scan *scan = &reading->scan;
    bool is_first = true;
    size_t count = 0;

    json_scan_enter(scan, '[');
    while (json_scan_next(scan, &is_first)) {
        struct request_header *header = add_header(reading->room, count++);

        header->name = header->value = NULL;
        read_header(reading, header);
        if (!header->value)
            json_scan_fail(scan, "a header's name and value");
    }
    request->headers = reading->room->headers;
    request->header_count = count;
}

/* False if it is no key of a request. */
static bool read_request_key(struct reading *reading, const char *key)
{
    struct request *request = &reading->entry->input.request;
    struct scanned_text body;

    if (text_is(key, "verb")) {
        request->verb_name = read_text(reading);
        request->verb = verb_of_name(request->verb_name);
    } else if (text_is(key, "target")) {
        request->target = read_text(reading);
    } else if (text_is(key, "headers")) {
        read_headers(reading);
    } else if (text_is(key, "body")) {
        body = read_bytes(reading);
        request->body = body.bytes;
        request->body_length = body.length;
    } else if (text_is(key, "is_secure")) {
        request->is_secure = json_scan_boolean(&reading->scan);
    } else if (text_is(key, "certificate")) {
        request->certificate = read_text(reading);
    } else {
        return false;
    }
    return true;
}

/* ---- the other inputs ---- */

static bool read_outcome_key(struct reading *reading, const char *key)
{
    struct delivery_outcome *outcome = &reading->entry->input.outcome;
    struct scanned_text answer;

    if (text_is(key, "ticket")) {
        outcome->ticket = (uint64_t)json_scan_integer(&reading->scan);
    } else if (text_is(key, "no_retry")) {
        outcome->no_retry = json_scan_boolean(&reading->scan);
    } else if (text_is(key, "is_refused")) {
        outcome->is_refused = json_scan_boolean(&reading->scan);
    } else if (text_is(key, "note")) {
        outcome->note = read_text(reading);
    } else if (text_is(key, "answer")) {
        answer = read_bytes(reading);
        outcome->answer = answer.bytes;
        outcome->answer_length = answer.length;
    } else {
        return false;
    }
    return true;
}

/* Of a refusal, an outcome or what was lost. */
static bool read_shared_key(struct reading *reading, const char *key)
{
    if (text_is(key, "problem"))
        reading->problem = read_text(reading);
    else if (text_is(key, "error"))
        reading->error = read_text(reading);
    else if (text_is(key, "message"))
        reading->message = read_text(reading);
    else if (text_is(key, "status"))
        reading->status = json_scan_integer(&reading->scan);
    else if (text_is(key, "scenario"))
        reading->scenario = json_scan_value(&reading->scan);
    else
        return false;
    return true;
}

static bool read_entry_key(struct reading *reading, const char *key)
{
    struct log_entry *entry = reading->entry;

    if (text_is(key, "id"))
        entry->id = json_scan_integer(&reading->scan);
    else if (text_is(key, "time"))
        entry->input.host_time = read_time(reading);
    else if (text_is(key, "writer"))
        entry->writer = read_text(reading);
    else if (text_is(key, "sequence"))
        entry->sequence = json_scan_integer(&reading->scan);
    else if (text_is(key, "kind"))
        reading->kind = read_word(reading, log_entry_kinds, "a known kind");
    else
        return false;
    return true;
}

static void read_key(struct reading *reading)
{
    const char *key = json_scan_key(&reading->scan);

    if (!read_request_key(reading, key) && !read_entry_key(reading, key) &&
        !read_shared_key(reading, key) && !read_outcome_key(reading, key))
        json_scan_fail(&reading->scan, "a key of an entry");
}

/* ---- what it must have ---- */

static void settle_outcome(struct reading *reading)
{
    struct delivery_outcome *outcome = &reading->entry->input.outcome;
    int problem = reading->problem ? PROBLEM_UNKNOWN : PROBLEM_NONE;

    while (reading->problem && problem != PROBLEM_NONE &&
           strcmp(delivery_problem_name((enum delivery_problem)problem),
                  reading->problem) != 0)
        problem--;
    if (reading->problem && problem == PROBLEM_NONE)
        json_scan_fail(&reading->scan, "a known problem");
    outcome->problem = (enum delivery_problem)problem;
    outcome->status = (int)reading->status;
    if (!outcome->answer)
        outcome->answer = "";
}

static void settle_load(struct reading *reading)
{
    struct input *input = &reading->entry->input;

    if (!reading->scenario.bytes) {
        json_scan_fail(&reading->scan, "\"scenario\"");
        return;
    }
    input->scenario = world_load_text("scenario", reading->scenario.bytes,
                                      reading->scenario.length, reading->why);
    if (!input->scenario)
        json_scan_fail(&reading->scan, "a valid scenario");
}

static void settle_request(struct reading *reading)
{
    struct input *input = &reading->entry->input;

    if (!input->request.verb_name || !input->request.target)
        json_scan_fail(&reading->scan, "\"verb\" and \"target\"");
    input->problem = reading->problem;
    input->refusal = (struct refusal){(int)reading->status, reading->error,
                                      reading->message};
    if (input->kind == INPUT_LOST && !input->problem)
        json_scan_fail(&reading->scan, "\"problem\"");
    if (input->kind == INPUT_REFUSED && (!reading->error || !reading->message))
        json_scan_fail(&reading->scan, "\"error\" and \"message\"");
}

static void settle(struct reading *reading)
{
    struct input *input = &reading->entry->input;

    if (reading->kind < 0) {
        json_scan_fail(&reading->scan, "\"kind\"");
        return;
    }
    input->kind = (enum input_kind)reading->kind;
    if (input->kind == INPUT_LOAD)
        settle_load(reading);
    else if (input->kind == INPUT_OUTCOME)
        settle_outcome(reading);
    else if (input->kind != INPUT_DUE)
        settle_request(reading);
    input->sending = &reading->room->sending;
}

bool log_entry_read(struct log_entry_room *room, char *line, size_t length,
                    struct log_entry *entry, struct buffer *why)
{
    struct reading reading = {
        .scan = json_scan_begin(line, length),
        .room = room,
        .entry = entry,
        .why = why,
        .kind = -1,
    };
    bool is_first = true;

    *entry = (struct log_entry){.writer = "", .input = {.is_admitted = true}};
    json_scan_enter(&reading.scan, '{');
    while (json_scan_next(&reading.scan, &is_first))
        read_key(&reading);
    if (json_scan_end(&reading.scan))
        settle(&reading);
    if (!reading.scan.problem)
        return true;
    buffer_printf(why, "wanted %s", reading.scan.problem);
    return false;
}
