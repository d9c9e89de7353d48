/* Reads the replies of rules. */
#include "rules/rule_reply.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/text.h"
#include "rules/documented_name.h"
#include "rules/rule_header.h"
#include "rules/rule_when.h"
#include "json/json_writer.h"

#define RETRY_AFTER_MOST 86400

static void read_retry_after(const struct json_reader *reader,
                             const cJSON *value, const struct json_path *path,
                             void *target)
{
    struct rule_reply *reply = target;

    if (cJSON_IsNull(value))
        reply->retry_after = RETRY_AFTER_NONE;
    else
        json_read_integer(reader, value, path,
                          (struct integer_range){0, RETRY_AFTER_MOST},
                          &reply->retry_after);
}

static bool is_framing_header(const char *name)
{
    static const char *const framing[] = {"content-length", "transfer-encoding",
                                          "connection"};
    size_t number;

    for (number = 0; number < sizeof framing / sizeof *framing; number++)
        if (text_equals_ignore_case(name, strlen(name), framing[number]))
            return true;
    return false;
}

static bool is_header(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path)
{
    if (!rule_header_is_name(reader, path))
        return false;
    if (is_framing_header(path->key)) {
        mistake(reader->mistakes, reader->file, path,
                "found a header that frames the message; slackmock sets it");
        return false;
    }
    if (cJSON_IsString(value) && text_is_header_value(value->valuestring))
        return true;
    mistake_found(reader->mistakes, reader->file, path, value,
                  "a text without control characters");
    return false;
}

static void read_headers(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;
    struct header_names names = {.count = 0};
    const cJSON *header;

    if (!rule_headers_are_few(reader, value, path))
        return;
    reply->headers = arena_allocate(reader->arena,
                                    RULE_HEADERS_MAX * sizeof *reply->headers);
    cJSON_ArrayForEach (header, value) {
        struct json_path place = {path, header->string, 0};

        if (!is_header(reader, header, &place))
            continue;
        reply->headers[names.count] =
            reply_header_of(arena_strdup(reader->arena, header->string),
                            arena_strdup(reader->arena, header->valuestring));
        rule_header_note(reader, &place, &names);
    }
    reply->header_count = names.count;
}

static void read_content_type(const struct json_reader *reader,
                              const cJSON *value, const struct json_path *path,
                              void *target)
{
    struct rule_reply *reply = target;

    reply->has_content_type = true;
    if (cJSON_IsNull(value))
        return;
    if (cJSON_IsString(value) && text_is_header_value(value->valuestring))
        reply->content_type = arena_strdup(reader->arena, value->valuestring);
    else
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a text without control characters, or null");
}

/* ---- bodies ---- */

static void read_body(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;

    if (!cJSON_IsString(value)) {
        mistake_found(reader->mistakes, reader->file, path, value, "a text");
        return;
    }
    reply->body = arena_strdup(reader->arena, value->valuestring);
    reply->body_length = strlen(reply->body);
}

static void read_body_base64(const struct json_reader *reader,
                             const cJSON *value, const struct json_path *path,
                             void *target)
{
    struct rule_reply *reply = target;
    struct buffer bytes = BUFFER_INIT;
    char *body;

    if (cJSON_IsString(value) &&
        base64_decode(value->valuestring, strlen(value->valuestring), &bytes)) {
        body = arena_bytes(reader->arena, bytes.length + 1);
        memcpy(body, buffer_text(&bytes), bytes.length + 1);
        reply->body = body;
        reply->body_length = bytes.length;
    } else {
        mistake_found(reader->mistakes, reader->file, path, value,
                      "bytes in base64");
    }
    buffer_free(&bytes);
}

/* The text of an object, `ok` before the rest as in every body of Slack's. */
static const char *spell_object(const struct json_reader *reader,
                                const cJSON *object)
{
    const cJSON *ok = cJSON_GetObjectItemCaseSensitive(object, "ok");
    struct buffer text = BUFFER_INIT;
    struct json_writer writer = {.output = &text};
    const cJSON *member;
    const char *spelt;

    json_write_object(&writer, NULL);
    if (ok)
        json_write_tree(&writer, "ok", ok);
    cJSON_ArrayForEach (member, object)
        if (member != ok)
            json_write_tree(&writer, member->string, member);
    json_write_object_end(&writer);
    spelt = arena_strdup(reader->arena, text.data);
    buffer_free(&text);
    return spelt;
}

static const char *read_object(const struct json_reader *reader,
                               const cJSON *value, const struct json_path *path)
{
    if (!json_is_object(reader, value, path))
        return NULL;
    json_check_keys(reader, value, path);
    return spell_object(reader, value);
}

/* The error of an object that is a failure, NULL if it is none. */
static const char *read_failure(const struct json_reader *reader,
                                const cJSON *value)
{
    const cJSON *ok = cJSON_GetObjectItemCaseSensitive(value, "ok");
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(value, "error");

    if (!cJSON_IsFalse(ok) || !cJSON_IsString(error))
        return NULL;
    return arena_strdup(reader->arena, error->valuestring);
}

static void read_json(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;

    reply->json = read_object(reader, value, path);
    reply->json_error = read_failure(reader, value);
}

static void read_fields(const struct json_reader *reader, const cJSON *value,
                        const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;

    reply->fields = read_object(reader, value, path);
    reply->fields_error = read_failure(reader, value);
}

/* Of all that says what the body is, one. */
static void check_one_body(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path)
{
    static const char *const keys[] = {"body", "body_base64", "json", "fields"};
    const char *first = NULL;
    size_t number;

    for (number = 0; number < sizeof keys / sizeof *keys; number++) {
        if (!cJSON_GetObjectItemCaseSensitive(value, keys[number]))
            continue;
        if (first)
            mistake(reader->mistakes, reader->file, path,
                    "found \"%s\" and \"%s\", wanted one of them", first,
                    keys[number]);
        first = keys[number];
    }
}

/* ---- what befalls it ---- */

static void read_delay(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;

    delay_read(reader, value, path, &reply->delay);
}

static void read_fault(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct rule_reply *reply = target;
    const char *names[FAULT_COUNT + 1] = {NULL};
    size_t number;
    int word;

    for (number = 0; number < FAULT_COUNT; number++)
        names[number] = faults[number].name;
    if (json_read_word(reader, value, path, names, &word))
        reply->fault = &faults[word];
}

static const char *const rule_events[] = {"send", "drop", "double", "swap",
                                          NULL};

const char *const rule_stages[] = {"before", "after", NULL};

/* That of a turn; a reply alone is all of it but the first row. */
static const struct json_field turn_fields[] = {
    {.key = "stage",
     .kind = FIELD_WORD,
     .words = rule_stages,
     .offset = offsetof(struct rule_reply, stage)},
    {.key = "error",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct rule_reply, error)},
    {.key = "undocumented",
     .kind = FIELD_BOOLEAN,
     .offset = offsetof(struct rule_reply, undocumented)},
    {.key = "status",
     .kind = FIELD_INTEGER,
     .least = 200,
     .most = 599,
     .offset = offsetof(struct rule_reply, status)},
    {.key = "retry_after", .kind = FIELD_OTHER, .read = read_retry_after},
    {.key = "headers", .kind = FIELD_OTHER, .read = read_headers},
    {.key = "body", .kind = FIELD_OTHER, .read = read_body},
    {.key = "body_base64", .kind = FIELD_OTHER, .read = read_body_base64},
    {.key = "json", .kind = FIELD_OTHER, .read = read_json},
    {.key = "fields", .kind = FIELD_OTHER, .read = read_fields},
    {.key = "content_type", .kind = FIELD_OTHER, .read = read_content_type},
    {.key = "warnings",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct rule_reply, warnings)},
    {.key = "messages",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct rule_reply, messages)},
    {.key = "delay",
     .kind = FIELD_OTHER,
     .read = read_delay,
     .inside = delay_tables,
     .step = ""},
    {.key = "fault", .kind = FIELD_OTHER, .read = read_fault},
    {.key = "event",
     .kind = FIELD_WORD,
     .words = rule_events,
     .offset = offsetof(struct rule_reply, event)},
    {.key = NULL},
};

const struct json_field *const rule_turn_tables[] = {turn_fields, NULL};
const struct json_field *const rule_reply_tables[] = {turn_fields + 1, NULL};

static void read_by(const struct json_field *fields,
                    const struct json_reader *reader, const cJSON *value,
                    const struct json_path *path, struct rule_reply *reply)
{
    reply->stage = RULE_STAGE_UNSET;
    reply->retry_after = RETRY_AFTER_UNSET;
    (void)json_fields_read(reader, value, path, fields, reply);
    check_one_body(reader, value, path);
}

void rule_reply_check(const struct json_reader *reader,
                      const struct json_path *path,
                      const struct rule_when *when,
                      const struct rule_reply *reply)
{
    struct json_path error_path = {path, "error", 0};
    struct json_path warnings_path = {path, "warnings", 0};
    size_t number;

    if (reply->undocumented)
        return;
    if (reply->error)
        documented_name_check(reader, &error_path, when->method,
                              when->webhook ? DOCUMENTED_WEBHOOK_ERROR
                                            : DOCUMENTED_ERROR,
                              reply->error);
    for (number = 0; number < reply->warnings.count; number++) {
        struct json_path place = {&warnings_path, NULL, number};

        if (reply->warnings.texts[number]) /* else it is a mistake already */
            documented_name_check(reader, &place, when->method,
                                  DOCUMENTED_WARNING,
                                  reply->warnings.texts[number]);
    }
}

void rule_reply_read(const struct json_reader *reader,
                     const struct cJSON *value, const struct json_path *path,
                     struct rule_reply *reply)
{
    read_by(turn_fields + 1, reader, value, path, reply);
}

void rule_turn_read(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, struct rule_reply *reply)
{
    read_by(turn_fields, reader, value, path, reply);
}

bool rule_reply_is_of_event(const struct rule_reply *reply)
{
    return !rule_reply_replaces_call(reply) && !reply->status &&
           !reply->header_count && !reply->fields && !reply->fault &&
           !reply->has_content_type && !reply->warnings.count &&
           !reply->messages.count && reply->retry_after == RETRY_AFTER_UNSET;
}

bool rule_reply_is_of_webhook(const struct rule_reply *reply)
{
    return !reply->fields && !reply->warnings.count && !reply->messages.count;
}

bool rule_reply_replaces_call(const struct rule_reply *reply)
{
    return reply->error || reply->body || reply->json ||
           (reply->fault && reply->fault->replaces_call);
}
