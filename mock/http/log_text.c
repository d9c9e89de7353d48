/* Control characters and what is no UTF-8 are told by their number. */
#include "log_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"

void log_text_add_escaped(struct buffer *line, const struct buffer *value,
                          const char *quote)
{
    bool is_utf8 = charset_is_utf8(value->data, value->length);

    for (size_t i = 0; i < value->length; i++) {
        char byte = value->data[i];

        if (text_is_control(byte) || ((byte & 0x80) && !is_utf8))
            buffer_printf(line, "\\x%02x", (unsigned char)byte);
        else if (*quote && (byte == '"' || byte == '\\'))
            buffer_printf(line, "\\%c", byte);
        else
            buffer_add_byte(line, byte);
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
