/*
 * The hint that a rule nearly acted: its method matched the call, and all its
 * other conditions but one.
 */
#ifndef SLACKMOCK_RULE_HINT_H
#define SLACKMOCK_RULE_HINT_H

struct call;
struct rule_list;
struct rule_subject;

/* Hints at the first rule that nearly matches, if there is one. */
void rule_hint_give(struct rule_list *list, const struct rule_subject *subject,
                    struct call *call);

#endif
