/*
 * The rules of a running mock, in the order in which they are tried, and how
 * often each has acted. The caller owns the struct: zero it, and end with
 * rule_list_clear().
 */
#ifndef SLACKMOCK_RULE_LIST_H
#define SLACKMOCK_RULE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "rules/glob.h"
#include "rules/rule_when.h"

struct call;
struct rule;
struct rule_reply;

/* Where in `edges` those of a condition begin. */
enum {
    METHOD_EDGES = 0 * EDGES,
    TOKEN_EDGES = 1 * EDGES,
    CLIENT_ID_EDGES = 2 * EDGES,
    RULE_EDGES = 3 * EDGES
};

struct active_rule {
    struct rule *rule;
    struct glob_edge edges[RULE_EDGES];
    size_t last; /* the edge that kept a call away, and a copy of it: */
    struct glob_edge last_edge;
    long long met;   /* calls that matched the other conditions, for `calls` */
    long long acted; /* turns taken */
};

struct rule_list {
    struct active_rule *entries;
    size_t count;
    uint64_t changes; /* of all the above, but for what rules have met */
    /* The last hint: its text, and what it tells of. */
    struct buffer hint;
    const struct rule *hint_rule; /* NULL: none yet */
    struct rule_miss hint_miss;
};

/*
 * Adds rules in front of those that are there, without turns taken. A rule
 * whose name is in the list takes that rule's place instead; of several added
 * with one name the first does.
 */
void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count);

/* Adds one after all others, whatever its name, with its counts. */
void rule_list_append(struct rule_list *list, struct rule *rule, long long met,
                      long long acted);

/*
 * Finds the first rule that matches the call and has turns left, sets
 * call->ruling by it, and takes one of its turns. False if there is none. To be
 * called once a call.
 */
bool rule_list_take(struct rule_list *list, struct call *call);

/*
 * The same for an event that a call sets off, without a trace in call->ruling.
 * What the rule asks for, and the rule; NULL: nothing.
 */
const struct rule_reply *rule_list_take_event(struct call *call,
                                              const char *event,
                                              const struct rule **rule);

/*
 * Undoes that a rule acts on the call, and gives it its turn back. The call
 * stays counted.
 */
void rule_list_put_back(struct call *call);

/* If no rule acted on the call: gives a hint at one that nearly did. */
void rule_list_hint(struct rule_list *list, struct call *call);

/* Removes all rules. */
void rule_list_clear(struct rule_list *list);

#endif
