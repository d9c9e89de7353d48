/*
 * What Slack documents of each of its methods: tables that are made from
 * mock/core/methods/data/ when slackmock is built, read-only and without
 * pointers, so that they cost nothing at the start. A place is where a text or
 * a list begins in the pool of its kind; the one at 0 is empty.
 */
#ifndef SLACKMOCK_METHOD_FACTS_H
#define SLACKMOCK_METHOD_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kinds of token that a method takes, as bits; 0: it wants none. */
enum method_token {
    METHOD_TOKEN_BOT = 1,
    METHOD_TOKEN_USER = 2,
    METHOD_TOKEN_APP = 4,
    METHOD_TOKEN_CONFIGURATION = 8,
    METHOD_TOKEN_CLASSIC = 16
};

/* Whose scopes: those of the other kinds of token are one list. */
enum method_scopes {
    METHOD_SCOPES_BOT,
    METHOD_SCOPES_USER,
    METHOD_SCOPES_OTHER
};

enum argument_type {
    ARGUMENT_STRING = 1,
    ARGUMENT_BOOLEAN,
    ARGUMENT_NUMBER,
    ARGUMENT_INTEGER,
    ARGUMENT_ARRAY,
    ARGUMENT_OBJECT,
    ARGUMENT_ANY /* a text that may hold JSON, or several values */
};

struct method_facts {
    uint16_t name;
    uint16_t success;   /* in the templates; 0: no fields */
    uint16_t required;  /* lists of texts, as the rest */
    uint16_t arguments; /* but for this one: of texts and types in turn */
    uint16_t errors;    /* without those that all methods share */
    uint16_t warnings;
    uint16_t scopes[3]; /* by enum method_scopes; one of them is enough */
    uint8_t tokens;     /* enum method_token */
    uint8_t tier;       /* 0: special */
    uint8_t takes_json;
    uint8_t is_get; /* as documented; either verb works */
};

/* In the order of their names. */
extern const struct method_facts method_facts[];
extern const size_t method_facts_count;

extern const char method_texts[];
extern const char method_templates[];
extern const uint16_t method_lists[];
extern const uint16_t method_common_errors; /* a list of texts */

/* That of a name, exact in letter case; NULL if Slack has no such method. */
const struct method_facts *method_facts_find(const char *name);

/* The name that is nearest to one that is none; NULL: none is near. */
const char *method_facts_nearest(const char *name);

/*
 * True for the names of methods that Slack took back, all of channels.,
 * groups., im. and mpim. and files.upload: they answer method_deprecated.
 */
bool method_is_gone(const char *name);

const char *method_facts_name(const struct method_facts *facts);

/* Of a list, which 0 ends: its members' texts. */
static inline const char *method_text(uint16_t place)
{
    return method_texts + place;
}

bool method_list_has(uint16_t list, const char *text);

/* True if the method's own page has the error, or the warning. */
bool method_facts_has_error(const struct method_facts *facts, const char *name);

/* The type of an argument; 0 if the method documents none of that name. */
unsigned method_facts_argument(const struct method_facts *facts,
                               const char *name);

#endif
