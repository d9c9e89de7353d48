/*
 * What a rule does to the reply of a call. Replies never change once read.
 */
#ifndef SLACKMOCK_RULE_REPLY_H
#define SLACKMOCK_RULE_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "message/reply.h"
#include "rules/delay.h"
#include "json/json_fields.h"

#define RETRY_AFTER_UNSET (-1)
#define RETRY_AFTER_NONE  (-2) /* "retry_after": null */

enum rule_stage {
    RULE_BEFORE, /* a reply that replaces the call keeps it from its method */
    RULE_AFTER,  /* the call takes effect, and then is replaced */
    RULE_STAGE_UNSET
};

/* What becomes of an event beside its delay. */
enum rule_event {
    RULE_EVENT_SEND,
    RULE_EVENT_DROP,   /* it is never sent */
    RULE_EVENT_DOUBLE, /* it is sent twice */
    RULE_EVENT_SWAP    /* it has the time of the other one of its cause */
};

extern const char *const rule_stages[]; /* their names, ended by NULL */

struct rule_reply {
    int stage; /* enum rule_stage; of one in a sequence, else the rule's */
    const char *error; /* NULL: the method's own outcome stands */
    bool undocumented;
    long long status;      /* 0: the usual one */
    long long retry_after; /* seconds, or one of the two above */
    struct reply_header *headers;
    size_t header_count;
    const char *body; /* raw, in place of JSON; NULL: none */
    size_t body_length;
    const char *json;       /* an object in place of the method's; NULL: none */
    const char *json_error; /* that it fails with; NULL: none */
    const char *fields;     /* to lay over a success, an object; NULL: none */
    const char *fields_error; /* as with json */
    bool has_content_type;
    const char *content_type; /* NULL: the reply has no such header */
    struct text_list warnings;
    struct text_list messages;
    struct delay delay;
    const struct fault *fault; /* NULL: none */
    int event;                 /* enum rule_event, of a rule for events */
};

extern const struct json_field *const rule_reply_tables[];
extern const struct json_field *const rule_turn_tables[];

/*
 * Reads a reply into a zeroed struct; all that it points to lives in the
 * reader's arena.
 */
void rule_reply_read(const struct json_reader *reader,
                     const struct cJSON *value, const struct json_path *path,
                     struct rule_reply *reply);

/* The same for one of a sequence, which may have a stage of its own. */
void rule_turn_read(const struct json_reader *reader, const struct cJSON *value,
                    const struct json_path *path, struct rule_reply *reply);

struct rule_when;

/*
 * Reports an error or a warning that Slack does not document of what the rule
 * is for.
 */
void rule_reply_check(const struct json_reader *reader,
                      const struct json_path *path,
                      const struct rule_when *when,
                      const struct rule_reply *reply);

/* True if it asks for nothing but what an event can have. */
bool rule_reply_is_of_event(const struct rule_reply *reply);

/* True if it asks for nothing that only the JSON of a method can have. */
bool rule_reply_is_of_webhook(const struct rule_reply *reply);

/* True if it replaces the method's reply; else it only adds to that. */
bool rule_reply_replaces_call(const struct rule_reply *reply);

#endif
