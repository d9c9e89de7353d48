/*
 * One call on its way through the gates: what was found out about it so far,
 * and the parts of the mock that a method may touch.
 */
#ifndef SLACKMOCK_CALL_H
#define SLACKMOCK_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arguments/arguments.h"
#include "arguments/content_type.h"
#include "message/reply.h"
#include "message/request.h"
#include "message/slack_error.h"
#include "tokens/token_table.h"
#include "json/json_writer.h"

struct active_rule;
struct cJSON;
struct call_limits;
struct method;
struct random;
struct rule;
struct rule_reply;

/* A run of bytes somewhere in the request; `bytes` is NULL if it was absent. */
struct sent_text {
    const char *bytes;
    size_t length;
};

struct call {
    const struct request *request;
    struct reply *reply;
    int64_t now; /* the mock's time */
    bool verbose;

    /* What the gates found. */
    struct content_type content_type;
    bool has_warning[SLACK_WARNING_COUNT];
    const struct method *method;
    const struct call_limits *limits;
    struct arguments *arguments;
    bool is_read;               /* the arguments are, as far as they parse */
    bool is_identified;         /* the next six are settled */
    struct buffer *basic;       /* the decoded Basic header, if there is one */
    struct sent_text token;     /* by argument, else by the Bearer header */
    struct sent_text client_id; /* by argument, else by Basic */
    struct sent_text client_secret; /* likewise */
    bool token_in_query;
    bool token_is_known;
    struct token_facts token_facts; /* if it is */
    size_t missing;          /* so many of the required arguments are absent */
    const struct rule *rule; /* the one that acts; NULL for none */
    struct active_rule *active_rule;     /* how it stands with that one */
    const struct rule_reply *rule_reply; /* its wishes; NULL for none */
    long long retry_after; /* seconds, if the call comes too early; else 0 */

    /* What a method works on. */
    const struct scenario *scenario;
    struct token_table *tokens;
    struct random *token_random;
    struct random *chance_random; /* for rules */
    const struct cJSON *stub;     /* the one that answers; NULL for none */
    struct json_writer fields;    /* a method that succeeds writes them here */
};

/* With -v: notes a decision and its reason, one line. */
void call_decide(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for a refusal, of which it returns the error. */
enum slack_error call_refuse(struct call *call, enum slack_error error,
                             const char *reason);

/* Refuses what belongs to a team on its way into an organisation. */
enum slack_error call_refuse_team(struct call *call, const struct team *team);

/* Notes what the caller probably meant; the first hint of a call stays. */
void call_hint_text(struct call *call, const char *text);
void call_hint(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The value of an argument; .bytes is NULL if it is absent. */
struct sent_text call_argument(const struct call *call, const char *name);

/* True if the argument is absent, a `token` as Bearer too. */
bool call_lacks(const struct call *call, const char *name);

/* True if that text was sent and is exactly this. */
bool sent_text_is(struct sent_text sent, const char *text);

#endif
