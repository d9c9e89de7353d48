/* One function for each rule of the grammar. */
#include "json/json_check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "json/json_plain.h"
#include "json/json_shape.h"
#include "json/json_tree.h"

/*
 * cJSON prints a number with 15 digits if it can: a larger one than this would
 * be rounded up to infinity.
 */
#define NUMBER_MOST 1.79769313486231e308

struct scanner {
    const char *bytes;
    size_t length;
    size_t at;
    size_t end;          /* of what is looked at: 0 after the first problem */
    const char *problem; /* what was wanted; NULL while all is well */
    size_t depth;
    size_t depth_most;
    const char *list;        /* a key of the outermost object, or NULL */
    struct json_text found;  /* the list under it, once it was scanned */
    struct json_shape shape; /* of an entry of that list */
};

static void scan_value(struct scanner *scanner);
static void scan_nest(struct scanner *scanner, char end,
                      void (*scan_item)(struct scanner *), const char *wanted);

/* The byte at hand, or -1 at the end and after the first problem. */
static int peek(const struct scanner *scanner)
{
    return scanner->at < scanner->end
               ? (unsigned char)scanner->bytes[scanner->at]
               : -1;
}

static void fail(struct scanner *scanner, const char *problem)
{
    if (!scanner->problem)
        scanner->problem = problem;
    scanner->end = 0;
}

static bool take(struct scanner *scanner, char byte)
{
    if (peek(scanner) != (unsigned char)byte)
        return false;
    scanner->at++;
    return true;
}

static void skip_blanks(struct scanner *scanner)
{
    int byte = peek(scanner);

    while (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
        scanner->at++;
        byte = peek(scanner);
    }
}

static size_t scan_digits(struct scanner *scanner)
{
    size_t start = scanner->at;

    while (peek(scanner) >= '0' && peek(scanner) <= '9')
        scanner->at++;
    return scanner->at - start;
}

/* 1e999 is well-formed and has no value: `number too large`. */
static void check_range(struct scanner *scanner, size_t start)
{
    char *text = xmemdup0(scanner->bytes + start, scanner->at - start);
    double value = json_tree_number(text);

    free(text);
    if (value > NUMBER_MOST || value < -NUMBER_MOST) {
        scanner->at = start;
        fail(scanner, "a smaller number");
    }
}

static void scan_number(struct scanner *scanner)
{
    size_t start = scanner->at;

    take(scanner, '-');
    if (take(scanner, '0')) {
        if (peek(scanner) >= '0' && peek(scanner) <= '9')
            fail(scanner, "a number without a leading 0");
    } else if (!scan_digits(scanner)) {
        fail(scanner, "a digit");
    }
    if (take(scanner, '.') && !scan_digits(scanner))
        fail(scanner, "a digit");
    if (take(scanner, 'e') || take(scanner, 'E')) {
        if (!take(scanner, '+'))
            take(scanner, '-');
        if (!scan_digits(scanner))
            fail(scanner, "a digit");
    }
    if (!scanner->problem)
        check_range(scanner, start);
}

static unsigned scan_hex4(struct scanner *scanner)
{
    unsigned code = 0;
    int count;

    for (count = 0; count < 4; count++) {
        int digit = text_hex_digit((char)peek(scanner));

        if (digit < 0) {
            fail(scanner, "four hexadecimal digits after \\u");
            return 1;
        }
        code = code * 16 + (unsigned)digit;
        scanner->at++;
    }
    return code;
}

static void scan_unicode_escape(struct scanner *scanner)
{
    size_t start = scanner->at - 2;
    unsigned code = scan_hex4(scanner);
    unsigned second = 0;

    if (scanner->problem || (code && (code < 0xd800 || code > 0xdfff)))
        return;
    if (code >= 0xd800 && code < 0xdc00 && take(scanner, '\\') &&
        take(scanner, 'u'))
        second = scan_hex4(scanner);
    if (second >= 0xdc00 && second <= 0xdfff)
        return;
    scanner->at = start;
    fail(scanner, code ? "a surrogate pair" : "any character but \\u0000");
}

/* Most bytes of a string mean themselves. */
static void skip_plain(struct scanner *scanner)
{
    const char *bytes = scanner->bytes;
    size_t at = scanner->at;

    while (at < scanner->end && bytes[at] != '"' && bytes[at] != '\\' &&
           (unsigned char)bytes[at] >= 0x20)
        at++;
    scanner->at = at;
}

static void scan_escapes(struct scanner *scanner)
{
    while (skip_plain(scanner), peek(scanner) != '"') {
        if (!take(scanner, '\\')) {
            fail(scanner, peek(scanner) < 0 ? "a closing quote"
                                            : "an escape, such as \\n");
            return;
        }
        if (take(scanner, 'u')) {
            scan_unicode_escape(scanner);
        } else if (peek(scanner) > 0 && strchr("\"\\/bfnrt", peek(scanner))) {
            scanner->at++;
        } else {
            fail(scanner, "one of \" \\ / b f n r t u after a backslash");
        }
    }
}

static void scan_string(struct scanner *scanner)
{
    size_t start = ++scanner->at;
    size_t sound;

    scanner->at += json_plain_run(scanner->bytes + start, scanner->end - start);
    if (take(scanner, '"')) /* most end there */
        return;
    scan_escapes(scanner);
    if (scanner->problem)
        return;
    sound = charset_utf8_run(scanner->bytes + start, scanner->at - start);
    if (sound < scanner->at - start) {
        scanner->at = start + sound;
        fail(scanner, "a string in UTF-8");
    }
    take(scanner, '"');
}

static void scan_word(struct scanner *scanner, const char *word)
{
    size_t length = strlen(word);

    if (scanner->end - scanner->at < length ||
        memcmp(scanner->bytes + scanner->at, word, length) != 0)
        fail(scanner, "a JSON value");
    else
        scanner->at += length;
}

/* Most have the shape of the one before. */
static void scan_entry(struct scanner *scanner)
{
    struct json_run texts[JSON_SHAPE_TEXTS];
    const char *start;
    size_t length;

    skip_blanks(scanner);
    start = scanner->bytes + scanner->at;
    length = json_shape_match(&scanner->shape, start,
                              scanner->length - scanner->at, texts);
    scanner->at += length;
    if (length)
        return;
    scan_value(scanner);
    if (!scanner->problem)
        json_shape_take(&scanner->shape, start,
                        (size_t)(scanner->bytes + scanner->at - start));
}

/* The value of the key that is looked for. */
static void scan_list(struct scanner *scanner)
{
    const char *start;

    skip_blanks(scanner);
    start = scanner->bytes + scanner->at;
    if (peek(scanner) != '[') {
        scan_value(scanner);
        return;
    }
    scanner->found.bytes = start;
    scan_nest(scanner, ']', scan_entry, "',' or ']'");
    scanner->found.length = (size_t)(scanner->bytes + scanner->at - start);
}

static void scan_member(struct scanner *scanner)
{
    struct json_text key;

    skip_blanks(scanner);
    if (peek(scanner) != '"') {
        fail(scanner, "a key in double quotes");
        return;
    }
    key.bytes = scanner->bytes + scanner->at + 1;
    scan_string(scanner);
    key.length = (size_t)(scanner->bytes + scanner->at - 1 - key.bytes);
    skip_blanks(scanner);
    if (!take(scanner, ':'))
        fail(scanner, "':'");
    if (scanner->depth == 1 && scanner->list && !scanner->found.bytes &&
        text_equals(key.bytes, key.length, scanner->list))
        scan_list(scanner);
    else
        scan_value(scanner);
}

/* Reads an object or an array: only their members differ. */
static void scan_nest(struct scanner *scanner, char end,
                      void (*scan_item)(struct scanner *), const char *wanted)
{
    scanner->at++;
    if (++scanner->depth > scanner->depth_most)
        fail(scanner, "no deeper nesting");
    skip_blanks(scanner);
    if (!take(scanner, end)) {
        do {
            scan_item(scanner);
            skip_blanks(scanner);
        } while (take(scanner, ','));
        if (!take(scanner, end))
            fail(scanner, wanted);
    }
    scanner->depth--;
}

static void scan_value(struct scanner *scanner)
{
    skip_blanks(scanner);
    switch (peek(scanner)) {
    case '{':
        scan_nest(scanner, '}', scan_member, "',' or '}'");
        break;
    case '[':
        scan_nest(scanner, ']', scan_value, "',' or ']'");
        break;
    case '"':
        scan_string(scanner);
        break;
    case 't':
        scan_word(scanner, "true");
        break;
    case 'f':
        scan_word(scanner, "false");
        break;
    case 'n':
        scan_word(scanner, "null");
        break;
    default:
        if (peek(scanner) == '-' ||
            (peek(scanner) >= '0' && peek(scanner) <= '9'))
            scan_number(scanner);
        else
            fail(scanner, "a JSON value");
    }
}

static void describe(const struct scanner *scanner,
                     struct json_syntax_error *error)
{
    const char *encoding =
        charset_of_wide_json(scanner->bytes, scanner->length);
    size_t place;
    unsigned char byte;

    error->line = 1;
    error->column = 1;
    for (place = 0; place < scanner->at; place++) {
        /* Only the first byte of a character counts as a column. */
        error->column += (scanner->bytes[place] & 0xC0) != 0x80;
        if (scanner->bytes[place] == '\n') {
            error->line++;
            error->column = 1;
        }
    }
    if (encoding) {
        *error = (struct json_syntax_error){.line = 1, .column = 1};
        snprintf(error->message, sizeof error->message,
                 "found %s, wanted UTF-8", encoding);
        return;
    }
    if (scanner->at == scanner->length) {
        snprintf(error->message, sizeof error->message,
                 "found the end, wanted %s", scanner->problem);
        return;
    }
    byte = (unsigned char)scanner->bytes[scanner->at];
    if (byte > 0x20 && byte < 0x7f)
        snprintf(error->message, sizeof error->message, "found '%c', wanted %s",
                 byte, scanner->problem);
    else
        snprintf(error->message, sizeof error->message,
                 "found byte 0x%02x, wanted %s", byte, scanner->problem);
}

bool json_check(const struct json_text *text, size_t depth,
                struct json_text *list, struct json_syntax_error *error)
{
    struct scanner scanner = {.bytes = text->bytes,
                              .length = text->length,
                              .end = text->length,
                              .depth_most = depth,
                              .list = text->list};

    scan_value(&scanner);
    skip_blanks(&scanner);
    if (!scanner.problem && scanner.at < text->length)
        fail(&scanner, "nothing more");
    if (scanner.problem)
        describe(&scanner, error);
    *list = scanner.found;
    return !scanner.problem;
}

void json_check_refuse(const struct json_text *text, const char *wanted,
                       struct json_syntax_error *error)
{
    const struct scanner scanner = {
        .bytes = text->bytes, .length = text->length, .problem = wanted};

    describe(&scanner, error);
}
