/* A state machine: each state says which bytes may come next. */
#include "message/chunk_check.h"

#include <stdbool.h>

#include "base/text.h"

#define DIGITS_MOST 15 /* more than any body may have; they fit 64 bits */

static const char *read_size(struct chunk_check *check, char *byte)
{
    int digit = text_hex_digit(*byte);

    if (digit >= 0) {
        if (++check->digits > DIGITS_MOST)
            return "a chunk size of too many digits";
        check->size = check->size * 16 + (uint64_t)digit;
        return NULL;
    }
    if (!check->digits)
        return "a chunk size that is no hexadecimal number";
    if (*byte == '\r') {
        check->place = CHUNK_SIZE_END;
        return NULL;
    }
    if (*byte != ';' && !text_is_blank(*byte))
        return "a chunk size that is no hexadecimal number";
    *byte = ' ';
    check->place = CHUNK_EXTENSION;
    return NULL;
}

static const char *end_size(struct chunk_check *check, char byte)
{
    if (byte != '\n')
        return "a chunk size that does not end in CR LF";
    check->digits = 0;
    check->body += check->size;
    check->place = check->size ? CHUNK_DATA : CHUNK_TRAILER;
    return NULL;
}

/* Moves on if the byte is the only one that may come. */
static const char *expect(struct chunk_check *check, char byte, char wanted,
                          enum chunk_place next, const char *problem)
{
    check->place = next;
    return byte == wanted ? NULL : problem;
}

/* The rest of a line of an extension or a trailer, up to its CR. */
static const char *read_line(struct chunk_check *check, char byte,
                             enum chunk_place next)
{
    if (byte == '\r')
        check->place = next;
    else if (text_is_control(byte) && byte != '\t')
        return "a control byte in a chunk's extension or a trailer";
    return NULL;
}

/* An empty line ends the body; any other line must be a header field. */
static const char *read_trailer(struct chunk_check *check, char byte)
{
    bool is_first = check->place == CHUNK_TRAILER;

    if (is_first && byte == '\r') {
        check->place = CHUNK_LAST_LF;
        return NULL;
    }
    if (!is_first && byte == ':') {
        check->place = CHUNK_TRAILER_VALUE;
        return NULL;
    }
    check->place = CHUNK_TRAILER_NAME;
    return text_is_token_byte(byte) ? NULL
                                    : "a trailer that is no header field";
}

static const char *read_byte(struct chunk_check *check, char *byte)
{
    static const char data[] = "a chunk whose data is not as long as it says";
    static const char line[] = "a trailer that does not end in CR LF";

    switch (check->place) {
    case CHUNK_SIZE:
        return read_size(check, byte);
    case CHUNK_EXTENSION:
        return read_line(check, *byte, CHUNK_SIZE_END);
    case CHUNK_SIZE_END:
        return end_size(check, *byte);
    case CHUNK_DATA_CR:
        return expect(check, *byte, '\r', CHUNK_DATA_LF, data);
    case CHUNK_DATA_LF:
        return expect(check, *byte, '\n', CHUNK_SIZE, data);
    case CHUNK_TRAILER:
    case CHUNK_TRAILER_NAME:
        return read_trailer(check, *byte);
    case CHUNK_TRAILER_VALUE:
        return read_line(check, *byte, CHUNK_TRAILER_LF);
    case CHUNK_TRAILER_LF:
        return expect(check, *byte, '\n', CHUNK_TRAILER, line);
    case CHUNK_LAST_LF:
        return expect(check, *byte, '\n', CHUNK_END, line);
    case CHUNK_DATA:
    case CHUNK_END:
        break;
    }
    return NULL;
}

const char *chunk_check(struct chunk_check *check, char *bytes, size_t length)
{
    const char *problem = NULL;
    size_t at = 0;

    while (!problem && at < length && check->place != CHUNK_END) {
        size_t left = length - at;

        if (check->place != CHUNK_DATA) {
            problem = read_byte(check, &bytes[at++]);
            continue;
        }
        if (left > check->size)
            left = (size_t)check->size;
        at += left;
        check->size -= left;
        if (!check->size)
            check->place = CHUNK_DATA_CR;
    }
    return problem;
}
