/*
 * Checks a head line by line. A request is smuggled past a proxy by a head that
 * proxy and server read differently (RFC 9112 11.2), so whatever can be read in
 * two ways is refused.
 */
#include "message/head_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define LENGTH_DIGITS_MAX 15

/* What was seen so far. */
struct seen {
    bool request_line;
    bool takes_no_body; /* by its verb */
    bool is_old;        /* HTTP/1.0 */
    const char *length; /* the value of Content-Length; NULL: none yet */
    size_t length_size;
    bool is_chunked;
    int hosts;
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

/* True if the last eight bytes, which overlap those before, have none. */
static bool ends_well(const char *line, size_t length)
{
    return length >= 8 && !may_have_control(line + length - 8);
}

static const char *check_bytes(const char *line, size_t length)
{
    size_t place = 0;

    while (length - place >= 8 && !may_have_control(line + place))
        place += 8;
    if (length - place < 8 && ends_well(line, length))
        return NULL;
    for (; place < length; place++)
        if (text_is_control(line[place]) && line[place] != '\t')
            return "a control byte in the head";
    return NULL;
}

static const char *check_content_length(struct seen *seen, const char *value,
                                        size_t length)
{
    size_t place;

    for (place = 0; place < length; place++)
        if (value[place] < '0' || value[place] > '9')
            return "a Content-Length that is no number";
    if (!length || length > LENGTH_DIGITS_MAX)
        return "a Content-Length that is no number, or too large a one";
    if (seen->length && (seen->length_size != length ||
                         memcmp(seen->length, value, length) != 0))
        return "two Content-Lengths that differ";
    seen->length = value;
    seen->length_size = length;
    return NULL;
}

/* A blank or a comma in it would separate two names. */
static const char *check_host(struct seen *seen, const char *value,
                              size_t length)
{
    size_t place;

    if (seen->hosts++)
        return "two Host headers";
    for (place = 0; place < length; place++)
        if (text_is_blank(value[place]) || value[place] == ',')
            return "a Host header that is no host";
    return NULL;
}

static const char *check_value(struct seen *seen, const char *line,
                               size_t name_length, size_t length)
{
    const char *value = line + name_length + 1;
    const char *end = line + length;

    while (value < end && text_is_blank(*value))
        value++;
    while (end > value && text_is_blank(end[-1]))
        end--;
    if (text_equals_ignore_case(line, name_length, "Content-Length"))
        return check_content_length(seen, value, (size_t)(end - value));
    if (text_equals_ignore_case(line, name_length, "Host"))
        return check_host(seen, value, (size_t)(end - value));
    if (!text_equals_ignore_case(line, name_length, "Transfer-Encoding"))
        return NULL;
    if (seen->is_chunked ||
        !text_equals_ignore_case(value, (size_t)(end - value), "chunked"))
        return "a Transfer-Encoding other than chunked";
    seen->is_chunked = true;
    return NULL;
}

static const char *check_field(struct seen *seen, const char *line,
                               size_t length)
{
    const char *colon = memchr(line, ':', length);

    if (text_is_blank(*line))
        return "a header field folded over two lines";
    if (!colon)
        return "a header field without a colon";
    if (!text_is_header_name(line, (size_t)(colon - line)))
        return "a header field whose name is not a token";
    return check_value(seen, line, (size_t)(colon - line), length);
}

/* HTTP/1 and a digit: a server takes later ones for 1.1 (RFC 9110 2.5). */
static bool is_version(const char *version, size_t length)
{
    return length == 8 && memcmp(version, "HTTP/1.", 7) == 0 &&
           version[7] >= '0' && version[7] <= '9';
}

/* The four forms of RFC 9112 3.2. */
static bool is_target(const char *verb, size_t verb_length, const char *target,
                      size_t length)
{
    if (memchr(target, ' ', length) || memchr(target, '\t', length))
        return false;
    if (text_equals(verb, verb_length, "CONNECT"))
        return length > 0;
    if (text_equals(target, length, "*"))
        return text_equals(verb, verb_length, "OPTIONS");
    return length &&
           (*target == '/' ||
            (length > 7 && text_equals_ignore_case(target, 7, "http://")) ||
            (length > 8 && text_equals_ignore_case(target, 8, "https://")));
}

static const char *check_request_line(struct seen *seen, const char *line,
                                      size_t length)
{
    const char *end = line + length;
    const char *verb_end = memchr(line, ' ', length);
    const char *version = end;

    seen->request_line = true;
    while (version > line && version[-1] != ' ')
        version--;
    if (!verb_end || version <= verb_end + 1 ||
        !text_is_header_name(line, (size_t)(verb_end - line)))
        return "a request line that is not VERB TARGET HTTP/1.1";
    if (!is_version(version, (size_t)(end - version)))
        return "a version other than HTTP/1.0 and HTTP/1.1";
    if (!is_target(line, (size_t)(verb_end - line), verb_end + 1,
                   (size_t)(version - verb_end - 2)))
        return "a target that is neither a path nor a URL";
    seen->is_old = version[7] == '0';
    seen->takes_no_body =
        text_equals(line, (size_t)(verb_end - line), "HEAD") ||
        text_equals(line, (size_t)(verb_end - line), "TRACE");
    return NULL;
}

/* One line without its LF. */
static const char *check_line(struct seen *seen, const char *line,
                              size_t length)
{
    const char *problem;

    if (!length || line[length - 1] != '\r')
        return "a line that does not end in CR LF";
    length--;
    problem = check_bytes(line, length);
    if (problem || !length)
        return problem;
    return seen->request_line ? check_field(seen, line, length)
                              : check_request_line(seen, line, length);
}

/* False too for a Content-Length of nothing but zeros. */
static bool announces_body(const struct seen *seen)
{
    size_t place;

    for (place = 0; place < seen->length_size; place++)
        if (seen->length[place] != '0')
            return true;
    return seen->is_chunked;
}

static const char *check_whole(const struct seen *seen)
{
    if (seen->is_chunked && seen->length)
        return "both Content-Length and Transfer-Encoding";
    if (seen->is_chunked && seen->is_old)
        return "a Transfer-Encoding, which HTTP/1.0 does not have";
    /*
     * evhttp reads no body with these verbs: it would take it for a next
     * request.
     */
    if (seen->takes_no_body && announces_body(seen))
        return "a body, which HEAD and TRACE do not have";
    if (!seen->hosts && !seen->is_old)
        return "no Host header";
    return NULL;
}

const char *head_check(const char *bytes, size_t length, bool *is_chunked)
{
    const char *end = bytes + length;
    struct seen seen = {0};
    const char *problem = NULL;

    while (!problem && bytes < end) {
        const char *line_end = memchr(bytes, '\n', (size_t)(end - bytes));

        if (!line_end)
            return "a last line without an end";
        problem = check_line(&seen, bytes, (size_t)(line_end - bytes));
        bytes = line_end + 1;
    }
    *is_chunked = seen.is_chunked;
    return problem ? problem : check_whole(&seen);
}
