/* An end of line stands between two lines, and none behind the last. */
#include "entrance/log_lines.h"

#include <string.h>

struct log_lines log_lines_of(char *text, size_t length)
{
    return (struct log_lines){text, length, true};
}

char *log_lines_next(struct log_lines *lines, size_t *length)
{
    char *line = lines->bytes;
    char *end = memchr(line, '\n', lines->length);

    lines->has_more = end != NULL;
    *length = end ? (size_t)(end - line) : lines->length;
    if (end) {
        *end = '\0';
        lines->bytes = end + 1;
        lines->length -= *length + 1;
    }
    return line;
}
