/*
 * The rules of a running mock, in the order in which they are tried, and how
 * often each has acted. The caller owns the struct: zero it, and end with
 * rule_list_clear().
 */
#ifndef SLACKMOCK_RULE_LIST_H
#define SLACKMOCK_RULE_LIST_H

#include <stddef.h>

struct call;
struct rule;

struct active_rule {
    struct rule *rule;
    long long acted;
};

struct rule_list {
    struct active_rule *entries;
    size_t count;
};

/*
 * Adds rules in front of those that are there, without turns taken. One that
 * has the name of one there takes its place instead.
 */
void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count);

/*
 * The first rule that matches the call and has turns left, NULL if there is
 * none. It has one turn fewer then.
 */
const struct rule *rule_list_take(struct rule_list *list, struct call *call);

/* Lets all rules go. */
void rule_list_clear(struct rule_list *list);

#endif
