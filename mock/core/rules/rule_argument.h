/*
 * What a rule wants of a call's arguments: for each name a glob for its decoded
 * value, wherever it came from, or that the call has no such argument.
 */
#ifndef SLACKMOCK_RULE_ARGUMENT_H
#define SLACKMOCK_RULE_ARGUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "json/json_fields.h"

struct arguments;

#define RULE_ARGUMENTS_MAX 48

struct argument_condition {
    const char *name;
    const char *glob; /* NULL: it must be absent */
};

struct argument_conditions {
    const struct argument_condition *list;
    size_t count;
};

/* Reads an object; everything in it lives in the reader's arena. */
void rule_arguments_read(const struct json_reader *reader,
                         const struct cJSON *value,
                         const struct json_path *path,
                         struct argument_conditions *conditions);

/* True if a call with these arguments meets it. */
bool rule_argument_allows(const struct argument_condition *condition,
                          const struct arguments *arguments);

bool rule_arguments_allow(const struct argument_conditions *conditions,
                          const struct arguments *arguments);

/* True if all that meet `inner` meet `outer` too. */
bool rule_arguments_include(const struct argument_conditions *outer,
                            const struct argument_conditions *inner);

#endif
