/*
 * Which calls, which events or which messages to webhooks a rule is for.
 */
#ifndef SLACKMOCK_RULE_WHEN_H
#define SLACKMOCK_RULE_WHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/rule_argument.h"
#include "json/json_fields.h"

struct request;

struct header_condition {
    const char *name;
    const char *glob;
};

/* Calls by number, the first is 1. */
struct call_range {
    long long first;
    long long last;
};

/* Everything given must match; what is zeroed matches every call. */
struct rule_when {
    const char *event;   /* NULL: it is for calls, or for webhooks */
    const char *webhook; /* a glob; NULL: it is for calls, or for events */
    const char *method;  /* these are globs, NULL if not given */
    const char *token;
    const char *client_id;
    const struct header_condition *headers;
    size_t header_count;
    struct argument_conditions arguments;
    const struct call_range *calls; /* of those that match all the above */
    size_t call_count;
    bool has_probability;
    double probability;
};

/*
 * What a rule looks at in a call, or in a message to a webhook. A NULL token or
 * client_id was not sent.
 */
struct rule_subject {
    const char *webhook; /* its path; NULL: it is a call */
    const char *method;
    size_t method_length;
    const char *token;
    size_t token_length;
    const char *client_id;
    size_t client_id_length;
    const struct request *request;
    const struct arguments *arguments;
};

extern const struct json_field *const rule_when_tables[];

/* Reads a condition; all that it points to lives in the reader's arena. */
void rule_when_read(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, struct rule_when *when);

/*
 * True if everything matches. `calls` and the probability are not looked at:
 * they depend on the calls before.
 */
bool rule_when_matches(const struct rule_when *when,
                       const struct rule_subject *subject);

/* A condition that a call does not meet. */
struct rule_miss {
    const char *kind; /* "token", "client_id", "header " or "argument " */
    const char *name; /* of the header or the argument, else "" */
    bool was_sent;    /* the call has it, with another value */
};

/*
 * True if the method matches and all other conditions but one; `miss` is that
 * one.
 */
bool rule_when_nearly_matches(const struct rule_when *when,
                              const struct rule_subject *subject,
                              struct rule_miss *miss);

/* True if `calls` is not given or has that number. */
bool rule_when_takes(const struct rule_when *when, long long number);

/* True if every call that `inner` is for is one that `outer` is for too. */
bool rule_when_includes(const struct rule_when *outer,
                        const struct rule_when *inner);

#endif
