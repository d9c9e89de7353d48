/* A template is read where it lies, and piece by piece. */
#include "methods/template_reader.h"

#include <string.h>

#define RUN_DIGITS 4

struct sent_text template_read_text(const char **at)
{
    const char *start = *at + 1;
    const char *end = strchr(start, '"');

    *at = end + 1;
    return (struct sent_text){start, (size_t)(end - start)};
}

struct sent_text template_read_word(const char **at)
{
    const char *start = *at;
    size_t length = strcspn(start, ",]}");

    *at += length;
    return (struct sent_text){start, length};
}

size_t template_read_run(const char **at)
{
    const char *digit = *at + 1;
    size_t length = 0;

    for (; digit <= *at + RUN_DIGITS; digit++)
        length = length * 10 + (size_t)(*digit - '0');
    *at = digit;
    return length;
}

void template_skip_value(const char **at)
{
    size_t depth = 0;

    do {
        char byte = **at;

        if (byte == '"') {
            (void)template_read_text(at);
            continue;
        }
        if (byte == '{' || byte == '[')
            depth++;
        if (byte == '}' || byte == ']')
            depth--;
        ++*at;
    } while (depth || (**at != ',' && **at != ']' && **at != '}'));
}
