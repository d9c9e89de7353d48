/*
 * The options: one row of a table each. Parsing, defaults and --help follow
 * from it.
 */
#ifndef SLACKMOCK_OPTION_TABLE_H
#define SLACKMOCK_OPTION_TABLE_H

#include "options.h"

enum option_kind {
    OPTION_ACTION,  /* what to do: `action` */
    OPTION_FLAG,    /* bool at `offset`; in a variable 1 or 0 */
    OPTION_NUMBER,  /* size_t at `offset`, from 1 to `most` */
    OPTION_SECONDS, /* int64_t at `offset`, in milliseconds */
    OPTION_TEXT     /* read by `read` */
};

struct option_row {
    const char *name;
    char letter; /* NUL: it has none */
    enum option_kind kind;
    enum action action;
    size_t offset; /* of the target in struct options */
    long long most;
    bool changes_answers; /* a log goes on under the same value alone */
    void (*read)(struct options *options, const char *text);
    bool is_list;        /* a variable holds several, parted by blanks */
    const char *value;   /* the value's name in --help; NULL: it takes none */
    const char *initial; /* the default, as text; NULL: there is none */
    const char *help;    /* its lines in --help */
};

#define OPTION_ROWS 33

/* In the order of help. */
extern const struct option_row option_rows[OPTION_ROWS];

#endif
