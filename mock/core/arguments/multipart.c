/*
 * Reads a multipart body line by line, each byte a fixed number of times,
 * whatever it holds. A line ends in CRLF; a bare LF is taken too, since bodies
 * written by hand have it.
 */
#include "arguments/multipart.h"

#include <stdbool.h>
#include <string.h>

#include "arguments/content_type.h"
#include "arguments/header_value.h"
#include "base/buffer.h"
#include "base/text.h"
#include "json/json_writer.h"

enum line_kind { LINE_TEXT, LINE_DELIMITER, LINE_LAST_DELIMITER };

struct reader {
    const char *rest;
    const char *end;
    const char *boundary;
    size_t boundary_length;
    const char *line; /* the one last read, without its line end */
    size_t line_length;
};

struct part {
    struct buffer name;
    bool is_named;
    struct buffer file_name;
    bool is_file;
    struct buffer type;       /* as it stands in the Content-Type */
    enum charset own_charset; /* CHARSET_NONE: that of the form */
};

static bool next_line(struct reader *reader)
{
    size_t left = (size_t)(reader->end - reader->rest);
    const char *newline;

    if (left == 0)
        return false;
    newline = memchr(reader->rest, '\n', left);
    reader->line = reader->rest;
    reader->line_length = newline ? (size_t)(newline - reader->line) : left;
    reader->rest = newline ? newline + 1 : reader->end;
    if (newline && newline > reader->line && newline[-1] == '\r')
        reader->line_length--;
    return true;
}

static bool is_all_blank(const char *at, const char *end)
{
    while (at < end && text_is_blank(*at))
        at++;
    return at == end;
}

/* The kind of the line last read. */
static enum line_kind kind_of_line(const struct reader *reader)
{
    const char *at = reader->line;
    const char *end = at + reader->line_length;

    if (reader->line_length < reader->boundary_length + 2 ||
        memcmp(at, "--", 2) != 0 ||
        memcmp(at + 2, reader->boundary, reader->boundary_length) != 0)
        return LINE_TEXT;
    at += reader->boundary_length + 2;
    if (is_all_blank(at, end))
        return LINE_DELIMITER;
    if (end - at >= 2 && memcmp(at, "--", 2) == 0 && is_all_blank(at + 2, end))
        return LINE_LAST_DELIMITER;
    return LINE_TEXT;
}

/* Reads up to the first delimiter; LINE_TEXT if there is none. */
static enum line_kind skip_preamble(struct reader *reader)
{
    enum line_kind kind = LINE_TEXT;

    while (kind == LINE_TEXT && next_line(reader))
        kind = kind_of_line(reader);
    return kind;
}

/* `filename*` is RFC 5987's, which forms should not have and some clients do.
 */
static bool is_file_name(const struct header_value *parameter)
{
    return text_equals_ignore_case(parameter->name, parameter->name_length,
                                   "filename") ||
           text_equals_ignore_case(parameter->name, parameter->name_length,
                                   "filename*");
}

static void read_file_name(struct part *part,
                           const struct header_value *parameter)
{
    if (!part->is_file)
        buffer_add(&part->file_name, buffer_text(&parameter->value),
                   parameter->value.length);
    part->is_file = true;
}

static int read_name(struct part *part, const struct header_value *parameter,
                     enum charset charset)
{
    if (part->is_named || parameter->malformed)
        return 0;
    part->is_named = true;
    return charset_to_utf8(charset, buffer_text(&parameter->value),
                           parameter->value.length, &part->name);
}

/* Of two dispositions the first counts. */
static int read_disposition(struct part *part, const char *value, size_t length,
                            enum charset charset)
{
    struct header_value header;
    int result = 0;

    if (part->is_named)
        return 0;
    header_value_start(&header, value, length);
    while (!result && header_value_next(&header))
        if (is_file_name(&header))
            read_file_name(part, &header);
        else if (text_equals_ignore_case(header.name, header.name_length,
                                         "name"))
            result = read_name(part, &header, charset);
    header_value_end(&header);
    return result;
}

static void read_type(struct part *part, const char *value, size_t length)
{
    while (length && text_is_blank(*value)) {
        value++;
        length--;
    }
    if (!part->type.length)
        buffer_add(&part->type, value, length);
    if (part->own_charset == CHARSET_NONE)
        part->own_charset =
            content_type_parse(buffer_text(&part->type)).charset;
}

static int read_field(struct part *part, const char *field, size_t length,
                      enum charset charset)
{
    const char *colon = memchr(field, ':', length);
    size_t name_length;

    if (!colon)
        return -1;
    name_length = (size_t)(colon - field);
    length -= name_length + 1;
    if (text_equals_ignore_case(field, name_length, "content-disposition"))
        return read_disposition(part, colon + 1, length, charset);
    if (text_equals_ignore_case(field, name_length, "content-type"))
        read_type(part, colon + 1, length);
    return 0;
}

/* True if the line to come continues the field of the line last read. */
static bool is_folded(const struct reader *reader)
{
    return reader->rest < reader->end && text_is_blank(*reader->rest);
}

/* Reads a part's header fields and the empty line after them. */
static int read_head(struct reader *reader, struct part *part,
                     enum charset charset)
{
    while (next_line(reader)) {
        const char *field = reader->line;

        if (reader->line_length == 0)
            return part->is_named ? 0 : -1;
        if (kind_of_line(reader) != LINE_TEXT)
            return -1;
        while (is_folded(reader))
            next_line(reader);
        if (read_field(part, field,
                       (size_t)(reader->line - field) + reader->line_length,
                       charset))
            return -1;
    }
    return -1;
}

/*
 * Reads up to the delimiter that ends a part and returns its kind, LINE_TEXT if
 * there is none. The line end before the delimiter is not content.
 */
static enum line_kind read_content(struct reader *reader, const char **content,
                                   size_t *length)
{
    *content = reader->rest;
    *length = 0;
    while (next_line(reader)) {
        enum line_kind kind = kind_of_line(reader);

        if (kind != LINE_TEXT)
            return kind;
        *length = (size_t)(reader->line - *content) + reader->line_length;
    }
    return LINE_TEXT;
}

/* Nothing but this is kept of it. */
static void add_file(const struct part *part, size_t size,
                     struct arguments *arguments)
{
    struct buffer value = BUFFER_INIT;
    struct json_writer writer = {.output = &value};

    json_write_object(&writer, NULL);
    json_write_bytes(&writer, "name", buffer_text(&part->file_name),
                     part->file_name.length);
    if (part->type.length)
        json_write_bytes(&writer, "type", part->type.data, part->type.length);
    else
        json_write_null(&writer, "type");
    json_write_integer(&writer, "size", (long long)size);
    json_write_object_end(&writer);
    arguments_add(arguments, buffer_text(&part->name), part->name.length,
                  value.data, value.length)
        ->is_file = true;
    buffer_free(&value);
}

static int add_text(const struct part *part, const char *content, size_t length,
                    enum charset charset, struct arguments *arguments)
{
    struct buffer value = BUFFER_INIT;
    int result;

    if (part->own_charset != CHARSET_NONE)
        charset = part->own_charset;
    result = charset_to_utf8(charset, content, length, &value);
    if (result == 0)
        arguments_add(arguments, buffer_text(&part->name), part->name.length,
                      buffer_text(&value), value.length);
    buffer_free(&value);
    return result;
}

/* Adds the part that begins here; LINE_TEXT if it is a broken one. */
static enum line_kind read_part(struct reader *reader, enum charset charset,
                                struct arguments *arguments)
{
    struct part part = {.own_charset = CHARSET_NONE};
    enum line_kind kind = LINE_TEXT;
    const char *content;
    size_t length;

    if (read_head(reader, &part, charset) == 0)
        kind = read_content(reader, &content, &length);
    if (kind != LINE_TEXT && part.is_file)
        add_file(&part, length, arguments);
    else if (kind != LINE_TEXT &&
             add_text(&part, content, length, charset, arguments) != 0)
        kind = LINE_TEXT;
    buffer_free(&part.name);
    buffer_free(&part.file_name);
    buffer_free(&part.type);
    return kind;
}

int multipart_decode(const char *bytes, size_t length, const char *boundary,
                     enum charset charset, struct arguments *arguments)
{
    struct reader reader = {.boundary = boundary,
                            .boundary_length = strlen(boundary)};
    enum line_kind kind;

    if (length == 0 || reader.boundary_length == 0)
        return -1;
    reader.rest = bytes;
    reader.end = bytes + length;
    kind = skip_preamble(&reader);
    if (kind != LINE_DELIMITER)
        return -1;
    while (kind == LINE_DELIMITER)
        kind = read_part(&reader, charset, arguments);
    return kind == LINE_LAST_DELIMITER ? 0 : -1;
}
