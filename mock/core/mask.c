/*
 * Finds secrets in texts that may be percent-encoded, once or over again. What
 * is no secret is passed on as it was written.
 */
#include "mask.h"

#include <stdbool.h>
#include <string.h>

#include "text.h"

#define TAIL_MAX 4

/* `?` stands for any letter. The first that fits counts. */
static const char *const token_kinds[] = {"xoxe.xox?-", "xoxe-", "xox?-",
                                          "xapp-"};

static const char *const secret_names[] = {"client_secret", "code",
                                           "refresh_token", "token"};

/* One byte as a decoder would read it, and how many it is written in. */
struct glyph {
    char byte;
    size_t written;
};

static int hex_digit(char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = NULL;

    if (text_is_alphanumeric(byte))
        found = strchr(digits, byte | 0x20);
    return found ? (int)(found - digits) : -1;
}

/* `%2D`, `%252D` and so on are all a dash. */
static struct glyph glyph_at(const char *text, size_t length, size_t place)
{
    size_t digits = place + 1;
    int high = -1;
    int low = -1;

    if (text[place] != '%')
        return (struct glyph){text[place], 1};
    while (length - digits >= 4 && memcmp(text + digits, "25", 2) == 0)
        digits += 2;
    if (length - digits >= 2) {
        high = hex_digit(text[digits]);
        low = hex_digit(text[digits + 1]);
    }
    if (high < 0 || low < 0)
        return (struct glyph){'%', 1};
    return (struct glyph){(char)(high << 4 | low), digits + 2 - place};
}

/* How many bytes at `place` are the word, as decoded; 0 if they are not. */
static size_t match(const char *text, size_t length, size_t place,
                    const char *word)
{
    size_t start = place;

    for (; *word; word++) {
        struct glyph glyph;

        if (place == length)
            return 0;
        glyph = glyph_at(text, length, place);
        if (*word == '?' ? !text_is_alphanumeric(glyph.byte)
                         : glyph.byte != *word)
            return 0;
        place += glyph.written;
    }
    return place - start;
}

static size_t match_kind(const char *text, size_t length, size_t place)
{
    size_t matched = 0;

    for (size_t i = 0; !matched && i < sizeof token_kinds / sizeof *token_kinds;
         i++)
        matched = match(text, length, place, token_kinds[i]);
    return matched;
}

void mask_token(struct buffer *output, const char *token, size_t length)
{
    size_t kind = match_kind(token, length, 0);
    size_t tail = 0;

    if (kind && length - kind >= 2 && token[kind + 1] == '-' &&
        hex_digit(token[kind]) >= 0)
        kind += 2; /* the version of the format, as in xoxe-1- */
    if (length / 3 > kind)
        tail = length / 3 - kind;
    if (tail > TAIL_MAX)
        tail = TAIL_MAX;
    buffer_add(output, token, kind);
    buffer_add_text(output, "...");
    buffer_add(output, token + length - tail, tail);
}

static bool is_token_byte(char byte)
{
    return text_is_alphanumeric(byte) || byte == '-' || byte == '.' ||
           byte == '_';
}

static bool is_value_byte(char byte)
{
    return byte > ' ' && byte != '&' && byte != '#' && byte != '"';
}

/* Masks the token at `place`. Returns its length as written; 0 for none. */
static size_t mask_token_at(struct buffer *output, const char *text,
                            size_t length, size_t place)
{
    struct buffer token = BUFFER_INIT;
    size_t end = place;

    if (!match_kind(text, length, place))
        return 0;
    while (end < length) {
        struct glyph glyph = glyph_at(text, length, end);

        if (!is_token_byte(glyph.byte))
            break;
        buffer_add_byte(&token, glyph.byte);
        end += glyph.written;
    }
    mask_token(output, buffer_text(&token), token.length);
    buffer_free(&token);
    return end - place;
}

/* The length of `name=` or `name[...]=` at `place`, 0 if it is none of ours. */
static size_t match_secret_name(const char *text, size_t length, size_t place)
{
    size_t end = place;
    size_t equals;

    for (size_t i = 0;
         end == place && i < sizeof secret_names / sizeof *secret_names; i++)
        end += match(text, length, place, secret_names[i]);
    if (end == place)
        return 0;
    if (match(text, length, end, "["))
        while (end < length && text[end] != '=' && is_value_byte(text[end]))
            end++;
    equals = match(text, length, end, "=");
    return equals ? end + equals - place : 0;
}

/* Masks the secret parameter at `place`. Returns its length; 0 for none. */
static size_t mask_parameter_at(struct buffer *output, const char *text,
                                size_t length, size_t place)
{
    size_t value = place + match_secret_name(text, length, place);
    size_t end = value;

    if (value == place)
        return 0;
    while (end < length && is_value_byte(text[end]))
        end++;
    buffer_add(output, text + place, value - place);
    if (end > value && !mask_token_at(output, text, end, value))
        buffer_add_text(output, "...");
    return end - place;
}

void mask_text(struct buffer *output, const char *text, size_t length)
{
    size_t place = 0;
    char before = ' ';

    while (place < length) {
        struct glyph glyph = glyph_at(text, length, place);
        size_t masked = mask_token_at(output, text, length, place);

        /* `barcode=` is no `code=`. */
        if (!masked && !text_is_alphanumeric(before) && before != '_')
            masked = mask_parameter_at(output, text, length, place);
        if (!masked)
            buffer_add(output, text + place, glyph.written);
        before = glyph.byte;
        place += masked ? masked : glyph.written;
    }
}
