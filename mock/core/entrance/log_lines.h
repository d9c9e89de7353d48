/* Several entries in one text, a line each. */
#ifndef SLACKMOCK_LOG_LINES_H
#define SLACKMOCK_LOG_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Those that were not taken yet. */
struct log_lines {
    char *bytes;
    size_t length;
    bool has_more; /* a text without bytes has one line too */
};

/* A NUL has to stand behind the text, which is used up as its lines are. */
struct log_lines log_lines_of(char *text, size_t length);

/* Takes the next line, with a NUL in place of its end. There has to be one. */
char *log_lines_next(struct log_lines *lines, size_t *length);

#endif
