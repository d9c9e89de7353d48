/*
 * Finds a rule for the method of the call that all but one condition let act.
 */
#include "call/rule_hint.h"

#include "base/buffer.h"
#include "call/call.h"
#include "call/rule_list.h"
#include "rules/glob.h"
#include "rules/rule.h"

/* With one condition alone no rule is nearly matched. */
static bool has_several_conditions(const struct rule_when *when)
{
    size_t others = when->header_count + when->arguments.count;

    if (when->token)
        others++;
    if (when->client_id)
        others++;
    return others > 1 || ((when->method || when->webhook) && others > 0);
}

static bool is_same(const struct rule_miss *one, const struct rule_miss *other)
{
    return one->kind == other->kind && one->name == other->name &&
           one->was_sent == other->was_sent;
}

/*
 * Writes no values: they may be secrets. Any call may come here, and most have
 * the same to be told: hence no printf, and a text that is kept.
 */
static const char *spell(struct rule_list *list, const struct rule *rule,
                         const struct rule_miss *miss)
{
    struct buffer *text = &list->hint;

    if (list->hint_rule == rule && is_same(&list->hint_miss, miss))
        return text->data;
    list->hint_rule = rule;
    list->hint_miss = *miss;
    buffer_clear(text);
    buffer_add_text(text, "rule \"");
    buffer_add_text(text, rule->name);
    buffer_add_text(text, "\" nearly matched: only its ");
    buffer_add_text(text, miss->kind);
    buffer_add_text(text, miss->name);
    buffer_add_text(text, " kept it from this call");
    if (!miss->was_sent)
        buffer_add_text(text, ", which has none");
    return text->data;
}

/* False for most rules of other methods. */
static bool is_for_method(const struct active_rule *entry,
                          const uint64_t *method)
{
    const struct glob_edge *edges = entry->edges + METHOD_EDGES;

    return glob_edge_allows(&edges[EDGE_START], method[EDGE_START]) &&
           glob_edge_allows(&edges[EDGE_END], method[EDGE_END]);
}

void rule_hint_give(struct rule_list *list, const struct rule_subject *subject,
                    struct call *call)
{
    uint64_t method[EDGES];
    struct rule_miss miss;
    size_t number;

    glob_text_edges(subject->method, subject->method_length, method);
    for (number = 0; number < list->count; number++) {
        const struct active_rule *entry = &list->entries[number];
        const struct rule *rule = entry->rule;

        if (is_for_method(entry, method) &&
            has_several_conditions(&rule->when) &&
            rule_when_nearly_matches(&rule->when, subject, &miss)) {
            call_hint_text(call, spell(list, rule, &miss));
            return;
        }
    }
}
