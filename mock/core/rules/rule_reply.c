/* Reads the replies of rules. */
#include "rules/rule_reply.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "message/slack_error.h"
#include "rules/rule_header.h"

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
        reply->headers[names.count] = (struct reply_header){
            arena_strdup(reader->arena, header->string),
            arena_strdup(reader->arena, header->valuestring)};
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

static const struct json_field reply_fields[] = {
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
    {.key = "body",
     .kind = FIELD_ANY_TEXT,
     .offset = offsetof(struct rule_reply, body)},
    {.key = "content_type", .kind = FIELD_OTHER, .read = read_content_type},
    {.key = "warnings",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct rule_reply, warnings)},
    {.key = "messages",
     .kind = FIELD_TEXT_LIST,
     .offset = offsetof(struct rule_reply, messages)},
    {.key = "delay", .kind = FIELD_OTHER, .read = read_delay},
    {.key = "fault", .kind = FIELD_OTHER, .read = read_fault},
    {.key = NULL},
};

/* Reports a name that Slack does not document, with the nearest it does. */
static void check_documented(const struct json_reader *reader,
                             const struct json_path *path, const char *name,
                             bool is_warning)
{
    const char *names[(size_t)SLACK_ERROR_COUNT + SLACK_WARNING_COUNT];
    const char *nearest;
    size_t count = 0;
    int number;

    if (is_warning ? slack_warning_is_documented(name)
                   : slack_error_is_documented(name))
        return;
    if (is_warning)
        for (number = 0; number < SLACK_WARNING_COUNT; number++)
            names[count++] = slack_warning_name((enum slack_warning)number);
    else
        for (number = SLACK_OK + 1; number < SLACK_ERROR_COUNT; number++)
            names[count++] = slack_error_name((enum slack_error)number);
    nearest = text_nearest(name, names, count);
    mistake(reader->mistakes, reader->file, path,
            "found \"%s\", wanted a documented %s, or \"undocumented\": true "
            "beside it%s%s%s",
            name, is_warning ? "warning" : "error",
            nearest ? "; did you mean \"" : "", nearest ? nearest : "",
            nearest ? "\"?" : "");
}

void rule_reply_read(const struct json_reader *reader,
                     const struct cJSON *value, const struct json_path *path,
                     struct rule_reply *reply)
{
    struct json_path error_path = {path, "error", 0};
    struct json_path warnings_path = {path, "warnings", 0};
    size_t number;

    reply->retry_after = RETRY_AFTER_UNSET;
    (void)json_fields_read(reader, value, path, reply_fields, reply);
    if (reply->undocumented)
        return;
    if (reply->error)
        check_documented(reader, &error_path, reply->error, false);
    for (number = 0; number < reply->warnings.count; number++) {
        struct json_path place = {&warnings_path, NULL, number};

        if (reply->warnings.texts[number]) /* else it is a mistake already */
            check_documented(reader, &place, reply->warnings.texts[number],
                             true);
    }
}

bool rule_reply_replaces_call(const struct rule_reply *reply)
{
    return reply->error || reply->body ||
           (reply->fault && reply->fault->replaces_call);
}
