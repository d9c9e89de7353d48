/*
 * One row a path and verb. A body is read and checked whole before anything
 * changes.
 */
#include "control.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "clock.h"
#include "json_fields.h"
#include "json_text.h"
#include "json_writer.h"
#include "mock_parts.h"
#include "reply.h"
#include "request.h"
#include "timestamp.h"

#define ADVANCE_MOST (TIMESTAMP_MAX / 1000)

/* One control request under way. */
struct control {
    struct mock *mock;
    const struct request *request;
    struct reply *reply;
    cJSON *body;
    struct arena arena; /* what is read from the body */
    struct buffer lines;
    struct mistakes mistakes;
};

static void refuse(struct reply *reply, int status, const char *error,
                   const char *message)
{
    struct json_writer writer = {.output = &reply->body};

    reply->status = status;
    json_write_object(&writer, NULL);
    json_write_boolean(&writer, "ok", false);
    json_write_text(&writer, "error", error);
    json_write_text(&writer, "message", message);
    json_write_object_end(&writer);
}

/* Well-formed but wrong: every mistake, as the loader prints them. */
static void refuse_mistakes(struct control *control)
{
    struct json_writer writer = {.output = &control->reply->body};
    const char *line = buffer_text(&control->lines);

    control->reply->status = 422;
    json_write_object(&writer, NULL);
    json_write_boolean(&writer, "ok", false);
    json_write_text(&writer, "error", "invalid_request");
    json_write_text(&writer, "message", "the body is JSON, but wrong");
    json_write_array(&writer, "mistakes");
    for (; *line; line += strcspn(line, "\n") + 1)
        json_write_bytes(&writer, NULL, line, strcspn(line, "\n"));
    json_write_array_end(&writer);
    json_write_object_end(&writer);
}

/* ---- clock ---- */

struct clock_change {
    bool has_advance;
    double advance; /* seconds */
    bool has_set;
    int64_t set;
    bool has_frozen;
    bool frozen;
};

static void read_advance(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct clock_change *change = target;

    change->has_advance = true;
    change->advance = cJSON_IsNumber(value) ? value->valuedouble : -1;
    if (change->advance < 0 || change->advance > ADVANCE_MOST)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a number of seconds, not below 0");
}

static void read_set(const struct json_reader *reader, const cJSON *value,
                     const struct json_path *path, void *target)
{
    struct clock_change *change = target;

    change->has_set = true;
    if (!cJSON_IsString(value) ||
        timestamp_from_iso_8601(value->valuestring, &change->set) != 0)
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a time such as \"2026-01-01T00:00:00Z\"");
}

static void read_frozen(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct clock_change *change = target;

    change->has_frozen = true;
    change->frozen = cJSON_IsTrue(value);
    if (!cJSON_IsBool(value))
        mistake_found(reader->mistakes, reader->file, path, value,
                      "true or false");
}

static const struct json_field clock_fields[] = {
    {.key = "advance", .kind = FIELD_OTHER, .read = read_advance},
    {.key = "set", .kind = FIELD_OTHER, .read = read_set},
    {.key = "frozen", .kind = FIELD_OTHER, .read = read_frozen},
    {.key = NULL},
};

/* `set` first, so that an `advance` beside it goes on from there. */
static void change_clock(struct clock *clock, const struct clock_change *change,
                         int64_t host_time)
{
    int64_t now = change->has_set ? change->set : clock_now(clock, host_time);

    if (change->has_advance)
        now += (int64_t)(change->advance * 1000);
    clock->start = now > TIMESTAMP_MAX ? TIMESTAMP_MAX : now;
    clock->host_start = host_time;
    if (change->has_frozen)
        clock->frozen = change->frozen;
}

static void post_clock(struct control *control)
{
    const struct json_reader reader = {&control->mistakes, "body",
                                       &control->arena, NULL};
    const struct json_path top = {0};
    struct json_writer writer = {.output = &control->reply->body};
    struct clock *clock = &control->mock->clock;
    struct clock_change change = {0};
    char now[ISO_8601_SIZE];

    if (!json_fields_read(&reader, control->body, &top, clock_fields,
                          &change)) {
        refuse_mistakes(control);
        return;
    }
    change_clock(clock, &change, control->request->host_time);
    timestamp_to_iso_8601(clock_now(clock, control->request->host_time), now);
    json_write_object(&writer, NULL);
    json_write_boolean(&writer, "ok", true);
    json_write_text(&writer, "clock", now);
    json_write_boolean(&writer, "frozen", clock->frozen);
    json_write_object_end(&writer);
}

/* ---- the table ---- */

static const struct control_row {
    const char *path;
    enum verb verb;
    const char *allow;
    void (*handle)(struct control *control);
} rows[] = {
    {"clock", VERB_POST, "POST", post_clock},
};

static const struct control_row *find_row(const char *path)
{
    size_t number;

    for (number = 0; number < sizeof rows / sizeof *rows; number++)
        if (strcmp(rows[number].path, path) == 0)
            return &rows[number];
    return NULL;
}

/* Parses the body; false, and the refusal is written, if it is no JSON. */
static bool parse_body(struct control *control)
{
    const struct request *request = control->request;
    struct json_syntax_error error;
    char message[256];

    control->body =
        json_text_parse(request->body, request->body_length, &error);
    if (control->body)
        return true;
    snprintf(message, sizeof message, "body:%zu:%zu: syntax error: %s",
             error.line, error.column, error.message);
    refuse(control->reply, 400, "invalid_json", message);
    return false;
}

void control_handle(struct mock *mock, const struct request *request,
                    struct reply *reply)
{
    const struct control_row *row = find_row(request->method);
    struct control control = {.mock = mock, .request = request, .reply = reply};

    reply_clear(reply);
    reply_set_header_static(reply, "Content-Type",
                            "application/json; charset=utf-8");
    control.mistakes.lines = &control.lines;
    if (!row) {
        refuse(reply, 404, "not_found", "no such path under /_mock/");
    } else if (request->verb != row->verb) {
        refuse(reply, 405, "method_not_allowed", "see the Allow header");
        reply_set_header_static(reply, "Allow", row->allow);
    } else if (parse_body(&control)) {
        row->handle(&control);
    }
    cJSON_Delete(control.body);
    buffer_free(&control.lines);
    arena_free(&control.arena);
}
