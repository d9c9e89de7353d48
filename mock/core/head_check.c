/*
 * Line by line. Two readings of one head are how a request is smuggled past a
 * proxy (RFC 9112 11.2), so whatever can be read in two ways is refused.
 */
#include "head_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

#define LENGTH_DIGITS_MAX 15

/* What the fields seen so far say of the body's length. */
struct framing {
    const char *length; /* the value of Content-Length; NULL: none yet */
    size_t length_size;
    bool is_chunked;
};

/* True if one of eight bytes may be a control byte (Mycroft's trick). */
static bool may_have_control(const char *bytes)
{
    const uint64_t each = 0x0101010101010101ULL;
    uint64_t word;
    uint64_t deleted;

    memcpy(&word, bytes, sizeof word);
    deleted = word ^ each * 0x7f;
    return (((word - each * 0x20) & ~word) | ((deleted - each) & ~deleted)) &
           each * 0x80;
}

static const char *check_bytes(const char *line, size_t length)
{
    size_t place = 0;

    while (place < length) {
        unsigned char byte = (unsigned char)line[place];

        if (length - place >= 8 && !may_have_control(line + place)) {
            place += 8;
            continue;
        }
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
            return "a control byte in the head";
        place++;
    }
    return NULL;
}

/* A token: letters, digits and some marks (RFC 9110 5.6.2). */
static bool is_name(const char *name, size_t length)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    size_t place;

    for (place = 0; place < length; place++) {
        char letter = (char)(name[place] | 0x20);

        if ((letter < 'a' || letter > 'z') && name[place] != '-' &&
            !text_is_alphanumeric(name[place]) &&
            !memchr(marks, name[place], sizeof marks - 1))
            return false;
    }
    return length > 0;
}

static const char *check_content_length(struct framing *framing,
                                        const char *value, size_t length)
{
    size_t place;

    for (place = 0; place < length; place++)
        if (value[place] < '0' || value[place] > '9')
            return "a Content-Length that is no number";
    if (!length || length > LENGTH_DIGITS_MAX)
        return "a Content-Length that is no number, or too large a one";
    if (framing->length && (framing->length_size != length ||
                            memcmp(framing->length, value, length) != 0))
        return "two Content-Lengths that differ";
    framing->length = value;
    framing->length_size = length;
    return NULL;
}

static const char *check_framing(struct framing *framing, const char *line,
                                 size_t name_length, size_t length)
{
    const char *value = line + name_length + 1;
    const char *end = line + length;

    while (value < end && text_is_blank(*value))
        value++;
    while (end > value && text_is_blank(end[-1]))
        end--;
    if (text_equals_ignore_case(line, name_length, "Content-Length"))
        return check_content_length(framing, value, (size_t)(end - value));
    if (!text_equals_ignore_case(line, name_length, "Transfer-Encoding"))
        return NULL;
    if (framing->is_chunked ||
        !text_equals_ignore_case(value, (size_t)(end - value), "chunked"))
        return "a Transfer-Encoding other than chunked";
    framing->is_chunked = true;
    return NULL;
}

static const char *check_field(struct framing *framing, const char *line,
                               size_t length)
{
    const char *colon = memchr(line, ':', length);

    if (text_is_blank(*line))
        return "a header field folded over two lines";
    if (!colon)
        return "a header field without a colon";
    if (!is_name(line, (size_t)(colon - line)))
        return "a header field whose name is not a token";
    return check_framing(framing, line, (size_t)(colon - line), length);
}

/* One line without its LF; `is_first` until a line that is not empty was seen.
 */
static const char *check_line(struct framing *framing, bool *is_first,
                              const char *line, size_t length)
{
    const char *problem;

    if (!length || line[length - 1] != '\r')
        return "a line that does not end in CR LF";
    length--;
    problem = check_bytes(line, length);
    if (problem || !length)
        return problem;
    if (!*is_first)
        return check_field(framing, line, length);
    *is_first = false;
    return NULL;
}

const char *head_check(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    struct framing framing = {0};
    const char *problem = NULL;
    bool is_first = true;

    while (!problem && bytes < end) {
        const char *line_end = memchr(bytes, '\n', (size_t)(end - bytes));

        if (!line_end)
            return "a last line without an end";
        problem =
            check_line(&framing, &is_first, bytes, (size_t)(line_end - bytes));
        bytes = line_end + 1;
    }
    if (!problem && framing.is_chunked && framing.length)
        problem = "both Content-Length and Transfer-Encoding";
    return problem;
}
