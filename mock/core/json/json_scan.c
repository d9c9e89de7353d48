/*
 * Every request of a log is read by this, so no tree is built and nothing is
 * allocated. A text gets shorter by decoding, never longer.
 */
#include "json/json_scan.h"

#include <string.h>

#include "base/text.h"
#include "json/json_plain.h"

#define DIGITS_MOST 18 /* of a long long that cannot overflow */

static char nothing[] = "";

struct json_scan json_scan_begin(char *bytes, size_t length)
{
    return (struct json_scan){bytes, bytes + length, NULL};
}

void json_scan_fail(struct json_scan *scan, const char *wanted)
{
    if (!scan->problem)
        scan->problem = wanted;
}

static bool is_over(const struct json_scan *scan)
{
    return scan->problem || scan->at == scan->end;
}

static void skip_blanks(struct json_scan *scan)
{
    while (!is_over(scan) && (*scan->at == ' ' || *scan->at == '\t' ||
                              *scan->at == '\r' || *scan->at == '\n'))
        scan->at++;
}

/* The byte at hand, behind blanks; a NUL at the end. */
static char next_byte(struct json_scan *scan)
{
    /* A log has no blanks, but where people edit it. */
    if (!is_over(scan) && *scan->at <= ' ')
        skip_blanks(scan);
    if (is_over(scan))
        return '\0';
    return *scan->at;
}

bool json_scan_sees(struct json_scan *scan, char byte)
{
    return next_byte(scan) == byte;
}

static bool take(struct json_scan *scan, char byte)
{
    bool is_there = json_scan_sees(scan, byte);

    scan->at += is_there;
    return is_there;
}

void json_scan_enter(struct json_scan *scan, char bracket)
{
    if (!take(scan, bracket))
        json_scan_fail(scan, bracket == '{' ? "an object" : "an array");
}

bool json_scan_next(struct json_scan *scan, bool *is_first)
{
    const char byte = next_byte(scan);

    if (byte == '}' || byte == ']') {
        scan->at++;
        return false;
    }
    if (!*is_first && byte != ',')
        json_scan_fail(scan, "a comma or the end of the list");
    else
        scan->at += !*is_first;
    *is_first = false;
    return !scan->problem;
}

const char *json_scan_key(struct json_scan *scan)
{
    const char *key = json_scan_text(scan).bytes;

    if (!take(scan, ':'))
        json_scan_fail(scan, "a colon after a key");
    return scan->problem ? nothing : key;
}

/* ---- texts ---- */

/* Four hexadecimal digits; -1 if they are not there. */
static long hex4(const struct json_scan *scan, const char *at)
{
    long code = 0;

    if (scan->end - at < 4)
        return -1;
    for (int place = 0; place < 4; place++) {
        int digit = text_hex_digit(at[place]);

        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static char *put_utf8(char *to, long code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    } else {
        *to++ = (char)(0xf0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    }
    *to++ = (char)(0x80 | (code & 0x3f));
    return to;
}

/* Stands behind `\u`. A pair of surrogates is one character. */
static char *take_unicode(struct json_scan *scan, char *to)
{
    long code = hex4(scan, scan->at);
    long low = -1;

    if (code >= 0xd800 && code < 0xdc00 && scan->end - scan->at >= 10 &&
        scan->at[4] == '\\' && scan->at[5] == 'u')
        low = hex4(scan, scan->at + 6);
    if (low >= 0xdc00 && low <= 0xdfff) {
        scan->at += 10;
        return put_utf8(to, 0x10000 + ((code - 0xd800) << 10) + low - 0xdc00);
    }
    if (code < 0 || (code >= 0xd800 && code <= 0xdfff)) {
        json_scan_fail(scan, "a character after \\u");
        return to;
    }
    scan->at += 4;
    return put_utf8(to, code);
}

static char *take_escape(struct json_scan *scan, char *to)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (++scan->at == scan->end) {
        json_scan_fail(scan, "an escape");
        return to;
    }
    if (*scan->at == 'u') {
        scan->at++;
        return take_unicode(scan, to);
    }
    found = *scan->at ? strchr(letters, *scan->at) : NULL;
    if (!found) {
        json_scan_fail(scan, "an escape");
        return to;
    }
    scan->at++;
    *to++ = meant[found - letters];
    return to;
}

/* Up to the quote that ends a text, or an escape; control bytes end it too. */
static char *plain_end(const struct json_scan *scan)
{
    char *at =
        scan->at + json_plain_run(scan->at, (size_t)(scan->end - scan->at));

    while (at < scan->end && *at != '"' && *at != '\\' &&
           (unsigned char)*at >= 0x20)
        at++;
    return at;
}

struct scanned_text json_scan_text(struct json_scan *scan)
{
    struct scanned_text text = {nothing, 0};
    char *start, *to;

    if (!take(scan, '"')) {
        json_scan_fail(scan, "a text");
        return text;
    }
    start = to = scan->at;
    while (!scan->problem) {
        char *end = plain_end(scan);
        const size_t run = (size_t)(end - scan->at);

        if (to != scan->at)
            memmove(to, scan->at, run);
        to += run;
        scan->at = end;
        if (!is_over(scan) && *scan->at == '\\')
            to = take_escape(scan, to);
        else
            break;
    }
    if (is_over(scan) || *scan->at != '"') {
        json_scan_fail(scan, "the quote that ends a text");
        return text;
    }
    scan->at++;
    *to = '\0';
    return (struct scanned_text){start, (size_t)(to - start)};
}

/* ---- other values ---- */

long long json_scan_integer(struct json_scan *scan)
{
    const bool is_negative = take(scan, '-');
    long long number = 0;
    int digits = 0;

    for (; !is_over(scan) && *scan->at >= '0' && *scan->at <= '9'; digits++)
        if (digits < DIGITS_MOST)
            number = number * 10 + *scan->at++ - '0';
        else
            json_scan_fail(scan, "a smaller number");
    if (!digits)
        json_scan_fail(scan, "a whole number");
    return is_negative ? -number : number;
}

static bool take_word(struct json_scan *scan, const char *word)
{
    const size_t length = strlen(word);

    skip_blanks(scan);
    if (scan->problem || (size_t)(scan->end - scan->at) < length ||
        memcmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

bool json_scan_boolean(struct json_scan *scan)
{
    if (take_word(scan, "true"))
        return true;
    if (!take_word(scan, "false"))
        json_scan_fail(scan, "true or false");
    return false;
}

/* Passes over a text that is not decoded. */
static void skip_text(struct json_scan *scan)
{
    for (scan->at++; !is_over(scan) && *scan->at != '"'; scan->at++)
        if (*scan->at == '\\' && scan->end - scan->at > 1)
            scan->at++;
    if (is_over(scan))
        json_scan_fail(scan, "the quote that ends a text");
    else
        scan->at++;
}

struct scanned_text json_scan_value(struct json_scan *scan)
{
    char *start;
    size_t depth = 0;

    skip_blanks(scan);
    start = scan->at;
    while (!is_over(scan)) {
        const char byte = *scan->at;
        const bool closes = byte == '}' || byte == ']';

        if (!depth && (closes || byte == ','))
            break;
        depth += byte == '{' || byte == '[';
        depth -= closes;
        if (byte == '"')
            skip_text(scan);
        else
            scan->at++;
    }
    if (depth || scan->at == start)
        json_scan_fail(scan, "a value");
    return scan->problem
               ? (struct scanned_text){nothing, 0}
               : (struct scanned_text){start, (size_t)(scan->at - start)};
}

bool json_scan_end(struct json_scan *scan)
{
    skip_blanks(scan);
    if (!scan->problem && scan->at != scan->end)
        json_scan_fail(scan, "nothing after the value");
    return !scan->problem;
}
