/* The list is short as a rule, so it is walked. */
#include "rule_list.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "rule.h"
#include "xalloc.h"

/* The entry of that name among the first `count`, NULL if there is none. */
static struct active_rule *find_named(struct rule_list *list,
                                      const struct rule *rule)
{
    size_t number;

    for (number = 0; rule->is_named && number < list->count; number++) {
        const struct rule *other = list->entries[number].rule;

        if (other->is_named && strcmp(other->name, rule->name) == 0)
            return &list->entries[number];
    }
    return NULL;
}

static void replace(struct active_rule *entry, struct rule *rule)
{
    rule_release(entry->rule);
    *entry = (struct active_rule){.rule = rule_hold(rule)};
}

void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count)
{
    struct active_rule *entries = xcalloc(list->count + count, sizeof *entries);
    struct active_rule *named;
    size_t added = 0;
    size_t number;

    for (number = 0; number < count; number++)
        if ((named = find_named(list, rules[number])))
            replace(named, rules[number]);
        else
            entries[added++].rule = rule_hold(rules[number]);
    if (list->count)
        memcpy(entries + added, list->entries, list->count * sizeof *entries);
    free(list->entries);
    list->entries = entries;
    list->count += added;
}

static struct rule_subject subject_of(const struct call *call)
{
    return (struct rule_subject){
        .method = call->request->method,
        .token = call->token.bytes,
        .token_length = call->token.length,
        .client_id = call->client_id.bytes,
        .client_id_length = call->client_id.length,
    };
}

const struct rule *rule_list_take(struct rule_list *list, struct call *call)
{
    const struct rule_subject subject = subject_of(call);
    size_t number;

    for (number = 0; number < list->count; number++) {
        struct active_rule *entry = &list->entries[number];
        const struct rule *rule = entry->rule;

        if (!rule_matches(rule, &subject))
            continue;
        if (rule->times && entry->acted >= rule->times) {
            call_decide(call, "rule \"%s\" has no turns left", rule->name);
            continue;
        }
        entry->acted++;
        call_decide(call, "rule \"%s\" acts", rule->name);
        call->reply->record.rule = xstrdup(rule->name);
        return rule;
    }
    return NULL;
}

void rule_list_clear(struct rule_list *list)
{
    size_t number;

    for (number = 0; number < list->count; number++)
        rule_release(list->entries[number].rule);
    free(list->entries);
    *list = (struct rule_list){0};
}
