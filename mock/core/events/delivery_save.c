/* Writes and reads a delivery with its attempts. */
#include "events/delivery_save.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/xalloc.h"
#include "events/delivery.h"
#include "events/event_body.h"
#include "json/json_values.h"
#include "json/json_writer.h"

#define COUNT_MOST  ((long long)1 << 53)
#define STATUS_MOST 999

struct saved_delivery {
    const struct delivery *from; /* whose attempts are written */
    struct delivery *into;       /* whose attempts are read */
    long long id;
    long long ticket;
    int event;
    const char *rule;
    const char *app;
    const char *team;
    const char *url;
    const char *signing_secret;
    bool retries;
    const char *expects;
    struct json_bytes body;
    int64_t due;
    int state;
};

/* ---- attempts ---- */

struct saved_attempt {
    int64_t time;
    const char *timestamp;
    const char *signature;
    bool is_over;
    int problem;
    long long status;
    struct json_bytes note;
    struct json_bytes answer;
};

static const struct json_field attempt_fields[] = {
    {.key = "time",
     .kind = FIELD_TIME,
     .required = true,
     .offset = offsetof(struct saved_attempt, time)},
    {.key = "timestamp",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_attempt, timestamp)},
    {.key = "signature",
     .kind = FIELD_TEXT,
     .required = true,
     .offset = offsetof(struct saved_attempt, signature)},
    {.key = "is_over",
     .kind = FIELD_BOOLEAN,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_attempt, is_over)},
    {.key = "problem",
     .kind = FIELD_WORD,
     .words = delivery_problem_words,
     .zero_is_absent = true,
     .offset = offsetof(struct saved_attempt, problem)},
    {.key = "status",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = STATUS_MOST,
     .offset = offsetof(struct saved_attempt, status)},
    {.key = "note",
     .kind = FIELD_BYTES,
     .offset = offsetof(struct saved_attempt, note)},
    {.key = "answer",
     .kind = FIELD_BYTES,
     .offset = offsetof(struct saved_attempt, answer)},
    {.key = NULL},
};

static const struct json_field *const attempt_tables[] = {attempt_fields, NULL};

static void write_attempt(struct json_writer *writer,
                          const struct attempt *attempt)
{
    const struct saved_attempt saved = {
        .time = attempt->time,
        .timestamp = attempt->timestamp,
        .signature = attempt->signature,
        .is_over = attempt->is_over,
        .problem = (int)attempt->problem,
        .status = attempt->status,
        .note = {attempt->note, attempt->note ? strlen(attempt->note) : 0},
        .answer = {attempt->answer.length ? attempt->answer.data : NULL,
                   attempt->answer.length},
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, attempt_fields, &saved);
    json_write_object_end(writer);
}

static void write_attempts(struct json_writer *writer, const char *key,
                           const void *target)
{
    const struct delivery *delivery =
        ((const struct saved_delivery *)target)->from;
    size_t number;

    if (!delivery->attempt_count)
        return;
    json_write_array(writer, key);
    for (number = 0; number < delivery->attempt_count; number++)
        write_attempt(writer, &delivery->attempts[number]);
    json_write_array_end(writer);
}

/* Room for a text in an attempt. */
struct room {
    const char *key; /* of the text */
    char *at;
    size_t size;
};

static bool copy_text(const struct json_reader *reader,
                      const struct json_path *path, const char *text,
                      struct room room)
{
    const struct json_path place = {path, room.key, 0};
    const size_t length = strlen(text);

    if (length < room.size) {
        memcpy(room.at, text, length + 1);
        return true;
    }
    mistake(reader->mistakes, reader->file, &place,
            "found %zu characters, wanted %zu at most", length, room.size - 1);
    return false;
}

static void add_attempt(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, struct delivery *delivery)
{
    struct attempt *attempt = &delivery->attempts[delivery->attempt_count];
    const struct room timestamp = {"timestamp", attempt->timestamp,
                                   sizeof attempt->timestamp};
    const struct room signature = {"signature", attempt->signature,
                                   sizeof attempt->signature};
    struct saved_attempt saved = {.problem = PROBLEM_NONE};

    if (!json_fields_read(reader, value, path, attempt_fields, &saved) ||
        !copy_text(reader, path, saved.timestamp, timestamp) ||
        !copy_text(reader, path, saved.signature, signature))
        return;
    if (delivery->attempt_count)
        attempt->retry_reason = delivery_problem_name(attempt[-1].problem);
    delivery->attempt_count++;
    attempt->time = saved.time;
    attempt->is_over = saved.is_over;
    attempt->problem = (enum delivery_problem)saved.problem;
    attempt->status = (int)saved.status;
    attempt->note = saved.note.bytes ? xstrdup(saved.note.bytes) : NULL;
    if (saved.answer.bytes)
        buffer_add(&attempt->answer, saved.answer.bytes, saved.answer.length);
}

static void read_attempts(const struct json_reader *reader, const cJSON *value,
                          const struct json_path *path, void *target)
{
    struct delivery *delivery = ((struct saved_delivery *)target)->into;
    struct json_path place = {path, NULL, 0};
    const cJSON *attempt;

    if (!json_is_array(reader, value, path))
        return;
    if (cJSON_GetArraySize(value) > DELIVERY_ATTEMPTS) {
        mistake(reader->mistakes, reader->file, path,
                "found %d attempts, wanted %d at most",
                cJSON_GetArraySize(value), DELIVERY_ATTEMPTS);
        return;
    }
    cJSON_ArrayForEach (attempt, value) {
        add_attempt(reader, attempt, &place, delivery);
        place.index++;
    }
}

/* ---- a delivery ---- */

static const char *const events[] = {
    EVENT_URL_VERIFICATION, EVENT_TOKENS_REVOKED, EVENT_APP_UNINSTALLED, NULL};

#define TEXT_FIELD(name)                                                       \
    {                                                                          \
        .key = #name, .kind = FIELD_TEXT, .required = true,                    \
        .offset = offsetof(struct saved_delivery, name)                        \
    }

static const struct json_field fields[] = {
    {.key = "id",
     .kind = FIELD_INTEGER,
     .required = true,
     .least = 1,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_delivery, id)},
    {.key = "event",
     .kind = FIELD_WORD,
     .required = true,
     .words = events,
     .offset = offsetof(struct saved_delivery, event)},
    {.key = "state",
     .kind = FIELD_WORD,
     .required = true,
     .words = delivery_state_words,
     .offset = offsetof(struct saved_delivery, state)},
    {.key = "ticket",
     .kind = FIELD_INTEGER,
     .zero_is_absent = true,
     .most = COUNT_MOST,
     .offset = offsetof(struct saved_delivery, ticket)},
    {.key = "due",
     .kind = FIELD_TIME,
     .required = true,
     .offset = offsetof(struct saved_delivery, due)},
    {.key = "rule",
     .kind = FIELD_ANY_TEXT,
     .offset = offsetof(struct saved_delivery, rule)},
    TEXT_FIELD(app),
    TEXT_FIELD(team),
    TEXT_FIELD(url),
    TEXT_FIELD(signing_secret),
    {.key = "retries",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct saved_delivery, retries)},
    {.key = "expects",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct saved_delivery, expects)},
    {.key = "body",
     .kind = FIELD_BYTES,
     .required = true,
     .offset = offsetof(struct saved_delivery, body)},
    {.key = "attempts",
     .kind = FIELD_OTHER,
     .read = read_attempts,
     .write = write_attempts,
     .inside = attempt_tables,
     .step = "[]"},
    {.key = NULL},
};

const struct json_field *const delivery_saved_tables[] = {fields, NULL};

static int event_number(const char *event)
{
    int number = 0;

    while (events[number] && strcmp(events[number], event) != 0)
        number++;
    return number;
}

void delivery_save(const struct delivery *delivery, struct json_writer *writer)
{
    const struct saved_delivery saved = {
        .from = delivery,
        .id = delivery->id,
        .ticket = (long long)delivery->ticket,
        .event = event_number(delivery->event),
        .rule = delivery->rule,
        .app = delivery->app,
        .team = delivery->team,
        .url = delivery->url,
        .signing_secret = delivery->signing_secret,
        .retries = delivery->retries,
        .expects = delivery->expects,
        .body = {buffer_text(&delivery->body), delivery->body.length},
        .due = delivery->due,
        .state = (int)delivery->state,
    };

    json_write_object(writer, NULL);
    json_fields_write(writer, fields, &saved);
    json_write_object_end(writer);
}

/* One that is being sent has an attempt under way, and a ticket for it. */
static bool check_sending(const struct json_reader *reader,
                          const struct json_path *path,
                          const struct delivery *delivery)
{
    const size_t count = delivery->attempt_count;
    const bool is_under_way = count && !delivery->attempts[count - 1].is_over;

    if (delivery->state == DELIVERY_SENDING
            ? is_under_way && delivery->ticket
            : !is_under_way && !delivery->ticket)
        return true;
    mistake(reader->mistakes, reader->file, path,
            "its state does not fit its attempts and its ticket");
    return false;
}

/* A waiting one has an attempt left. */
static bool check_waiting(const struct json_reader *reader,
                          const struct json_path *path,
                          const struct delivery *delivery)
{
    if (delivery->state != DELIVERY_WAITING ||
        delivery->attempt_count < DELIVERY_ATTEMPTS)
        return true;
    mistake(reader->mistakes, reader->file, path,
            "it waits, and has no attempt left");
    return false;
}

static char *copy_of(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static void fill(struct delivery *delivery, const struct saved_delivery *saved)
{
    delivery->id = saved->id;
    delivery->ticket = (uint64_t)saved->ticket;
    delivery->event = events[saved->event];
    delivery->rule = copy_of(saved->rule);
    delivery->app = copy_of(saved->app);
    delivery->team = copy_of(saved->team);
    delivery->url = copy_of(saved->url);
    delivery->signing_secret = copy_of(saved->signing_secret);
    delivery->retries = saved->retries;
    delivery->expects = copy_of(saved->expects);
    buffer_add(&delivery->body, saved->body.bytes, saved->body.length);
    delivery->due = saved->due;
    delivery->state = (enum delivery_state)saved->state;
}

struct delivery *delivery_read_saved(const struct json_reader *reader,
                                     const struct cJSON *value,
                                     const struct json_path *path)
{
    struct delivery *delivery = xcalloc(1, sizeof *delivery);
    struct saved_delivery saved = {.into = delivery};

    if (json_fields_read(reader, value, path, fields, &saved)) {
        fill(delivery, &saved);
        if (check_sending(reader, path, delivery) &&
            check_waiting(reader, path, delivery))
            return delivery;
    }
    delivery_free(delivery);
    return NULL;
}
