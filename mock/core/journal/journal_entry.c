/*
 * Writes one entry as JSON. Every text passes through page_add(), which masks
 * it: clients put secrets into every part of a request.
 */
#include "journal/journal_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "journal/journal_parts.h"
#include "journal/mask.h"
#include "journal/secret_name.h"

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
    if (!page->secrets && secret_name_is_header(name.bytes))
        add_credentials(&joined->value, value->bytes);
    else
        page_add(page, &joined->value, &name, value);
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
    struct buffer value = BUFFER_INIT;

    page_add_name(page, &name, &sent);
    json_write_string(&value, buffer_text(&joined->value),
                      joined->value.length);
    json_write_member(page->writer, &name, &value);
    buffer_free(&name);
    buffer_free(&value);
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

        page_add_name(page, &shown, &warning);
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
    page_write_text(&page, "http_method", &entry->verb);
    page_write_text(&page, "path", &entry->target);
    page_write_text(&page, "method", &entry->method);
    write_headers(&page, entry);
    page_write_arguments(&page, entry);
    if (entry->status)
        json_write_integer(writer, "status", entry->status);
    else
        json_write_null(writer, "status");
    page_write_text(&page, "error", &entry->error);
    write_warnings(&page, entry->warnings.bytes);
    page_write_text(&page, "rule", &entry->rule);
    page_write_text(&page, "reason", &entry->reason);
    page_write_text(&page, "hint", &entry->hint);
    json_write_text(writer, "fault", entry->fault);
    json_write_text(writer, "effect", entry->committed ? "committed" : "none");
    page_write_body(&page, entry);
    json_write_object_end(writer);
}
