/*
 * Finds secrets in texts that may be encoded, once or several times.
 * What is no secret is passed on as it was written. A text is read once, from
 * front to end: the name of a value is noted in passing, never searched for.
 */
#include "journal/mask.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "journal/glyph.h"
#include "journal/secret_name.h"
#include "journal/url_user.h"

#define TAIL_MAX 4

/* `?` stands for any letter. The first that fits counts. */
static const char *const token_kinds[] = {"xoxe.xox?-", "xoxe-", "xox?-",
                                          "xapp-"};

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

size_t mask_kind_length(const char *token, size_t length)
{
    return match_kind(token, length, 0);
}

void mask_token(struct buffer *output, const char *token, size_t length)
{
    size_t kind = match_kind(token, length, 0);
    size_t tail = 0;

    if (kind && length - kind >= 2 && token[kind + 1] == '-' &&
        text_hex_digit(token[kind]) >= 0)
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

/* A text on its way to the output. */
struct scan {
    const struct secret_hider *hider; /* NULL: they are masked */
    struct buffer *output;
    const char *text;
    size_t length;
    size_t place;
    struct secret_name name;
    char before; /* the last byte that was no blank */
};

static struct glyph glyph_here(const struct scan *scan)
{
    return glyph_at(scan->text, scan->length, scan->place);
}

static void pass_on(struct scan *scan, struct glyph glyph)
{
    buffer_add(scan->output, scan->text + scan->place, glyph.written);
    scan->place += glyph.written;
}

/* Masks all that a token may be made of. */
static void mask_run(struct scan *scan)
{
    const size_t start = scan->place;
    struct buffer token = BUFFER_INIT;

    while (scan->place < scan->length) {
        struct glyph glyph = glyph_here(scan);

        if (!is_token_byte(glyph.byte))
            break;
        buffer_add_byte(&token, glyph.byte);
        scan->place += glyph.written;
    }
    if (scan->hider && token.length)
        scan->hider->hide(scan->hider->context, scan->output,
                          scan->text + start, scan->place - start);
    else if (token.length)
        mask_token(scan->output, token.data, token.length);
    buffer_free(&token);
}

/* Masks the token here, if it is one. */
static bool mask_token_here(struct scan *scan)
{
    if (!match_kind(scan->text, scan->length, scan->place))
        return false;
    mask_run(scan);
    return true;
}

static bool is_blank(char byte)
{
    return text_is_blank(byte) || byte == '\r' || byte == '\n';
}

/* In a query nothing but `&` ends a value, and in a sentence a blank does. */
static size_t query_value_end(const struct scan *scan)
{
    size_t end = scan->place;

    while (end < scan->length && !is_blank(scan->text[end]) &&
           scan->text[end] != '&')
        end++;
    return end;
}

/*
 * Where a number or word ends. Brackets are not matched: from an opening one
 * on, all the rest counts as the value.
 */
static size_t json_value_end(const struct scan *scan)
{
    size_t end = scan->place;

    while (end < scan->length) {
        struct glyph glyph = glyph_at(scan->text, scan->length, end);

        if (glyph.byte == '[' || glyph.byte == '{')
            return scan->length;
        if (is_blank(glyph.byte) || glyph.byte == ',' || glyph.byte == '}' ||
            glyph.byte == ']')
            break;
        end += glyph.written;
    }
    return end;
}

/*
 * Where a JSON string ends. In JSON that is itself within a string the quotes
 * are escaped: one that is escaped deeper than the first belongs to the value.
 */
static size_t json_string_end(const struct scan *scan, size_t depth)
{
    size_t place = scan->place;
    size_t end = place; /* before the backslashes that were just read */
    size_t backslashes = 0;

    while (place < scan->length) {
        struct glyph glyph = glyph_at(scan->text, scan->length, place);

        if (glyph.byte == '"' && backslashes + glyph.backslashes <= depth)
            return end;
        place += glyph.written;
        backslashes = glyph.byte == '\\' ? backslashes + 1 : 0;
        if (!backslashes)
            end = place;
    }
    return scan->length;
}

/*
 * Passes on what is between a JSON name and its value; returns the value's end.
 */
static size_t enter_json_value(struct scan *scan)
{
    size_t depth = 0;

    while (scan->place < scan->length) {
        struct glyph glyph = glyph_here(scan);

        if (glyph.byte == '"') {
            pass_on(scan, glyph);
            return json_string_end(scan, depth + glyph.backslashes);
        }
        if (glyph.byte != '\\' && !is_blank(glyph.byte))
            break;
        depth += glyph.byte == '\\';
        pass_on(scan, glyph);
    }
    return json_value_end(scan);
}

/* True for digits, a dot and digits: no secret is spelt so. */
static bool is_client_id(const char *text, size_t length)
{
    size_t digits[2] = {0, 0};
    size_t dots = 0;
    size_t place = 0;

    while (place < length && dots <= 1) {
        struct glyph glyph = glyph_at(text, length, place);

        if (glyph.byte == '.')
            dots++;
        else if (glyph.byte >= '0' && glyph.byte <= '9')
            digits[dots]++;
        else
            return false;
        place += glyph.written;
    }
    return dots == 1 && digits[0] && digits[1];
}

/* Hides what is no token, from here on. */
static void hide_up_to(struct scan *scan, size_t end)
{
    if (scan->place == end)
        return;
    if (scan->hider)
        scan->hider->hide(scan->hider->context, scan->output,
                          scan->text + scan->place, end - scan->place);
    else
        buffer_add_text(scan->output, "...");
    scan->place = end;
}

/* Masks the user and password of a URL, if this is after its scheme's colon. */
static void mask_user_here(struct scan *scan)
{
    size_t start;
    size_t end;

    if (!url_user_find(scan->text, scan->length, scan->place, &start, &end))
        return;
    while (scan->place < start)
        pass_on(scan, glyph_here(scan));
    hide_up_to(scan, end);
}

/* Masks the value that begins here. */
static void mask_value_here(struct scan *scan, enum secret_kind kind,
                            bool is_json)
{
    size_t end = is_json ? enter_json_value(scan) : query_value_end(scan);
    struct scan value = *scan;

    value.length = end;
    if (scan->hider && kind != SECRET_ANY)
        return;
    if (kind == SECRET_CLIENT_ID &&
        is_client_id(scan->text + scan->place, end - scan->place))
        return;
    if (scan->hider || !mask_token_here(&value))
        hide_up_to(scan, end);
    scan->place = end;
}

static void scan_glyph(struct scan *scan)
{
    struct glyph glyph = glyph_here(scan);
    bool is_json = glyph.byte == ':' && scan->before == '"';
    enum secret_kind kind = SECRET_NONE;

    pass_on(scan, glyph);
    if (is_json || glyph.byte == '=')
        kind = secret_name_kind(&scan->name);
    secret_name_read(&scan->name, glyph.byte);
    if (!is_blank(glyph.byte))
        scan->before = glyph.byte;
    if (kind)
        mask_value_here(scan, kind, is_json);
    else if (glyph.byte == ':')
        mask_user_here(scan);
}

static void pass_on_slashes(struct scan *scan)
{
    while (scan->place < scan->length && glyph_here(scan).byte == '/')
        pass_on(scan, glyph_here(scan));
}

/* Passes on a segment of a path and the slashes after it. */
static void pass_on_segment(struct scan *scan)
{
    struct glyph glyph = {0};

    while (scan->place < scan->length && glyph.byte != '/') {
        glyph = glyph_here(scan);
        pass_on(scan, glyph);
    }
    pass_on_slashes(scan);
}

/* Masks the secret of a webhook's path, if one begins here. */
static bool mask_webhook_here(struct scan *scan)
{
    const size_t head =
        match(scan->text, scan->length, scan->place, "/services/");

    if (!head)
        return false;
    buffer_add(scan->output, scan->text + scan->place, head);
    scan->place += head;
    pass_on_slashes(scan);
    pass_on_segment(scan);
    pass_on_segment(scan);
    mask_run(scan);
    return true;
}

void mask_text_by(const struct secret_hider *hider, struct buffer *output,
                  const char *text, size_t length)
{
    struct scan scan = {
        .hider = hider, .output = output, .text = text, .length = length};

    while (scan.place < length)
        if (!mask_token_here(&scan) && !mask_webhook_here(&scan))
            scan_glyph(&scan);
}

void mask_text(struct buffer *output, const char *text, size_t length)
{
    mask_text_by(NULL, output, text, length);
}

void mask_value(struct buffer *output, const char *name, size_t name_length,
                const char *value, size_t length)
{
    struct secret_name read = {.length = 0};
    enum secret_kind kind;

    for (size_t place = 0; place < name_length; place++)
        secret_name_read(&read, name[place]);
    kind = secret_name_kind(&read);
    if (kind == SECRET_CLIENT_ID && is_client_id(value, length))
        kind = SECRET_NONE;
    if (kind)
        mask_token(output, value, length);
    else
        mask_text(output, value, length);
}
