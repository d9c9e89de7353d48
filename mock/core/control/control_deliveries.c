/* GET /_mock/deliveries: the events that were sent, and what came back. */
#include <string.h>

#include "base/timestamp.h"
#include "control/control_parts.h"
#include "events/event_queue.h"
#include "journal/mask.h"
#include "mock/mock.h"

/* Texts that others chose are masked unless secrets are shown. */
static void write_masked(struct json_writer *writer, const char *key,
                         const char *text, bool secrets)
{
    struct buffer shown = BUFFER_INIT;

    if (!text || secrets) {
        json_write_text(writer, key, text);
        return;
    }
    mask_text(&shown, text, strlen(text));
    json_write_text(writer, key, buffer_text(&shown));
    buffer_free(&shown);
}

static void write_time(struct json_writer *writer, const char *key,
                       int64_t time)
{
    char text[ISO_8601_SIZE];

    timestamp_to_iso_8601(time, text);
    json_write_text(writer, key, text);
}

static void write_attempt(struct json_writer *writer,
                          const struct attempt *attempt, bool secrets)
{
    json_write_object(writer, NULL);
    write_time(writer, "time", attempt->time);
    json_write_text(writer, "timestamp", attempt->timestamp);
    json_write_text(writer, "signature", attempt->signature);
    json_write_text(writer, "retry_reason", attempt->retry_reason);
    if (attempt->status)
        json_write_integer(writer, "status", attempt->status);
    else
        json_write_null(writer, "status");
    json_write_text(writer, "problem", delivery_problem_name(attempt->problem));
    write_masked(writer, "note", attempt->note, secrets);
    write_masked(writer, "answer",
                 attempt->status ? buffer_text(&attempt->answer) : NULL,
                 secrets);
    json_write_object_end(writer);
}

static void write_body(struct json_writer *writer,
                       const struct delivery *delivery)
{
    struct buffer key = BUFFER_INIT;

    buffer_add_text(&key, "body");
    json_write_member(writer, &key, &delivery->body);
    buffer_free(&key);
}

static void write_delivery(struct json_writer *writer,
                           const struct delivery *delivery, bool secrets)
{
    size_t number;

    json_write_object(writer, NULL);
    json_write_integer(writer, "id", delivery->id);
    json_write_text(writer, "event", delivery->event);
    json_write_text(writer, "app", delivery->app);
    json_write_text(writer, "team", delivery->team);
    write_masked(writer, "url", delivery->url, secrets);
    json_write_text(writer, "state", delivery_state_name(delivery->state));
    write_time(writer, "due", delivery->due);
    json_write_text(writer, "rule", delivery->rule);
    write_body(writer, delivery);
    json_write_array(writer, "attempts");
    for (number = 0; number < delivery->attempt_count; number++)
        write_attempt(writer, &delivery->attempts[number], secrets);
    json_write_array_end(writer);
    json_write_object_end(writer);
}

void control_get_deliveries(struct control *control)
{
    const struct event_queue *queue = mock_events(control->mock);
    const struct delivery *delivery = queue->oldest;
    const struct argument *event = control_query_text(control, "event");
    const struct argument *secrets = control_query_text(control, "secrets");
    const bool is_open = secrets && strcmp(secrets->value, "1") == 0;
    long long since = control_query_number(control, "since", 0);
    long long limit = control_query_number(control, "limit", INT64_MAX);
    long long count = 0;

    json_write_array(&control->writer, "deliveries");
    for (; delivery && count < limit; delivery = delivery->next)
        if (delivery->id > since &&
            (!event || strcmp(event->value, delivery->event) == 0)) {
            write_delivery(&control->writer, delivery, is_open);
            count++;
        }
    json_write_array_end(&control->writer);
    json_write_integer(&control->writer, "count", count);
    json_write_integer(&control->writer, "dropped", queue->dropped);
}
