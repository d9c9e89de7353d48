/* What of an entry is shown as it came, and what is masked. */
#include <string.h>

#include "journal/journal_parts.h"
#include "journal/mask.h"

void page_add(const struct page *page, struct buffer *output,
              const struct journal_text *name, const struct journal_text *value)
{
    if (page->secrets)
        buffer_add(output, value->bytes, value->length);
    else
        mask_value(output, name->bytes, name->length, value->bytes,
                   value->length);
}

void page_add_name(const struct page *page, struct buffer *output,
                   const struct journal_text *name)
{
    static const struct journal_text none = {"", 0};

    page_add(page, output, &none, name);
}

void page_write_text(const struct page *page, const char *key,
                     const struct journal_text *text)
{
    const struct journal_text name = {key, strlen(key)};
    struct buffer shown = BUFFER_INIT;

    if (text->bytes) {
        page_add(page, &shown, &name, text);
        json_write_bytes(page->writer, key, buffer_text(&shown), shown.length);
    } else {
        json_write_null(page->writer, key);
    }
    buffer_free(&shown);
}

void page_write_body(const struct page *page, const struct journal_entry *entry)
{
    const struct journal_text kept = {entry->body, entry->body_kept};
    struct buffer shown = BUFFER_INIT;

    if (!kept.bytes) {
        json_write_null(page->writer, "body");
        return;
    }
    page_add_name(page, &shown, &kept);
    if (entry->body_length > kept.length)
        buffer_printf(&shown, "\n... (%zu bytes in all)", entry->body_length);
    json_write_bytes(page->writer, "body", buffer_text(&shown), shown.length);
    buffer_free(&shown);
}
