/*
 * Writes one entry as JSON. Every text passes through add(), which masks it:
 * clients put secrets into every part of a request.
 */
#include "journal/journal_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "journal/journal.h"
#include "journal/mask.h"
#include "json/json_writer.h"

/* Where an entry goes, and how. */
struct page {
    struct json_writer *writer;
    bool secrets; /* are shown */
};

/* Adds a value, masked after the name that it has. */
static void add(const struct page *page, struct buffer *output,
                const struct journal_text *name,
                const struct journal_text *value)
{
    if (page->secrets)
        buffer_add(output, value->bytes, value->length);
    else
        mask_value(output, name->bytes, name->length, value->bytes,
                   value->length);
}

static void write_text(const struct page *page, const char *key,
                       const struct journal_text *text)
{
    const struct journal_text name = {key, strlen(key)};
    struct buffer shown = BUFFER_INIT;

    if (text->bytes) {
        add(page, &shown, &name, text);
        json_write_bytes(page->writer, key, buffer_text(&shown), shown.length);
    } else {
        json_write_null(page->writer, key);
    }
    buffer_free(&shown);
}

/*
 * A name may be a secret too: a body that is nothing but a token is read as
 * one.
 */
static void add_name(const struct page *page, struct buffer *output,
                     const struct journal_text *name)
{
    static const struct journal_text none = {"", 0};

    add(page, output, &none, name);
}

/* ---- arguments ---- */

/* The id of an app is no secret, whatever it looks like. */
static void write_argument(const struct page *page,
                           const struct journal_entry *entry,
                           const struct journal_pair *pair)
{
    struct buffer name = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    add_name(page, &name, &pair->name);
    if (entry->client_is_known &&
        text_equals(pair->name.bytes, pair->name.length, "client_id"))
        buffer_add(&value, pair->value.bytes, pair->value.length);
    else
        add(page, &value, &pair->name, &pair->value);
    json_write_member(page->writer, &name, &value);
    buffer_free(&name);
    buffer_free(&value);
}

/* Of several arguments of one name only the last one counts. */
static void write_arguments(const struct page *page,
                            const struct journal_entry *entry)
{
    struct hash_table last = {0};
    size_t number;

    json_write_object(page->writer, "arguments");
    for (number = 0; number < entry->argument_count; number++) {
        struct journal_pair *pair = &entry->arguments[number];

        hash_table_put(&last, pair->name.bytes, pair->name.length, pair);
    }
    for (number = 0; number < entry->argument_count; number++) {
        const struct journal_pair *pair = &entry->arguments[number];

        if (hash_table_find(&last, pair->name.bytes, pair->name.length) == pair)
            write_argument(page, entry, pair);
    }
    hash_table_free(&last);
    json_write_object_end(page->writer);
}

/* ---- headers ---- */

/* All headers of one name, joined where the first one stands. */
struct joined {
    struct buffer name; /* in lower case */
    struct buffer value;
};

static void add_lower_case(struct buffer *name, const char *bytes)
{
    for (; *bytes; bytes++)
        buffer_add_byte(name, text_lower(*bytes));
}

/* Headers that are meant for secrets, and those whose names tell of one. */
static bool is_secret_header(const char *name)
{
    static const char *const words[] = {"authorization", "cookie", "secret",
                                        "token"};
    size_t number;

    for (number = 0; number < sizeof words / sizeof *words; number++)
        if (strstr(name, words[number]))
            return true;
    return false;
}

/*
 * A mask shows the end of a text: in Basic's base64 that is the end of the
 * secret, so nothing of it is shown.
 */
static void add_credentials(struct buffer *output, const char *sent)
{
    size_t scheme = strcspn(sent, " ");
    bool is_basic = text_equals_ignore_case(sent, scheme, "Basic");

    if (!is_basic && !text_equals_ignore_case(sent, scheme, "Bearer"))
        scheme = 0;
    while (sent[scheme] == ' ')
        scheme++;
    buffer_add(output, sent, scheme);
    if (is_basic)
        buffer_add_text(output, "...");
    else
        mask_token(output, sent + scheme, strlen(sent + scheme));
}

static void join(const struct page *page, struct joined *joined,
                 const struct journal_text *value)
{
    const struct journal_text name = {buffer_text(&joined->name),
                                      joined->name.length};

    if (joined->value.length)
        buffer_add_text(&joined->value, ", ");
    if (!page->secrets && is_secret_header(name.bytes))
        add_credentials(&joined->value, value->bytes);
    else
        add(page, &joined->value, &name, value);
}

/*
 * Joins headers of one name into `all`, which has room for all headers; returns
 * how many names there are.
 */
static size_t join_headers(const struct page *page,
                           const struct journal_entry *entry,
                           struct joined *all)
{
    struct hash_table by_name = {0};
    size_t count = 0;
    size_t number;

    for (number = 0; number < entry->header_count; number++) {
        const struct journal_pair *header = &entry->headers[number];
        struct buffer *name = &all[count].name;
        struct joined *joined;

        buffer_clear(name);
        add_lower_case(name, header->name.bytes);
        joined = hash_table_find(&by_name, buffer_text(name), name->length);
        if (!joined) {
            joined = &all[count++];
            hash_table_put(&by_name, buffer_text(name), name->length, joined);
        }
        join(page, joined, &header->value);
    }
    hash_table_free(&by_name);
    return count;
}

static void write_header(const struct page *page, const struct joined *joined)
{
    const struct journal_text sent = {buffer_text(&joined->name),
                                      joined->name.length};
    struct buffer name = BUFFER_INIT;

    add_name(page, &name, &sent);
    json_write_member(page->writer, &name, &joined->value);
    buffer_free(&name);
}

static void write_headers(const struct page *page,
                          const struct journal_entry *entry)
{
    struct joined *all = xcalloc(entry->header_count + 1, sizeof *all);
    size_t count = join_headers(page, entry, all);
    size_t number;

    json_write_object(page->writer, "headers");
    for (number = 0; number < count; number++)
        write_header(page, &all[number]);
    json_write_object_end(page->writer);
    for (number = 0; number <= entry->header_count; number++) {
        buffer_free(&all[number].name);
        buffer_free(&all[number].value);
    }
    free(all);
}

/* ---- the entry ---- */

/* Splits the warnings, which are joined by commas. */
static void write_warnings(const struct page *page, const char *warnings)
{
    json_write_array(page->writer, "warnings");
    while (warnings) {
        const struct journal_text warning = {warnings, strcspn(warnings, ",")};
        struct buffer shown = BUFFER_INIT;

        add_name(page, &shown, &warning);
        json_write_bytes(page->writer, NULL, buffer_text(&shown), shown.length);
        buffer_free(&shown);
        warnings += warning.length;
        warnings = *warnings ? warnings + 1 : NULL;
    }
    json_write_array_end(page->writer);
}

void journal_entry_write(const struct journal_entry *entry, bool secrets,
                         struct json_writer *writer)
{
    const struct page page = {writer, secrets};
    char time[ISO_8601_SIZE];

    timestamp_to_iso_8601(entry->time, time);
    json_write_object(writer, NULL);
    json_write_integer(writer, "id", entry->id);
    json_write_text(writer, "time", time);
    write_text(&page, "http_method", &entry->verb);
    write_text(&page, "path", &entry->target);
    write_text(&page, "method", &entry->method);
    write_headers(&page, entry);
    write_arguments(&page, entry);
    if (entry->status)
        json_write_integer(writer, "status", entry->status);
    else
        json_write_null(writer, "status");
    write_text(&page, "error", &entry->error);
    write_warnings(&page, entry->warnings.bytes);
    write_text(&page, "rule", &entry->rule);
    write_text(&page, "hint", &entry->hint);
    json_write_text(writer, "fault", entry->fault);
    json_write_text(writer, "effect", entry->committed ? "committed" : "none");
    json_write_object_end(writer);
}
