/*
 * Control characters, marks of a line's end or direction, and what is no UTF-8
 * are told by their number: a terminal might obey them.
 */
#include "log_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"

/* How many bytes of UTF-8 here are C1, U+2028 to U+202E or U+2066 to U+2069. */
static size_t unseen_length(const char *bytes, size_t length)
{
    const unsigned char *byte = (const unsigned char *)bytes;

    if (length >= 2 && byte[0] == 0xc2 && byte[1] <= 0x9f)
        return 2;
    if (length >= 3 && byte[0] == 0xe2 &&
        ((byte[1] == 0x80 && byte[2] >= 0xa8 && byte[2] <= 0xae) ||
         (byte[1] == 0x81 && byte[2] >= 0xa6 && byte[2] <= 0xa9)))
        return 3;
    return 0;
}

void log_text_add_escaped(struct buffer *line, const struct buffer *value,
                          const char *quote)
{
    bool is_utf8 = charset_is_utf8(value->data, value->length);
    size_t unseen = 0;

    for (size_t i = 0; i < value->length; i++) {
        char byte = value->data[i];

        if (!unseen)
            unseen = unseen_length(value->data + i, value->length - i);
        if (text_is_control(byte) || ((byte & 0x80) && !is_utf8) || unseen)
            buffer_printf(line, "\\x%02x", (unsigned char)byte);
        else if (*quote && (byte == '"' || byte == '\\'))
            buffer_printf(line, "\\%c", byte);
        else
            buffer_add_byte(line, byte);
        unseen -= unseen > 0;
    }
}

static bool is_plain(const struct buffer *value)
{
    for (size_t i = 0; i < value->length; i++) {
        char byte = value->data[i];

        if (!text_is_alphanumeric(byte) && !strchr("-._,:/", byte))
            return false;
    }
    return value->length > 0;
}

void log_text_add_field(struct buffer *line, const char *name,
                        const struct buffer *value)
{
    const char *quote = is_plain(value) ? "" : "\"";

    buffer_printf(line, " %s=%s", name, quote);
    log_text_add_escaped(line, value, quote);
    buffer_add_text(line, quote);
}
