/* Spells out mistakes, one a line, in one form for all of them. */
#include "json/mistakes.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "json/json_writer.h"

#define SHOWN_MAX 60 /* bytes of a found text */

static bool is_plain_key(const char *key)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

    return *key && key[strspn(key, plain)] == '\0';
}

static void add_path(struct buffer *line, const struct json_path *path)
{
    if (!path->parent) {
        buffer_add_byte(line, '$');
        return;
    }
    add_path(line, path->parent);
    if (!path->key) {
        buffer_printf(line, "[%zu]", path->index);
    } else if (is_plain_key(path->key)) {
        buffer_printf(line, ".%s", path->key);
    } else {
        buffer_add_byte(line, '[');
        json_write_string(line, path->key, strlen(path->key));
        buffer_add_byte(line, ']');
    }
}

/* A name may hold line ends, and a mistake must stay one line. */
static void add_in_line(struct buffer *line, const char *text)
{
    for (; *text; text++)
        if (text_is_control(*text))
            buffer_printf(line, "\\u%04x", (unsigned)*text);
        else
            buffer_add_byte(line, *text);
}

static void add_mistake(struct mistakes *mistakes, const char *file,
                        const struct json_path *path, const char *text)
{
    struct buffer *lines = mistakes->lines;

    add_in_line(lines, file);
    buffer_add_text(lines, ": ");
    if (path) {
        add_path(lines, path);
        buffer_add_text(lines, ": ");
    }
    add_in_line(lines, text);
    buffer_add_byte(lines, '\n');
    mistakes->count++;
}

void mistake(struct mistakes *mistakes, const char *file,
             const struct json_path *path, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    add_mistake(mistakes, file, path, text);
    free(text);
}

void mistake_at(struct mistakes *mistakes, const struct origin *origin,
                const char *key, const char *format, ...)
{
    const struct json_path top = {0};
    const struct json_path list = {origin->above ? origin->above : &top,
                                   origin->list, 0};
    const struct json_path entry = {&list, NULL, origin->index};
    const struct json_path member = {&entry, key, 0};
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = xvasprintf(format, arguments);
    va_end(arguments);
    add_mistake(mistakes, origin->file, key ? &member : &entry, text);
    free(text);
}

static void describe(struct buffer *found, const cJSON *value)
{
    if (cJSON_IsObject(value)) {
        buffer_add_text(found, "an object");
    } else if (cJSON_IsArray(value)) {
        buffer_add_text(found, "an array");
    } else if (cJSON_IsString(value)) {
        size_t length = strlen(value->valuestring);

        if (length <= SHOWN_MAX) {
            json_write_string(found, value->valuestring, length);
            return;
        }
        for (length = SHOWN_MAX; (value->valuestring[length] & 0xc0) == 0x80;)
            length--; /* not inside a character */
        json_write_string(found, value->valuestring, length);
        buffer_add_text(found, "...");
    } else {
        struct json_writer writer = {.output = found};

        json_write_tree(&writer, NULL, value);
    }
}

void mistake_found(struct mistakes *mistakes, const char *file,
                   const struct json_path *path, const struct cJSON *value,
                   const char *wanted)
{
    struct buffer found = BUFFER_INIT;

    describe(&found, value);
    mistake(mistakes, file, path, "found %s, wanted %s", buffer_text(&found),
            wanted);
    buffer_free(&found);
}
