/*
 * Reads an urlencoded form piece by piece, each byte once. It is stricter than
 * PHP, which lets `%zz` pass: a client that sends that has a bug, and should
 * hear of it.
 */
#include "arguments/form.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

struct text {
    const char *bytes;
    size_t length;
};

/* The buffers that a piece is decoded into, used again for the next one. */
struct decoder {
    enum charset charset;
    bool is_plain;     /* nothing is to be decoded, as in most forms */
    struct buffer raw; /* bytes in that charset */
    struct buffer name;
    struct buffer value;
};

/* The byte that the escape at `at` stands for, -1 if it is a bad one. */
static int escaped_byte(const char *at, const char *end)
{
    int high;
    int low;

    if (end - at < 3)
        return -1;
    high = text_hex_digit(at[1]);
    low = text_hex_digit(at[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static const char *skip_plain(const char *at, const char *end)
{
    while (at < end && *at != '%' && *at != '+')
        at++;
    return at;
}

int form_unescape(const char *bytes, size_t length, struct buffer *raw)
{
    const char *end = bytes + length;
    const char *at = bytes;

    buffer_clear(raw);
    while (at < end) {
        const char *special = skip_plain(at, end);
        int byte = ' ';

        buffer_add(raw, at, (size_t)(special - at));
        if (special == end)
            break;
        if (*special == '%')
            byte = escaped_byte(special, end);
        if (byte < 0)
            return -1;
        buffer_add_byte(raw, (char)byte);
        at = special + (*special == '%' ? 3 : 1);
    }
    return 0;
}

/* True if every text of the form stands in it as it is to be. */
static bool is_plain(const char *bytes, size_t length, enum charset charset)
{
    return (charset == CHARSET_NONE || charset == CHARSET_UTF_8) &&
           !memchr(bytes, '%', length) && !memchr(bytes, '+', length) &&
           charset_is_utf8(bytes, length);
}

/* Points `text` to the decoded text. */
static int decode_text(struct decoder *decoder, const char *start,
                       const char *end, struct buffer *decoded,
                       struct text *text)
{
    if (decoder->is_plain) {
        *text = (struct text){start, (size_t)(end - start)};
        return 0;
    }
    buffer_clear(decoded);
    if (form_unescape(start, (size_t)(end - start), &decoder->raw) ||
        charset_to_utf8(decoder->charset, buffer_text(&decoder->raw),
                        decoder->raw.length, decoded))
        return -1;
    *text = (struct text){buffer_text(decoded), decoded->length};
    return 0;
}

static int decode_piece(struct decoder *decoder, const char *start,
                        const char *end, struct arguments *arguments)
{
    const char *equals = memchr(start, '=', (size_t)(end - start));
    struct text name;
    struct text value;

    if (decode_text(decoder, start, equals ? equals : end, &decoder->name,
                    &name))
        return -1;
    if (decode_text(decoder, equals ? equals + 1 : end, end, &decoder->value,
                    &value))
        return -1;
    arguments_add(arguments, name.bytes, name.length, value.bytes,
                  value.length);
    return 0;
}

int form_decode(const char *bytes, size_t length, enum charset charset,
                struct arguments *arguments)
{
    struct decoder decoder = {.charset = charset};
    size_t start = 0;
    int result = 0;

    decoder.is_plain = length && is_plain(bytes, length, charset);
    while (result == 0 && start < length) {
        const char *piece = bytes + start;
        const char *ampersand = memchr(piece, '&', length - start);
        const char *end = ampersand ? ampersand : bytes + length;

        if (end > piece)
            result = decode_piece(&decoder, piece, end, arguments);
        start = (size_t)(end - bytes) + 1;
    }
    buffer_free(&decoder.raw);
    buffer_free(&decoder.name);
    buffer_free(&decoder.value);
    return result;
}
