/*
 * A rule of a scenario: which calls it is for, and what it does to their
 * replies. Rules never change, so any number of lists may hold one; how often
 * each has acted is for the list to count.
 */
#ifndef SLACKMOCK_RULE_H
#define SLACKMOCK_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "json_fields.h"
#include "reply.h"

struct cJSON;

#define RETRY_AFTER_UNSET (-1)
#define RETRY_AFTER_NONE  (-2) /* "retry_after": null */
#define RULE_HEADERS_MAX  48

struct rule_reply {
    const char *error; /* NULL: the method's own outcome stands */
    bool undocumented;
    long long status;      /* 0: the usual one */
    long long retry_after; /* seconds, or one of the two above */
    struct reply_header *headers;
    size_t header_count;
    const char *body; /* raw, in place of JSON; NULL: none */
    bool has_content_type;
    const char *content_type; /* NULL: no such header */
    struct text_list warnings;
    struct text_list messages;
};

struct rule {
    struct arena arena; /* all that it points to */
    int holders;
    const char *name;
    bool is_named; /* else it is called after its place */
    /* Globs that must all match; NULL matches every call. */
    const char *method;
    const char *token;
    const char *client_id;
    long long times; /* how often it may act; 0: without end */
    struct rule_reply reply;
};

/* What a rule looks at in a call. A NULL token or client_id was not sent. */
struct rule_subject {
    const char *method;
    const char *token;
    size_t token_length;
    const char *client_id;
    size_t client_id_length;
};

/* Reads one rule of a scenario. The caller is its first holder. */
struct rule *rule_read(const struct json_reader *reader,
                       const struct cJSON *value, const struct json_path *path);

/* One holder more. Returns the rule. */
struct rule *rule_hold(struct rule *rule);

/* One holder fewer; the last one's end is the rule's. */
void rule_release(struct rule *rule);

bool rule_matches(const struct rule *rule, const struct rule_subject *subject);

/* True if the rule's reply stands in place of the method's. */
bool rule_replaces_call(const struct rule *rule);

#endif
