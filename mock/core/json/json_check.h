/*
 * Whether a text is JSON, held to RFC 8259, without a tree.
 */
#ifndef SLACKMOCK_JSON_CHECK_H
#define SLACKMOCK_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* Where the text stops being JSON, counted from 1; a column is a character.
 */
struct json_syntax_error {
    size_t line;
    size_t column;
    char message[160]; /* what was found and what was wanted */
};

struct json_text {
    const char *bytes;
    size_t length;
    /* The key of a list of the outermost object that is found meanwhile, and
     * of whose entries json_text_parse_into() builds no tree: json_entries
     * (json_tree.h) walks them, as long as the text stays. NULL: none. */
    const char *list;
};

/*
 * False, with `error` set, if the text is no JSON or nested deeper than
 * `depth`. `list` is set to the array that `text->list` asks for; zeroed if
 * that is not there.
 */
bool json_check(const struct json_text *text, size_t depth,
                struct json_text *list, struct json_syntax_error *error);

/* Sets `error` for a text that is wrong from its first byte on. */
void json_check_refuse(const struct json_text *text, const char *wanted,
                       struct json_syntax_error *error);

#endif
