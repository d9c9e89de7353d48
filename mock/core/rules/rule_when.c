/*
 * Reads conditions, matches calls against them, and tells if one includes
 * another.
 */
#include "rules/rule_when.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "arguments/arguments.h"
#include "base/arena.h"
#include "base/text.h"
#include "message/request.h"
#include "rules/glob.h"
#include "rules/rule_header.h"

#define CALL_MOST 999999999

/* ---- header ---- */

static bool is_header(const struct json_reader *reader, const cJSON *value,
                      const struct json_path *path)
{
    if (!rule_header_is_name(reader, path))
        return false;
    if (cJSON_IsString(value) && *value->valuestring)
        return true;
    mistake_found(reader->mistakes, reader->file, path, value,
                  "a text that is not empty");
    return false;
}

static void read_headers(const struct json_reader *reader, const cJSON *value,
                         const struct json_path *path, void *target)
{
    struct rule_when *when = target;
    struct header_names names = {.count = 0};
    struct header_condition *headers;
    const cJSON *header;

    if (!rule_headers_are_few(reader, value, path))
        return;
    headers = arena_allocate(reader->arena, (size_t)cJSON_GetArraySize(value) *
                                                sizeof *headers);
    cJSON_ArrayForEach (header, value) {
        struct json_path place = {path, header->string, 0};

        if (!is_header(reader, header, &place))
            continue;
        headers[names.count] = (struct header_condition){
            arena_strdup(reader->arena, header->string),
            arena_strdup(reader->arena, header->valuestring)};
        rule_header_note(reader, &place, &names);
    }
    when->headers = headers;
    when->header_count = names.count;
}

static void read_arguments(const struct json_reader *reader, const cJSON *value,
                           const struct json_path *path, void *target)
{
    struct rule_when *when = target;

    rule_arguments_read(reader, value, path, &when->arguments);
}

/* ---- call ---- */

/* A number from 1 to CALL_MOST without a sign, or 0. */
static long long scan_number(const char **text)
{
    long long number = 0;

    if (**text == '0')
        return 0;
    for (; **text >= '0' && **text <= '9'; (*text)++) {
        number = number * 10 + (**text - '0');
        if (number > CALL_MOST)
            return 0;
    }
    return number;
}

/* "3-5" or "3-" */
static bool scan_range(const char *text, struct call_range *range)
{
    range->first = scan_number(&text);
    if (!range->first || *text++ != '-')
        return false;
    range->last = LLONG_MAX;
    if (!*text)
        return true;
    range->last = scan_number(&text);
    return range->last >= range->first && !*text;
}

static void read_call_range(const struct json_reader *reader,
                            const cJSON *value, const struct json_path *path,
                            struct call_range *range)
{
    if (cJSON_IsNumber(value)) {
        json_read_integer(reader, value, path,
                          (struct integer_range){1, CALL_MOST}, &range->first);
        range->last = range->first;
    } else if (!cJSON_IsString(value) ||
               !scan_range(value->valuestring, range)) {
        mistake_found(reader->mistakes, reader->file, path, value,
                      "a call such as 3, \"3-5\" or \"3-\", or a list of such");
    }
}

static void read_calls(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    struct rule_when *when = target;
    struct json_path place = {path, NULL, 0};
    struct call_range *ranges;
    const cJSON *item;

    when->call_count =
        cJSON_IsArray(value) ? (size_t)cJSON_GetArraySize(value) : 1;
    ranges = arena_allocate(reader->arena, when->call_count * sizeof *ranges);
    when->calls = ranges;
    if (!cJSON_IsArray(value)) {
        read_call_range(reader, value, path, ranges);
        return;
    }
    if (!when->call_count)
        mistake(reader->mistakes, reader->file, path,
                "found an empty array, wanted a call in it");
    cJSON_ArrayForEach (item, value) {
        read_call_range(reader, item, &place, &ranges[place.index]);
        place.index++;
    }
}

/* ---- the whole ---- */

static void read_probability(const struct json_reader *reader,
                             const cJSON *value, const struct json_path *path,
                             void *target)
{
    struct rule_when *when = target;

    when->has_probability = json_read_number(
        reader, value, path, (struct number_range){0, 1}, &when->probability);
}

static void read_event(const struct json_reader *reader, const cJSON *value,
                       const struct json_path *path, void *target)
{
    static const char *const events[] = {"tokens_revoked", "app_uninstalled",
                                         NULL};
    struct rule_when *when = target;
    int word;

    if (json_read_word(reader, value, path, events, &word))
        when->event = events[word];
}

static const struct json_field fields[] = {
    {.key = "event", .kind = FIELD_OTHER, .read = read_event},
    {.key = "webhook",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct rule_when, webhook)},
    {.key = "method",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct rule_when, method)},
    {.key = "token",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct rule_when, token)},
    {.key = "client_id",
     .kind = FIELD_TEXT,
     .offset = offsetof(struct rule_when, client_id)},
    {.key = "header", .kind = FIELD_OTHER, .read = read_headers},
    {.key = "argument", .kind = FIELD_OTHER, .read = read_arguments},
    {.key = "call", .kind = FIELD_OTHER, .read = read_calls},
    {.key = "probability", .kind = FIELD_OTHER, .read = read_probability},
    {.key = NULL},
};

const struct json_field *const rule_when_tables[] = {fields, NULL};

void rule_when_read(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, struct rule_when *when)
{
    bool has_call;

    json_fields_read(reader, value, path, fields, when);
    has_call = when->method || when->token || when->client_id;
    if (when->event && (has_call || when->webhook || when->header_count ||
                        when->arguments.count))
        mistake(reader->mistakes, reader->file, path,
                "found \"event\" beside conditions on a call, wanted none: an "
                "event is no call");
    else if (when->webhook && has_call)
        mistake(reader->mistakes, reader->file, path,
                "found \"webhook\" beside \"method\", \"token\" or "
                "\"client_id\", wanted none: a webhook takes no calls");
}

static bool glob_allows(const char *glob, const char *text, size_t length)
{
    return !glob || (text && glob_matches(glob, text, length));
}

/* A header that was sent several times matches by any of its values. */
static bool header_allows(const struct header_condition *condition,
                          const struct request *request)
{
    size_t number;

    for (number = 0; number < request->header_count; number++) {
        const struct request_header *header = &request->headers[number];

        if (text_equals_ignore_case(header->name, strlen(header->name),
                                    condition->name) &&
            glob_matches(condition->glob, header->value, strlen(header->value)))
            return true;
    }
    return false;
}

/* A call of that method, or a message to that webhook. */
static bool is_for(const struct rule_when *when,
                   const struct rule_subject *subject)
{
    if (when->event || !when->webhook != !subject->webhook)
        return false;
    if (when->webhook)
        return glob_matches(when->webhook, subject->webhook,
                            strlen(subject->webhook));
    return glob_allows(when->method, subject->method, subject->method_length);
}

bool rule_when_matches(const struct rule_when *when,
                       const struct rule_subject *subject)
{
    size_t number;

    if (!is_for(when, subject) ||
        !glob_allows(when->token, subject->token, subject->token_length) ||
        !glob_allows(when->client_id, subject->client_id,
                     subject->client_id_length))
        return false;
    for (number = 0; number < when->header_count; number++)
        if (!header_allows(&when->headers[number], subject->request))
            return false;
    return rule_arguments_allow(&when->arguments, subject->arguments);
}

/* How many of the headers and arguments are not as wanted; notes the last. */
static size_t count_misses(const struct rule_when *when,
                           const struct rule_subject *subject,
                           struct rule_miss *miss)
{
    size_t missed = 0;
    size_t number;

    for (number = 0; number < when->header_count && missed < 2; number++) {
        const char *name = when->headers[number].name;

        if (header_allows(&when->headers[number], subject->request))
            continue;
        *miss = (struct rule_miss){
            "header ", name, request_header(subject->request, name) != NULL};
        missed++;
    }
    for (number = 0; number < when->arguments.count && missed < 2; number++) {
        const struct argument_condition *condition =
            &when->arguments.list[number];

        if (rule_argument_allows(condition, subject->arguments))
            continue;
        *miss = (struct rule_miss){
            "argument ", condition->name,
            arguments_find(subject->arguments, condition->name) != NULL};
        missed++;
    }
    return missed;
}

bool rule_when_nearly_matches(const struct rule_when *when,
                              const struct rule_subject *subject,
                              struct rule_miss *miss)
{
    size_t missed;

    if (!is_for(when, subject))
        return false;
    missed = count_misses(when, subject, miss);
    if (!glob_allows(when->token, subject->token, subject->token_length)) {
        *miss = (struct rule_miss){"token", "", subject->token != NULL};
        missed++;
    }
    if (!glob_allows(when->client_id, subject->client_id,
                     subject->client_id_length)) {
        *miss = (struct rule_miss){"client_id", "", subject->client_id != NULL};
        missed++;
    }
    return missed == 1;
}

bool rule_when_takes(const struct rule_when *when, long long number)
{
    size_t place;

    for (place = 0; place < when->call_count; place++)
        if (number >= when->calls[place].first &&
            number <= when->calls[place].last)
            return true;
    return when->call_count == 0;
}

/* ---- which includes which ---- */

static bool glob_covers(const char *outer, const char *inner)
{
    return !outer || (inner && glob_includes(outer, inner));
}

static bool covers_header(const struct header_condition *outer,
                          const struct rule_when *inner)
{
    size_t number;

    for (number = 0; number < inner->header_count; number++)
        if (text_equals_ignore_case(outer->name, strlen(outer->name),
                                    inner->headers[number].name) &&
            glob_includes(outer->glob, inner->headers[number].glob))
            return true;
    return false;
}

static bool are_for_the_same(const struct rule_when *one,
                             const struct rule_when *other)
{
    if (!one->webhook != !other->webhook)
        return false;
    if (!one->event || !other->event)
        return one->event == other->event;
    return strcmp(one->event, other->event) == 0;
}

bool rule_when_includes(const struct rule_when *outer,
                        const struct rule_when *inner)
{
    size_t number;

    /* Every call has a method, so "*" is the same as no condition on it. */
    if (outer->call_count || outer->has_probability ||
        !are_for_the_same(outer, inner) ||
        !glob_covers(outer->webhook, inner->webhook) ||
        !glob_covers(outer->method, inner->method ? inner->method : "*") ||
        !glob_covers(outer->token, inner->token) ||
        !glob_covers(outer->client_id, inner->client_id))
        return false;
    for (number = 0; number < outer->header_count; number++)
        if (!covers_header(&outer->headers[number], inner))
            return false;
    return rule_arguments_include(&outer->arguments, &inner->arguments);
}
