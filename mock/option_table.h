/*
 * The options: each is one row of a table, from which they are parsed, get what
 * they are if not given, and are told by --help.
 */
#ifndef SLACKMOCK_OPTION_TABLE_H
#define SLACKMOCK_OPTION_TABLE_H

#include "options.h"

enum option_kind {
    OPTION_ACTION,  /* what to do: `action` */
    OPTION_FLAG,    /* bool at `offset` */
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
    void (*read)(struct options *options, const char *text);
    const char *value;   /* how help calls it; NULL: the option takes none */
    const char *initial; /* read if it is not given; NULL: nothing is */
    const char *help;    /* its lines */
};

#define OPTION_ROWS 24

/* In the order of help. */
extern const struct option_row option_rows[OPTION_ROWS];

#endif
