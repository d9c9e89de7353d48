/*
 * Writes JSON. cJSON serves for reading alone: a reply is a dozen fields in a
 * fixed order, which need no tree, and a journal entry may hold a NUL, which
 * cJSON cannot print.
 */
#include "json/json_writer.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/charset.h"
#include "json/json_plain.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define WHOLE_MOST                                                             \
    9007199254740992.0 /* a double holds all whole numbers up to it */

static void add_escape(struct buffer *output, unsigned char byte)
{
    static const char short_escapes[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',  ['\f'] = 'f',
        ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\',
    };

    if (byte < sizeof short_escapes && short_escapes[byte]) {
        buffer_add_byte(output, '\\');
        buffer_add_byte(output, short_escapes[byte]);
    } else {
        buffer_printf(output, "\\u%04x", byte);
    }
}

/* The length of the UTF-8 character that starts here, 0 if none does. */
static size_t character_length(const char *bytes, size_t length)
{
    size_t size;

    for (size = 2; size <= 4 && size <= length; size++)
        if (charset_is_utf8(bytes, size))
            return size;
    return 0;
}

/* Lays a string out that needs no escape; returns what follows it. */
static char *lay_plain_string(char *at, const char *bytes, size_t length)
{
    *at++ = '"';
    if (length)
        memcpy(at, bytes, length);
    at[length] = '"';
    return at + length + 1;
}

void json_write_plain_string(struct buffer *output, const char *bytes,
                             size_t length)
{
    (void)lay_plain_string(buffer_extend(output, length + 2), bytes, length);
}

void json_write_string(struct buffer *output, const char *bytes, size_t length)
{
    size_t at = 0;

    if (json_plain_run(bytes, length) == length) {
        json_write_plain_string(output, bytes, length);
        return;
    }
    buffer_add_byte(output, '"');
    while (at < length) {
        size_t run = json_plain_run(bytes + at, length - at);

        if (run)
            buffer_add(output, bytes + at, run);
        at += run;
        if (at == length)
            break;
        if ((unsigned char)bytes[at] < 0x80) {
            add_escape(output, (unsigned char)bytes[at++]);
            continue;
        }
        run = character_length(bytes + at, length - at);
        buffer_add(output, run ? bytes + at : REPLACEMENT,
                   run ? run : strlen(REPLACEMENT));
        at += run ? run : 1;
    }
    buffer_add_byte(output, '"');
}

static void new_line(struct json_writer *writer)
{
    int column;

    if (!writer->indent || writer->depth == 0)
        return;
    buffer_add_byte(writer->output, '\n');
    for (column = 0; column < writer->depth; column++)
        buffer_add(writer->output, "    ", 4);
}

/* The quick way for a member of compact JSON, as nearly all are. */
static void begin_compact_member(struct json_writer *writer, const char *key,
                                 size_t key_length)
{
    char *at = buffer_extend(writer->output,
                             key_length + (writer->has_sibling ? 4 : 3));

    if (writer->has_sibling)
        *at++ = ',';
    *lay_plain_string(at, key, key_length) = ':';
}

/* Writes what precedes a value: the comma, the new line, the key. */
static void begin_member(struct json_writer *writer, const char *key,
                         size_t key_length)
{
    if (key && !writer->indent &&
        json_plain_run(key, key_length) == key_length) {
        begin_compact_member(writer, key, key_length);
        writer->has_sibling = true;
        return;
    }
    if (writer->has_sibling)
        buffer_add_byte(writer->output, ',');
    new_line(writer);
    if (key) {
        json_write_string(writer->output, key, key_length);
        buffer_add_byte(writer->output, ':');
        if (writer->indent)
            buffer_add_byte(writer->output, ' ');
    }
    writer->has_sibling = true;
}

static void begin_value(struct json_writer *writer, const char *key)
{
    begin_member(writer, key, key ? strlen(key) : 0);
}

static void open_nest(struct json_writer *writer, const char *key, char bracket)
{
    begin_value(writer, key);
    buffer_add_byte(writer->output, bracket);
    writer->depth++;
    writer->has_sibling = false;
}

static void close_nest(struct json_writer *writer, char bracket)
{
    bool was_empty = !writer->has_sibling;

    writer->depth--;
    writer->has_sibling = true;
    if (!was_empty && writer->indent && writer->depth == 0)
        buffer_add_byte(writer->output, '\n');
    else if (!was_empty)
        new_line(writer);
    buffer_add_byte(writer->output, bracket);
}

void json_write_object(struct json_writer *writer, const char *key)
{
    open_nest(writer, key, '{');
}

void json_write_object_end(struct json_writer *writer)
{
    close_nest(writer, '}');
}

void json_write_array(struct json_writer *writer, const char *key)
{
    open_nest(writer, key, '[');
}

void json_write_array_end(struct json_writer *writer)
{
    close_nest(writer, ']');
}

void json_write_bytes(struct json_writer *writer, const char *key,
                      const char *bytes, size_t length)
{
    begin_value(writer, key);
    json_write_string(writer->output, bytes, length);
}

void json_write_member(struct json_writer *writer, const struct buffer *key,
                       const struct buffer *value)
{
    begin_member(writer, buffer_text(key), key->length);
    buffer_add(writer->output, buffer_text(value), value->length);
}

void json_write_members(struct json_writer *writer, const char *members,
                        size_t length)
{
    begin_member(writer, NULL, 0);
    buffer_add(writer->output, members, length);
}

void json_write_json(struct json_writer *writer, const char *key,
                     const char *json)
{
    begin_value(writer, key);
    buffer_add_text(writer->output, json);
}

void json_write_text(struct json_writer *writer, const char *key,
                     const char *text)
{
    if (text)
        json_write_bytes(writer, key, text, strlen(text));
    else
        json_write_null(writer, key);
}

void json_write_integer(struct json_writer *writer, const char *key,
                        long long number)
{
    begin_value(writer, key);
    buffer_add_integer(writer->output, number);
}

void json_write_boolean(struct json_writer *writer, const char *key, bool value)
{
    begin_value(writer, key);
    buffer_add_text(writer->output, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer, const char *key)
{
    begin_value(writer, key);
    buffer_add_text(writer->output, "null");
}

void json_write_number(struct buffer *output, const cJSON *number)
{
    const double value = number->valuedouble;
    char *text;

    if (value >= -WHOLE_MOST && value <= WHOLE_MOST &&
        value == (double)(long long)value) {
        buffer_add_integer(output, (long long)value);
        return;
    }
    text = cJSON_PrintUnformatted(number);
    buffer_add_text(output, text ? text : "0");
    cJSON_free(text);
}

static void write_number(struct json_writer *writer, const char *key,
                         const cJSON *value)
{
    begin_value(writer, key);
    json_write_number(writer->output, value);
}

static void write_nest(struct json_writer *writer, const char *key,
                       const cJSON *value)
{
    bool is_object = cJSON_IsObject(value);
    const cJSON *item;

    open_nest(writer, key, is_object ? '{' : '[');
    cJSON_ArrayForEach (item, value)
        json_write_tree(writer, is_object ? item->string : NULL, item);
    close_nest(writer, is_object ? '}' : ']');
}

void json_write_tree(struct json_writer *writer, const char *key,
                     const struct cJSON *value)
{
    if (cJSON_IsObject(value) || cJSON_IsArray(value))
        write_nest(writer, key, value);
    else if (cJSON_IsString(value))
        json_write_text(writer, key, value->valuestring);
    else if (cJSON_IsBool(value))
        json_write_boolean(writer, key, cJSON_IsTrue(value));
    else if (cJSON_IsNumber(value))
        write_number(writer, key, value);
    else
        json_write_null(writer, key);
}
