/*
 * A multipart body as it stands: the content of a part is a secret if its name
 * is one's.
 */
#include <string.h>

#include "arguments/header_value.h"
#include "base/text.h"
#include "entrance/redaction.h"
#include "entrance/redaction_parts.h"
#include "journal/secret_name.h"

struct part_walk {
    struct redaction *redaction;
    const char *boundary;
    const char *start; /* of the head or the content at hand */
    const char *at;    /* the line at hand */
    const char *end;
    bool is_head;
    bool is_secret;
    struct buffer *output;
};

/* The lines before this one, which begins something else. */
static void add_lines(struct part_walk *walk)
{
    const size_t length = (size_t)(walk->at - walk->start);

    if (walk->is_secret && !walk->is_head)
        redaction_hide(walk->redaction, walk->output, walk->start, length);
    else
        redaction_add_body(walk->redaction, walk->start, length, walk->output);
    walk->start = walk->at;
}

/* Any parameter `name` in the head will do, however it is folded. */
static bool names_secret(const char *head, size_t length)
{
    struct header_value header;
    bool is_secret = false;

    header_value_start(&header, head, length);
    while (!is_secret && header_value_next(&header))
        is_secret =
            text_equals_ignore_case(header.name, header.name_length, "name") &&
            secret_name_is_any(buffer_text(&header.value), header.value.length);
    header_value_end(&header);
    return is_secret;
}

static bool is_delimiter(const struct part_walk *walk, size_t length)
{
    const size_t boundary = strlen(walk->boundary);

    return length >= boundary + 2 && memcmp(walk->at, "--", 2) == 0 &&
           memcmp(walk->at + 2, walk->boundary, boundary) == 0;
}

static bool is_empty(const char *line, size_t length)
{
    return *line == '\n' || (length == 2 && memcmp(line, "\r\n", 2) == 0);
}

static void take_line(struct part_walk *walk)
{
    const size_t left = (size_t)(walk->end - walk->at);
    const char *newline = memchr(walk->at, '\n', left);
    const size_t length = newline ? (size_t)(newline - walk->at) + 1 : left;

    if (is_delimiter(walk, length)) {
        add_lines(walk);
        walk->is_head = true;
    } else if (walk->is_head && is_empty(walk->at, length)) {
        walk->is_secret =
            names_secret(walk->start, (size_t)(walk->at - walk->start));
        add_lines(walk);
        walk->is_head = false;
    }
    walk->at += length;
}

void redaction_add_multipart(struct redaction *redaction,
                             const struct redaction_body *body,
                             struct buffer *output)
{
    struct part_walk walk = {
        .redaction = redaction,
        .boundary = body->boundary,
        .start = body->bytes,
        .at = body->bytes,
        .end = body->bytes + body->length,
        .output = output,
    };

    while (walk.at < walk.end)
        take_line(&walk);
    add_lines(&walk);
}
