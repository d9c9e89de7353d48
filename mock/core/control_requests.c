/*
 * GET and DELETE /_mock/requests: the journal, filtered, its secrets masked
 * unless they are asked for.
 */
#include <string.h>

#include "control_parts.h"
#include "hash_table.h"
#include "mask.h"
#include "mock_parts.h"
#include "text.h"
#include "timestamp.h"

struct filter {
    const struct argument *method;
    const struct argument *error;
    const struct argument *token;
    const struct argument *rule;
    long long since;
    bool secrets;
};

/* ---- which entries ---- */

static bool is_text(const struct journal_text *text,
                    const struct argument *wanted)
{
    return text->bytes && text->length == wanted->value_length &&
           memcmp(text->bytes, wanted->value, text->length) == 0;
}

static bool is_token_argument(const char *name)
{
    return strcmp(name, "token") == 0 || strcmp(name, "refresh_token") == 0;
}

/* The call's token, or one that it sends as an argument. */
static bool has_token(const struct journal_entry *entry,
                      const struct argument *wanted)
{
    size_t number;

    if (is_text(&entry->token, wanted))
        return true;
    for (number = 0; number < entry->argument_count; number++)
        if (is_token_argument(entry->arguments[number].name.bytes) &&
            is_text(&entry->arguments[number].value, wanted))
            return true;
    return false;
}

static bool passes(const struct filter *filter,
                   const struct journal_entry *entry)
{
    return entry->id > filter->since &&
           (!filter->method || is_text(&entry->method, filter->method)) &&
           (!filter->error || is_text(&entry->error, filter->error)) &&
           (!filter->rule || is_text(&entry->rule, filter->rule)) &&
           (!filter->token || has_token(entry, filter->token));
}

/* ---- one entry ---- */

static void write_plain(struct json_writer *writer, const char *key,
                        const struct journal_text *text)
{
    if (text->bytes)
        json_write_bytes(writer, key, text->bytes, text->length);
    else
        json_write_null(writer, key);
}

/* A text in which secrets may stand. */
static void write_text(struct json_writer *writer, const char *key,
                       const struct journal_text *text, bool secrets)
{
    struct buffer masked = BUFFER_INIT;

    if (secrets || !text->bytes) {
        write_plain(writer, key, text);
        return;
    }
    mask_text(&masked, text->bytes, text->length);
    json_write_bytes(writer, key, buffer_text(&masked), masked.length);
    buffer_free(&masked);
}

/* `client_secret[]` and `client_secret[x]` are no less secret. */
static bool is_secret_argument(const char *name)
{
    static const char *const names[] = {"client_secret", "code",
                                        "refresh_token", "token"};
    size_t length = strcspn(name, "[");
    size_t number;

    for (number = 0; number < sizeof names / sizeof *names; number++)
        if (text_equals(name, length, names[number]))
            return true;
    return false;
}

/* A name may be a secret too, as of a form that is nothing but a token. */
static void write_argument(struct json_writer *writer,
                           const struct journal_pair *pair, bool secrets)
{
    struct buffer name = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    if (secrets) {
        buffer_add(&name, pair->name.bytes, pair->name.length);
        buffer_add(&value, pair->value.bytes, pair->value.length);
    } else {
        mask_text(&name, pair->name.bytes, pair->name.length);
        if (is_secret_argument(pair->name.bytes))
            mask_token(&value, pair->value.bytes, pair->value.length);
        else
            mask_text(&value, pair->value.bytes, pair->value.length);
    }
    json_write_member(writer, &name, &value);
    buffer_free(&name);
    buffer_free(&value);
}

/* Of several arguments of one name only the last one counts. */
static void write_arguments(struct json_writer *writer,
                            const struct journal_entry *entry, bool secrets)
{
    struct hash_table last = {0};
    size_t number;

    json_write_object(writer, "arguments");
    for (number = 0; number < entry->argument_count; number++) {
        struct journal_pair *pair = &entry->arguments[number];

        hash_table_put(&last, pair->name.bytes, pair->name.length, pair);
    }
    for (number = 0; number < entry->argument_count; number++) {
        const struct journal_pair *pair = &entry->arguments[number];

        if (hash_table_find(&last, pair->name.bytes, pair->name.length) == pair)
            write_argument(writer, pair, secrets);
    }
    hash_table_free(&last);
    json_write_object_end(writer);
}

static void add_lower_case(struct buffer *name, const char *bytes)
{
    for (; *bytes; bytes++) {
        char letter = *bytes;

        if (letter >= 'A' && letter <= 'Z')
            letter ^= 'A' ^ 'a';
        buffer_add_byte(name, letter);
    }
}

static bool same_header(const struct journal_pair *one,
                        const struct journal_pair *other)
{
    return text_equals_ignore_case(one->name.bytes, one->name.length,
                                   other->name.bytes);
}

/* The value of Authorization: its scheme, and what follows masked. */
static void add_credentials(struct buffer *value,
                            const struct journal_text *sent)
{
    const char *blank = memchr(sent->bytes, ' ', sent->length);
    size_t scheme = blank ? (size_t)(blank - sent->bytes) + 1 : 0;

    buffer_add(value, sent->bytes, scheme);
    if (text_equals_ignore_case(sent->bytes, scheme, "Bearer "))
        mask_token(value, sent->bytes + scheme, sent->length - scheme);
    else
        buffer_add_text(value, "...");
}

/* Repeats of a header are joined where the first one stands. */
static void write_header(struct json_writer *writer,
                         const struct journal_entry *entry, size_t first,
                         bool secrets)
{
    const struct journal_pair *header = &entry->headers[first];
    bool is_secret = !secrets && text_equals_ignore_case(header->name.bytes,
                                                         header->name.length,
                                                         "Authorization");
    struct buffer name = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;
    size_t number;

    add_lower_case(&name, header->name.bytes);
    for (number = first; number < entry->header_count; number++) {
        const struct journal_pair *other = &entry->headers[number];

        if (!same_header(header, other))
            continue;
        if (value.length)
            buffer_add_text(&value, ", ");
        if (is_secret)
            add_credentials(&value, &other->value);
        else if (secrets)
            buffer_add(&value, other->value.bytes, other->value.length);
        else
            mask_text(&value, other->value.bytes, other->value.length);
    }
    json_write_bytes(writer, buffer_text(&name), buffer_text(&value),
                     value.length);
    buffer_free(&name);
    buffer_free(&value);
}

static void write_headers(struct json_writer *writer,
                          const struct journal_entry *entry, bool secrets)
{
    size_t number;

    json_write_object(writer, "headers");
    for (number = 0; number < entry->header_count; number++) {
        size_t before = 0;

        while (before < number &&
               !same_header(&entry->headers[before], &entry->headers[number]))
            before++;
        if (before == number)
            write_header(writer, entry, number, secrets);
    }
    json_write_object_end(writer);
}

/* The warnings are joined by commas. */
static void write_warnings(struct json_writer *writer, const char *warnings)
{
    json_write_array(writer, "warnings");
    while (warnings) {
        size_t length = strcspn(warnings, ",");

        json_write_bytes(writer, NULL, warnings, length);
        warnings = warnings[length] ? warnings + length + 1 : NULL;
    }
    json_write_array_end(writer);
}

static void write_entry(struct json_writer *writer,
                        const struct journal_entry *entry, bool secrets)
{
    char time[ISO_8601_SIZE];

    timestamp_to_iso_8601(entry->time, time);
    json_write_object(writer, NULL);
    json_write_integer(writer, "id", entry->id);
    json_write_text(writer, "time", time);
    write_plain(writer, "http_method", &entry->verb);
    write_text(writer, "path", &entry->target, secrets);
    write_text(writer, "method", &entry->method, secrets);
    write_headers(writer, entry, secrets);
    write_arguments(writer, entry, secrets);
    if (entry->status)
        json_write_integer(writer, "status", entry->status);
    else
        json_write_null(writer, "status");
    write_plain(writer, "error", &entry->error);
    write_warnings(writer, entry->warnings.bytes);
    write_plain(writer, "rule", &entry->rule);
    write_text(writer, "hint", &entry->hint, secrets);
    json_write_text(writer, "fault", entry->fault);
    json_write_text(writer, "effect", entry->committed ? "committed" : "none");
    json_write_object_end(writer);
}

/* ---- the calls ---- */

void control_get_requests(struct control *control)
{
    const struct journal *journal = &control->mock->journal;
    const struct argument *secrets = control_query_text(control, "secrets");
    struct json_writer *writer = &control->writer;
    struct filter filter = {
        .method = control_query_text(control, "method"),
        .error = control_query_text(control, "error"),
        .token = control_query_text(control, "token"),
        .rule = control_query_text(control, "rule"),
        .since = control_query_number(control, "since", 0),
        .secrets = secrets && strcmp(secrets->value, "1") == 0,
    };
    long long limit = control_query_number(control, "limit", INT64_MAX);
    long long count = 0;
    size_t place;

    json_write_array(writer, "requests");
    for (place = 0; place < journal->count && count < limit; place++) {
        const struct journal_entry *entry = journal_at(journal, place);

        if (!passes(&filter, entry))
            continue;
        write_entry(writer, entry, filter.secrets);
        count++;
    }
    json_write_array_end(writer);
    json_write_integer(writer, "count", count);
    json_write_integer(writer, "dropped", journal->dropped);
}

void control_delete_requests(struct control *control)
{
    journal_clear(&control->mock->journal);
}
