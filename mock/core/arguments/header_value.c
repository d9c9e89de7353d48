/*
 * Reads a header's value from parameter to parameter. A value whose quotes do
 * not close before the next `;` ends there, so that one slip spoils one
 * parameter and not those after it.
 */
#include "arguments/header_value.h"

#include <string.h>

#include "base/text.h"

static bool is_space(char byte)
{
    return text_is_blank(byte) || byte == '\r' || byte == '\n';
}

static const char *skip_spaces(const char *at, const char *end)
{
    while (at < end && is_space(*at))
        at++;
    return at;
}

/* The end of what lies between `start` and `end` without spaces after it. */
static const char *trim_end(const char *start, const char *end)
{
    while (end > start && is_space(end[-1]))
        end--;
    return end;
}

/* Where that byte first is, or the end. */
static const char *find(char byte, const char *at, const char *end)
{
    const char *found = memchr(at, byte, (size_t)(end - at));

    return found ? found : end;
}

/* Reads up to the next `;`, or `stop` if that comes first. */
static void read_name(struct header_value *header, char stop)
{
    const char *start = skip_spaces(header->rest, header->end);
    const char *at = find(stop, start, find(';', start, header->end));

    header->name = start;
    header->name_length = (size_t)(trim_end(start, at) - start);
    header->rest = at;
}

void header_value_start(struct header_value *header, const char *bytes,
                        size_t length)
{
    *header = (struct header_value){.rest = bytes, .end = bytes + length};
    read_name(header, ';');
}

bool header_value_is_empty(const struct header_value *header)
{
    return header->name_length == 0 && header->rest == header->end;
}

static void skip_to_semicolon(struct header_value *header)
{
    header->rest = find(';', header->rest, header->end);
}

static void read_plain(struct header_value *header)
{
    const char *start = header->rest;

    skip_to_semicolon(header);
    buffer_add(&header->value, start,
               (size_t)(trim_end(start, header->rest) - start));
}

/* Reads a quoted value; false if it is not closed or more stands after it. */
static bool read_quoted(struct header_value *header)
{
    const char *at = header->rest + 1;

    while (at < header->end && *at != '"') {
        if (*at == '\\' && at + 1 < header->end)
            at++;
        buffer_add_byte(&header->value, *at);
        at++;
    }
    if (at == header->end)
        return false;
    at = skip_spaces(at + 1, header->end);
    if (at < header->end && *at != ';')
        return false;
    header->rest = at;
    return true;
}

static void read_value(struct header_value *header)
{
    buffer_clear(&header->value);
    header->malformed = false;
    header->rest = skip_spaces(header->rest + 1, header->end);
    if (header->rest == header->end || *header->rest != '"') {
        read_plain(header);
        return;
    }
    if (read_quoted(header))
        return;
    skip_to_semicolon(header);
    buffer_clear(&header->value);
    header->malformed = true;
}

bool header_value_next(struct header_value *header)
{
    while (header->rest < header->end) {
        header->rest++; /* the `;` */
        read_name(header, '=');
        if (header->rest < header->end && *header->rest == '=') {
            read_value(header);
            return true;
        }
    }
    return false;
}

void header_value_end(struct header_value *header)
{
    buffer_free(&header->value);
}
