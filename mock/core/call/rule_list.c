/*
 * Finds the rule that acts on a call: each is looked at in turn. Most are
 * passed over by the first or last eight bytes of the method, token and client
 * id that they want, for a few instructions each.
 */
#include "call/rule_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"
#include "base/random.h"
#include "base/xalloc.h"
#include "call/call.h"
#include "call/rule_hint.h"
#include "rules/glob.h"
#include "rules/rule.h"

/* ---- the list ---- */

static void set_edges(struct active_rule *entry)
{
    const struct rule_when *when = &entry->rule->when;

    glob_edges(when->method, entry->edges + METHOD_EDGES);
    glob_edges(when->token, entry->edges + TOKEN_EDGES);
    glob_edges(when->client_id, entry->edges + CLIENT_ID_EDGES);
}

/* The entries by their names; of several with one name the first. */
static struct hash_table name_entries(const struct rule_list *list)
{
    struct hash_table by_name = {0};
    size_t number;

    for (number = list->count; number-- > 0;) {
        const struct rule *rule = list->entries[number].rule;

        if (rule->is_named)
            hash_table_put(&by_name, rule->name, strlen(rule->name),
                           &list->entries[number]);
    }
    return by_name;
}

/* Puts a rule in the place of one with its name, if there is one. */
static bool replace_namesake(struct hash_table *by_name, struct rule *rule)
{
    struct active_rule *entry =
        rule->is_named
            ? hash_table_find(by_name, rule->name, strlen(rule->name))
            : NULL;

    if (!entry)
        return false;
    /* The key in the table belonged to the rule that is gone. */
    hash_table_put(by_name, rule->name, strlen(rule->name), entry);
    rule_release(entry->rule);
    *entry = (struct active_rule){.rule = rule_hold(rule)};
    return true;
}

void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count)
{
    struct active_rule *entries;
    struct hash_table by_name;
    size_t added = 0;
    size_t number;

    list->changes++;
    if (!count) /* as in most sandboxes, which then take no memory for it */
        return;
    entries = xcalloc(list->count + count, sizeof *entries);
    by_name = name_entries(list);
    list->hint_rule = NULL; /* it may go */
    /*
     * From the last to the first, so that of several with one name the first
     * stays.
     */
    for (number = count; number-- > 0;)
        if (!replace_namesake(&by_name, rules[number]))
            entries[count - ++added].rule = rule_hold(rules[number]);
    hash_table_free(&by_name);
    memmove(entries, entries + count - added, added * sizeof *entries);
    if (list->count)
        memcpy(entries + added, list->entries, list->count * sizeof *entries);
    free(list->entries);
    list->entries = entries;
    list->count += added;
    for (number = 0; number < list->count; number++)
        set_edges(&list->entries[number]);
}

void rule_list_append(struct rule_list *list, struct rule *rule, long long met,
                      long long acted)
{
    struct active_rule *entry;

    /* The array is full whenever the count is a power of two. */
    if ((list->count & (list->count - 1)) == 0)
        list->entries =
            xreallocarray(list->entries, list->count ? list->count * 2 : 1,
                          sizeof *list->entries);
    entry = &list->entries[list->count++];
    *entry = (struct active_rule){
        .rule = rule_hold(rule), .met = met, .acted = acted};
    set_edges(entry);
}

void rule_list_clear(struct rule_list *list)
{
    size_t number;

    buffer_free(&list->hint);
    for (number = 0; number < list->count; number++)
        rule_release(list->entries[number].rule);
    free(list->entries);
    *list = (struct rule_list){.changes = list->changes + 1};
}

/* ---- a call ---- */

static struct rule_subject subject_of(const struct call *call)
{
    return (struct rule_subject){
        .webhook = call->sent.webhook,
        .method = call->sent.request->method,
        .method_length = strlen(call->sent.request->method),
        .token = call->caller.token.bytes,
        .token_length = call->caller.token.length,
        .client_id = call->caller.client_id.bytes,
        .client_id_length = call->caller.client_id.length,
        .request = call->sent.request,
        .arguments = call->sent.arguments,
    };
}

/*
 * True if a rule that matches the call acts on it. Notes the reason if it does
 * not.
 */
static bool acts(const struct active_rule *entry, struct call *call)
{
    const struct rule *rule = entry->rule;
    long long turns = rule_turns(rule);

    if (!rule_when_takes(&rule->when, entry->met)) {
        call_decide(call, "rule \"%s\" is not for its call %lld", rule->name,
                    entry->met);
        return false;
    }
    if (turns >= 0 && entry->acted >= turns) {
        call_decide(call, "rule \"%s\" has no turns left", rule->name);
        return false;
    }
    if (rule->when.has_probability &&
        random_fraction(call->chance_random) >= rule->when.probability) {
        call_decide(call, "rule \"%s\" lets this call go by chance",
                    rule->name);
        return false;
    }
    return true;
}

static void act(struct active_rule *entry, struct call *call)
{
    const struct rule *rule = entry->rule;
    size_t turn = (size_t)entry->acted++ % rule->reply_count;

    call->ruling.rule = rule;
    call->ruling.active = entry;
    call->ruling.reply = rule->replies[turn];
    call->ruling.stage = rule_stage_of(rule, call->ruling.reply);
    call->outcome.reply->record.rule =
        reply_copy(call->outcome.reply, rule->name);
    call_decide(call, "rule \"%s\" acts%s", rule->name,
                call->ruling.reply ? "" : ": it lets the call pass");
}

static void read_edges(const struct rule_subject *subject, uint64_t *edges)
{
    glob_text_edges(subject->method, subject->method_length,
                    edges + METHOD_EDGES);
    glob_text_edges(subject->token, subject->token_length, edges + TOKEN_EDGES);
    glob_text_edges(subject->client_id, subject->client_id_length,
                    edges + CLIENT_ID_EDGES);
}

/* Calls are alike: the edge that kept one away does so with the next. */
static bool is_passed_over(struct active_rule *entry, const uint64_t *edges)
{
    if (!glob_edge_allows(&entry->last_edge, edges[entry->last]))
        return true;
    for (size_t edge = 0; edge < RULE_EDGES; edge++)
        if (!glob_edge_allows(&entry->edges[edge], edges[edge])) {
            entry->last = edge;
            entry->last_edge = entry->edges[edge];
            return true;
        }
    return false;
}

/* A rule after the one that acts still counts the call, if it has `calls`. */
static void ask(struct active_rule *entry, const struct rule_subject *subject,
                struct call *call)
{
    const struct rule_when *when = &entry->rule->when;

    if ((call->ruling.rule && !when->call_count) ||
        !rule_when_matches(when, subject))
        return;
    entry->met++;
    if (!call->ruling.rule && acts(entry, call))
        act(entry, call);
}

static void ask_all(struct rule_list *list, struct call *call)
{
    const struct rule_subject subject = subject_of(call);
    struct active_rule *const end = list->entries + list->count;
    struct active_rule *entry;
    uint64_t edges[RULE_EDGES];

    read_edges(&subject, edges);
    for (entry = list->entries; entry != end; entry++)
        if (!is_passed_over(entry, edges))
            ask(entry, &subject, call);
    list->changes += call->ruling.rule != NULL;
}

bool rule_list_take(struct rule_list *list, struct call *call)
{
    if (list->count)
        ask_all(list, call);
    return call->ruling.rule != NULL;
}

/* As with calls, a rule after the one that acts counts the event too. */
const struct rule_reply *rule_list_take_event(struct call *call,
                                              const char *event,
                                              const struct rule **rule)
{
    struct rule_list *list = call->rules;
    const struct rule_reply *reply = NULL;
    size_t number;

    *rule = NULL;
    for (number = 0; number < list->count; number++) {
        struct active_rule *entry = &list->entries[number];
        const struct rule_when *when = &entry->rule->when;

        if (!when->event || strcmp(when->event, event) != 0 ||
            (*rule && !when->call_count))
            continue;
        entry->met++;
        if (*rule || !acts(entry, call))
            continue;
        *rule = entry->rule;
        list->changes++;
        reply =
            entry->rule
                ->replies[(size_t)entry->acted++ % entry->rule->reply_count];
        call_decide(call, "rule \"%s\" acts on %s", entry->rule->name, event);
    }
    return reply;
}

void rule_list_put_back(struct call *call)
{
    call_decide(call,
                "rule \"%s\" keeps its turn: the call does not get to "
                "the method",
                call->ruling.rule->name);
    call->ruling.active->acted--;
    call->ruling.active = NULL;
    call->ruling.rule = NULL;
    call->ruling.reply = NULL;
    call->outcome.reply->record.rule = NULL;
}

void rule_list_hint(struct rule_list *list, struct call *call)
{
    if (!call->ruling.rule && list->count) {
        const struct rule_subject subject = subject_of(call);

        rule_hint_give(list, &subject, call);
    }
}
