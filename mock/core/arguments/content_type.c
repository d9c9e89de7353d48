/*
 * Reads a Content-Type header. Of a parameter given twice the first counts. A
 * charset whose quotes are broken is not one that Slack takes; a boundary so
 * written, or with bytes that RFC 2046 does not allow in one, is none.
 */
#include "arguments/content_type.h"

#include <stdbool.h>
#include <string.h>

#include "arguments/header_value.h"
#include "base/text.h"

static enum media_type media_from_name(const char *name, size_t length)
{
    static const struct {
        const char *name;
        enum media_type media;
    } known[] = {
        {"application/json", MEDIA_JSON},
        {"application/x-www-form-urlencoded", MEDIA_URLENCODED},
        {"multipart/form-data", MEDIA_MULTIPART},
        {"text/plain", MEDIA_TEXT},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (text_equals_ignore_case(name, length, known[i].name))
            return known[i].media;
    }
    return MEDIA_OTHER;
}

static bool is_boundary_byte(char byte)
{
    return byte &&
           (text_is_alphanumeric(byte) || strchr("'()+_,-./:=? ", byte));
}

static bool is_legal_boundary(const struct buffer *value)
{
    if (value->length == 0 || value->length > BOUNDARY_MAX)
        return false;
    for (size_t i = 0; i < value->length; i++) {
        if (!is_boundary_byte(value->data[i]))
            return false;
    }
    return value->data[value->length - 1] != ' ';
}

static void read_parameters(struct header_value *header,
                            struct content_type *type)
{
    bool boundary_read = false;

    while (header_value_next(header)) {
        const struct buffer *value = &header->value;

        if (text_equals_ignore_case(header->name, header->name_length,
                                    "charset")) {
            if (type->charset == CHARSET_NONE)
                type->charset =
                    charset_from_name(buffer_text(value), value->length);
        } else if (text_equals_ignore_case(header->name, header->name_length,
                                           "boundary")) {
            if (!boundary_read && is_legal_boundary(value))
                memcpy(type->boundary, value->data, value->length + 1);
            boundary_read = true;
        }
    }
}

struct content_type content_type_parse(const char *value)
{
    struct content_type type = {MEDIA_NONE, CHARSET_NONE, ""};
    struct header_value header;

    if (!value)
        return type;
    header_value_start(&header, value, strlen(value));
    if (!header_value_is_empty(&header)) {
        type.media = media_from_name(header.name, header.name_length);
        read_parameters(&header, &type);
    }
    header_value_end(&header);
    return type;
}
