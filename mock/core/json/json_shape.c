/*
 * Between two texts all bytes are alike, keys and blanks among them, and a text
 * ends where the other does: at the first byte that is not plain.
 */
#include "json/json_shape.h"

#include <stdbool.h>
#include <string.h>

#include "json/json_plain.h"

/* Of a string that is a key a colon follows. */
static bool is_key(const char *bytes, size_t end)
{
    do
        end++;
    while (bytes[end] == ' ' || bytes[end] == '\n' || bytes[end] == '\t' ||
           bytes[end] == '\r');
    return bytes[end] == ':';
}

/* Ends the run at hand where a text begins, and begins the next behind it. */
static bool add_text(struct json_shape *shape, size_t start, size_t length)
{
    struct json_run *run = &shape->between[shape->count];

    if (shape->count == JSON_SHAPE_TEXTS)
        return false;
    run->length = start - run->start;
    shape->between[++shape->count].start = start + length;
    return true;
}

/* An object ends with a bracket, so no string is its last byte. */
static bool find_texts(struct json_shape *shape, const char *bytes,
                       size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t run;

        if (bytes[at++] != '"')
            continue;
        run = json_plain_run(bytes + at, length - at);
        if (bytes[at + run] != '"' ||
            (!is_key(bytes, at + run) && !add_text(shape, at, run)))
            return false;
        at += run + 1;
    }
    shape->between[shape->count].length =
        length - shape->between[shape->count].start;
    return true;
}

void json_shape_take(struct json_shape *shape, const char *bytes, size_t length)
{
    shape->bytes = NULL;
    shape->count = 0;
    shape->between[0].start = 0;
    if (*bytes == '{' && find_texts(shape, bytes, length))
        shape->bytes = bytes;
}

size_t json_shape_match(const struct json_shape *shape, const char *bytes,
                        size_t length, struct json_run *texts)
{
    size_t at = 0;

    if (!shape->bytes)
        return 0;
    for (size_t number = 0; number <= shape->count; number++) {
        const struct json_run *run = &shape->between[number];

        if (length - at < run->length ||
            memcmp(bytes + at, shape->bytes + run->start, run->length) != 0)
            return 0;
        at += run->length;
        if (number == shape->count)
            break;
        texts[number].start = at;
        texts[number].length = json_plain_run(bytes + at, length - at);
        at += texts[number].length;
    }
    return at;
}
