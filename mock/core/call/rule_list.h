/*
 * The rules of a running mock, in the order in which they are tried, and how
 * often each has acted. The caller owns the struct: zero it, and end with
 * rule_list_clear().
 */
#ifndef SLACKMOCK_RULE_LIST_H
#define SLACKMOCK_RULE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "rules/glob.h"

struct call;
struct rule;

struct active_rule {
    struct rule *rule;
    struct glob_edges method; /* of what the rule wants */
    struct glob_edges token;
    struct glob_edges client_id;
    long long met;   /* if it counts calls: those that matched all the rest */
    long long acted; /* turns taken */
};

struct rule_list {
    struct active_rule *entries;
    size_t count;
    struct buffer hint; /* the one at hand */
};

/*
 * Adds rules in front of those that are there, without turns taken. One that
 * has the name of one there takes its place instead; of several such ones the
 * first does.
 */
void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count);

/*
 * Finds the first rule that matches the call and has turns left, and sets
 * call->ruling.rule and call->ruling.reply by it. It has one turn fewer then.
 * False if there is none. It is to be asked once a call.
 */
bool rule_list_take(struct rule_list *list, struct call *call);

/*
 * Takes back that a rule acts on the call, and the rule has its turn again. The
 * call stays counted.
 */
void rule_list_put_back(struct call *call);

/* If no rule acted on the call: hints at one that nearly did. */
void rule_list_hint(struct rule_list *list, struct call *call);

/* Lets all rules go. */
void rule_list_clear(struct rule_list *list);

#endif
