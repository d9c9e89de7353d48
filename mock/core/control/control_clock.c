/*
 * POST /_mock/clock. The whole body is read and checked before the clock moves.
 */
#include <cjson/cJSON.h>

#include "base/timestamp.h"
#include "control/control_parts.h"
#include "mock/clock.h"
#include "mock/mock.h"
#include "json/json_fields.h"

#define ADVANCE_MOST (TIMESTAMP_MAX / 1000)

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
        now += (int64_t)(change->advance * 1000 + 0.5);
    clock->start = now > TIMESTAMP_MAX ? TIMESTAMP_MAX : now;
    clock->host_start = host_time;
    if (change->has_frozen)
        clock->frozen = change->frozen;
}

void control_post_clock(struct control *control)
{
    const struct json_reader reader = {.mistakes = &control->mistakes,
                                       .file = "body",
                                       .arena = &control->arena};
    const struct json_path top = {0};
    struct json_writer *writer = &control->writer;
    struct clock clock = *mock_clock(control->mock);
    struct clock_change change = {0};
    char now[ISO_8601_SIZE];

    if (!json_fields_read(&reader, control->body, &top, clock_fields,
                          &change)) {
        control_refuse_mistakes(control);
        return;
    }
    change_clock(&clock, &change, control->request->host_time);
    mock_set_clock(control->mock, &clock);
    timestamp_to_iso_8601(clock_now(&clock, control->request->host_time), now);
    json_write_text(writer, "clock", now);
    json_write_boolean(writer, "frozen", clock.frozen);
}
