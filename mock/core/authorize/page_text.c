/* Escapes byte by byte. */
#include "authorize/page_text.h"

#include <string.h>

#include "base/text.h"

void page_add_bytes(struct buffer *page, const char *bytes, size_t length)
{
    size_t place;

    for (place = 0; place < length; place++) {
        if (text_is_control(bytes[place]) || strchr("&<>\"'", bytes[place]))
            buffer_printf(page, "&#%d;", (unsigned char)bytes[place]);
        else
            buffer_add_byte(page, bytes[place]);
    }
}

void page_add_text(struct buffer *page, const char *text)
{
    page_add_bytes(page, text, strlen(text));
}

void page_add_form_value(struct buffer *url, const char *bytes, size_t length)
{
    size_t place;

    for (place = 0; place < length; place++) {
        if (text_is_alphanumeric(bytes[place]) ||
            (bytes[place] && strchr("*-._", bytes[place])))
            buffer_add_byte(url, bytes[place]);
        else if (bytes[place] == ' ')
            buffer_add_byte(url, '+');
        else
            buffer_printf(url, "%%%02X", (unsigned char)bytes[place]);
    }
}
