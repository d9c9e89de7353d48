/* Rules that want one method stand in its chain: a call looks at no others. */
#include "call/rule_hint.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "call/call.h"
#include "call/rule_list.h"
#include "rules/glob.h"
#include "rules/rule.h"

struct rule_hint {
    const struct rule *rule;
    struct rule_hint *next;
};

/* Of one condition alone none can be said to be nearly met. */
static bool has_several_conditions(const struct rule_when *when)
{
    size_t others = when->header_count;

    if (when->token)
        others++;
    if (when->client_id)
        others++;
    return others > 1 || (when->method && others > 0);
}

static void push(struct rule_hints *hints, struct rule_hint *hint)
{
    const char *method = hint->rule->when.method;

    if (method && glob_is_exact(method)) {
        hint->next = hash_table_find(&hints->by_method, method, strlen(method));
        hash_table_put(&hints->by_method, method, strlen(method), hint);
    } else {
        hint->next = hints->others;
        hints->others = hint;
    }
}

/* From the last to the first: a chain grows at its front. */
void rule_hints_set(struct rule_hints *hints, const struct active_rule *rules,
                    size_t count)
{
    rule_hints_free(hints);
    hints->all = xcalloc(count, sizeof *hints->all);
    while (count-- > 0) {
        hints->all[count].rule = rules[count].rule;
        if (has_several_conditions(&rules[count].rule->when))
            push(hints, &hints->all[count]);
    }
}

/* No values: they may be secrets. Every call may come here: hence no printf. */
static const char *spell(struct buffer *text, const struct rule_hint *hint,
                         const struct rule_miss *miss)
{
    buffer_clear(text);
    buffer_add_text(text, "rule \"");
    buffer_add_text(text, hint->rule->name);
    buffer_add_text(text, "\" nearly matched: only its ");
    buffer_add_text(text, miss->kind);
    buffer_add_text(text, miss->name);
    buffer_add_text(text, " kept it from this call");
    if (!miss->was_sent)
        buffer_add_text(text, ", which has none");
    return text->data;
}

/* The first that nearly matches, NULL if none does. */
static const struct rule_hint *find_nearest(const struct rule_hint *hint,
                                            const struct rule_subject *subject,
                                            struct rule_miss *miss)
{
    while (hint && !rule_when_nearly_matches(&hint->rule->when, subject, miss))
        hint = hint->next;
    return hint;
}

void rule_hints_give(struct rule_hints *hints,
                     const struct rule_subject *subject, struct call *call)
{
    const struct rule_hint *found = NULL;
    struct rule_miss miss;

    if (hints->by_method.count)
        found = hash_table_find(&hints->by_method, subject->method,
                                strlen(subject->method));
    found = find_nearest(found, subject, &miss);
    if (!found)
        found = find_nearest(hints->others, subject, &miss);
    if (found)
        call_hint_text(call, spell(&hints->text, found, &miss));
}

void rule_hints_free(struct rule_hints *hints)
{
    hash_table_free(&hints->by_method);
    free(hints->all);
    buffer_free(&hints->text);
    *hints = (struct rule_hints){0};
}
