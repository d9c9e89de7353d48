/*
 * One call on its way through the gates: what was sent, who is calling, what
 * the rules said, what comes out; and the parts of the mock that it may touch.
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
#include "message/signer.h"
#include "message/slack_error.h"
#include "rules/rule_reply.h"
#include "tokens/token_table.h"
#include "json/json_writer.h"

struct active_rule;
struct cJSON;
struct call_limits;
struct event_queue;
struct issued_ids;
struct method;
struct method_facts;
struct random;
struct rule;
struct rule_list;
struct scenario_method;

/* A run of bytes somewhere in the request; `bytes` is NULL if it was absent. */
struct sent_text {
    const char *bytes;
    size_t length;
};

struct call_sent {
    const struct request *request;
    const char *webhook; /* the path of one; NULL: it is a call of a method */
    const struct method *method; /* NULL: there is none of that name */
    const struct scenario_method *described; /* by the scenario; NULL: not */
    /* Of a method that is answered from what is documented of it; else NULL. */
    const struct method_facts *facts;
    struct content_type content_type;
    struct arguments *arguments;
    bool is_read; /* the arguments were read, as far as they parse */
};

struct call_caller {
    bool is_identified;         /* the fields below are set */
    struct buffer *basic;       /* the decoded Basic header, if there is one */
    struct sent_text token;     /* by argument, else by the Bearer header */
    struct sent_text client_id; /* by argument, else by Basic */
    struct sent_text client_secret; /* likewise */
    const struct app *app;          /* of that client_id; NULL: none has it */
    bool token_in_query;
    bool token_is_known;
    struct token_facts token_facts; /* set if the token is known */
};

struct call_ruling {
    const struct rule *rule;        /* the one that acts; NULL for none */
    struct active_rule *active;     /* that rule's counts */
    const struct rule_reply *reply; /* what it asks for; NULL for nothing */
    enum rule_stage stage;          /* of that reply */
};

struct call_outcome {
    struct reply *reply;
    struct json_writer fields; /* the body, written by the method */
    bool has_warning[SLACK_WARNING_COUNT];
    size_t missing;  /* how many arguments are absent, or of a wrong type */
    bool has_cursor; /* a list's, and empty: there is no more */
    long long retry_after;    /* seconds, if the call comes too early; else 0 */
    const struct cJSON *stub; /* the stub that answers; NULL for none */
};

struct call {
    struct call_sent sent;
    struct call_caller caller;
    struct call_ruling ruling;
    struct call_outcome outcome;

    /* The parts of the mock that gates, rules and methods use. */
    int64_t now; /* the mock's time */
    bool verbose;
    const struct call_limits *limits;
    signer *sign; /* NULL: there is none */
    const struct scenario *scenario;
    struct token_table *tokens;
    struct rule_list *rules;
    struct event_queue *events;
    struct random *token_random;
    struct random *chance_random; /* for rules */
    struct issued_ids *issued;
};

/* With -v: notes a decision and its reason, one line. */
void call_decide(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for a refusal, of which it returns the error. */
enum slack_error call_refuse(struct call *call, enum slack_error error,
                             const char *reason);

/* Refuses a call about a team that is moving into an organisation. */
enum slack_error call_refuse_team(struct call *call, const struct team *team);

/* Notes what the caller probably meant; the first hint of a call stays. */
void call_hint_text(struct call *call, const char *text);
void call_hint(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The value of an argument; .bytes is NULL if it is absent. */
struct sent_text call_argument(const struct call *call, const char *name);

/* True if the argument is absent; a `token` may come as Bearer instead. */
bool call_lacks(const struct call *call, const char *name);

/* True if that text was sent and is exactly this. */
bool sent_text_is(struct sent_text sent, const char *text);

#endif
