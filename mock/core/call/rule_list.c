/*
 * A rule that wants one certain token, client id or method stands in a chain of
 * those that want the same, found by that text. So a call does not even look at
 * rules for other tokens or methods, however many there are. Only rules with
 * globs for all three, or with none, are in the one chain that all calls look
 * at. Each rule is in one chain, in order; entries stand in memory in the order
 * in which they are tried, which merges the chains.
 */
#include "call/rule_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/xalloc.h"
#include "call/call.h"
#include "rules/glob.h"
#include "rules/rule.h"

#define CHAINS_OF_CALL 4

/* ---- chains ---- */

static void push(struct active_rule **chain, struct active_rule *entry)
{
    entry->next = *chain;
    *chain = entry;
}

/* Puts it in front of the chain of that text, unless it is a glob. */
static bool push_exact(struct hash_table *chains, const char *text,
                       struct active_rule *entry)
{
    struct active_rule *chain;

    if (!text || !glob_is_exact(text))
        return false;
    chain = hash_table_find(chains, text, strlen(text));
    push(&chain, entry);
    hash_table_put(chains, text, strlen(text), chain);
    return true;
}

static void free_chains(struct rule_list *list)
{
    hash_table_free(&list->by_token);
    hash_table_free(&list->by_client_id);
    hash_table_free(&list->by_method);
    list->others = NULL;
}

/* From the last to the first: a chain grows at its front. */
static void build_chains(struct rule_list *list)
{
    size_t number;

    free_chains(list);
    for (number = list->count; number-- > 0;) {
        struct active_rule *entry = &list->entries[number];
        const struct rule_when *when = &entry->rule->when;

        entry->token = glob_start(when->token);
        entry->client_id = glob_start(when->client_id);
        if (!push_exact(&list->by_token, when->token, entry) &&
            !push_exact(&list->by_client_id, when->client_id, entry) &&
            !push_exact(&list->by_method, when->method, entry))
            push(&list->others, entry);
    }
}

/* ---- the list ---- */

/* The entries by their names; of namesakes the first. */
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

/* Puts a rule in its namesake's place, if there is one. */
static bool replace_namesake(struct hash_table *by_name, struct rule *rule)
{
    struct active_rule *entry =
        rule->is_named
            ? hash_table_find(by_name, rule->name, strlen(rule->name))
            : NULL;

    if (!entry)
        return false;
    /* The key that stands there goes with its rule. */
    hash_table_put(by_name, rule->name, strlen(rule->name), entry);
    rule_release(entry->rule);
    *entry = (struct active_rule){.rule = rule_hold(rule)};
    return true;
}

void rule_list_add(struct rule_list *list, struct rule *const *rules,
                   size_t count)
{
    struct active_rule *entries = xcalloc(list->count + count, sizeof *entries);
    struct hash_table by_name = name_entries(list);
    size_t added = 0;
    size_t number;

    /* From the last on, so that of namesakes the first has the last word. */
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
    build_chains(list);
    rule_hints_set(&list->hints, list->entries, list->count);
}

void rule_list_clear(struct rule_list *list)
{
    size_t number;

    free_chains(list);
    rule_hints_free(&list->hints);
    for (number = 0; number < list->count; number++)
        rule_release(list->entries[number].rule);
    free(list->entries);
    *list = (struct rule_list){0};
}

/* ---- a call ---- */

static struct rule_subject subject_of(const struct call *call)
{
    return (struct rule_subject){
        .method = call->sent.request->method,
        .token = call->caller.token.bytes,
        .token_length = call->caller.token.length,
        .client_id = call->caller.client_id.bytes,
        .client_id_length = call->caller.client_id.length,
        .request = call->sent.request,
    };
}

/* The chains that a call looks at, those without an entry left out. */
struct chains {
    struct active_rule *first[CHAINS_OF_CALL];
    size_t count;
};

static void add_chain(struct chains *chains, struct active_rule *first)
{
    if (first)
        chains->first[chains->count++] = first;
}

static void add_found(struct chains *chains, const struct hash_table *table,
                      const char *text, size_t length)
{
    if (table->count && text)
        add_chain(chains, hash_table_find(table, text, length));
}

static struct chains chains_of(const struct rule_list *list,
                               const struct rule_subject *subject)
{
    struct chains chains = {.count = 0};

    add_found(&chains, &list->by_token, subject->token, subject->token_length);
    add_found(&chains, &list->by_client_id, subject->client_id,
              subject->client_id_length);
    add_found(&chains, &list->by_method, subject->method,
              strlen(subject->method));
    add_chain(&chains, list->others);
    return chains;
}

/* Takes the first entry off the chains; NULL when all are at their end. */
static struct active_rule *next_entry(struct chains *chains)
{
    size_t first = 0;
    struct active_rule *entry;
    size_t number;

    if (!chains->count)
        return NULL;
    for (number = 1; number < chains->count; number++)
        if (chains->first[number] < chains->first[first])
            first = number;
    entry = chains->first[first];
    chains->first[first] = entry->next;
    if (!entry->next)
        chains->first[first] = chains->first[--chains->count];
    return entry;
}

/* Whether a rule acts that matches the call. Says why if it does not. */
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
    call->outcome.reply->record.rule =
        reply_copy(call->outcome.reply, rule->name);
    call_decide(call, "rule \"%s\" acts%s", rule->name,
                call->ruling.reply ? "" : ": it lets the call pass");
}

static bool begins_so(uint64_t text, const struct glob_start *glob)
{
    return !((text ^ glob->bytes) & glob->mask);
}

/* Rules behind the one that acts have the call counted, if they count calls. */
bool rule_list_take(struct rule_list *list, struct call *call)
{
    const struct rule_subject subject = subject_of(call);
    const uint64_t token = glob_text_start(subject.token, subject.token_length);
    const uint64_t client_id =
        glob_text_start(subject.client_id, subject.client_id_length);
    struct chains chains = chains_of(list, &subject);
    struct active_rule *entry;

    while ((entry = next_entry(&chains))) {
        const struct rule_when *when = &entry->rule->when;

        if (!begins_so(token, &entry->token) ||
            !begins_so(client_id, &entry->client_id) ||
            (call->ruling.rule && !when->call_count) ||
            !rule_when_matches(when, &subject))
            continue;
        entry->met++;
        if (!call->ruling.rule && acts(entry, call))
            act(entry, call);
    }
    return call->ruling.rule != NULL;
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

        rule_hints_give(&list->hints, &subject, call);
    }
}
