/*
 * Tells the author of a rule that did not act that it nearly did: its method is
 * right, and all else that it wants but one thing. The caller owns the struct:
 * zero it, and end with rule_hints_free().
 */
#ifndef SLACKMOCK_RULE_HINT_H
#define SLACKMOCK_RULE_HINT_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/hash_table.h"

struct active_rule;
struct call;
struct rule_hint;
struct rule_subject;

struct rule_hints {
    struct rule_hint *all;
    struct hash_table by_method; /* the first that wants just this method */
    struct rule_hint *others;    /* the first that wants none, or by a glob */
    struct buffer text;          /* of the hint at hand */
};

/* Starts anew, with rules that must outlive their hints. */
void rule_hints_set(struct rule_hints *hints, const struct active_rule *rules,
                    size_t count);

/* Hints at the first rule that nearly matches, if there is one. */
void rule_hints_give(struct rule_hints *hints,
                     const struct rule_subject *subject, struct call *call);

void rule_hints_free(struct rule_hints *hints);

#endif
