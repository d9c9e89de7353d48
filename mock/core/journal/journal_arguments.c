/*
 * The arguments of an entry: texts as JSON strings, what came as a JSON array
 * or object as such, and files as an object that describes them.
 */
#include <cjson/cJSON.h>

#include "base/hash_table.h"
#include "base/text.h"
#include "journal/journal_parts.h"
#include "json/json_text.h"

/* Masked in its midst it is JSON still; masked as a whole it is a text. */
static void show_json(const struct page *page, struct buffer *output,
                      const struct journal_pair *pair)
{
    struct json_syntax_error error;
    struct buffer shown = BUFFER_INIT;
    cJSON *tree;

    page_add(page, &shown, &pair->name, &pair->value);
    tree = json_text_parse(buffer_text(&shown), shown.length, JSON_DEPTH_MOST,
                           &error);
    if (tree)
        buffer_add(output, shown.data, shown.length);
    else
        json_write_string(output, buffer_text(&shown), shown.length);
    cJSON_Delete(tree);
    buffer_free(&shown);
}

/* The id of an app is no secret, whatever it looks like. */
static void show_text(const struct page *page, struct buffer *output,
                      const struct journal_entry *entry,
                      const struct journal_pair *pair)
{
    struct buffer shown = BUFFER_INIT;

    if (entry->client_is_known &&
        text_equals(pair->name.bytes, pair->name.length, "client_id"))
        buffer_add(&shown, pair->value.bytes, pair->value.length);
    else
        page_add(page, &shown, &pair->name, &pair->value);
    json_write_string(output, buffer_text(&shown), shown.length);
    buffer_free(&shown);
}

static void write_argument(const struct page *page,
                           const struct journal_entry *entry,
                           const struct journal_pair *pair)
{
    const bool is_json = entry->is_json[pair - entry->arguments];
    struct buffer name = BUFFER_INIT;
    struct buffer value = BUFFER_INIT;

    page_add_name(page, &name, &pair->name);
    if (is_json)
        show_json(page, &value, pair);
    else
        show_text(page, &value, entry, pair);
    json_write_member(page->writer, &name, &value);
    buffer_free(&name);
    buffer_free(&value);
}

/* Of several arguments of one name only the last one counts. */
void page_write_arguments(const struct page *page,
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
