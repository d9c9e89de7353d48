/* Lays the facts of methods out in columns. */
#include "method_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/method_facts.h"
#include "message/method_names.h"
#include "scenario/scenario.h"
#include "scenario/scenario_method.h"

#define NAME_WIDTH 56 /* of the longest name */

/* What is known of a method. */
struct entry {
    const char *name;
    const struct method_facts *facts; /* NULL: Slack has none of that name */
    const struct scenario_method *described; /* NULL: the scenario has not */
    bool is_stub;
};

static struct entry entry_of(const struct scenario *scenario, const char *name)
{
    size_t length = strlen(name);

    return (struct entry){
        .name = name,
        .facts = method_facts_find(name),
        .described = hash_table_find(&scenario->methods, name, length),
        .is_stub = hash_table_find(&scenario->stubs, name, length) != NULL,
    };
}

static const char *way_of(const struct entry *entry)
{
    if (method_name_is_known(entry->name))
        return "state";
    if (entry->described)
        return "data";
    if (entry->is_stub)
        return "stub";
    return method_is_gone(entry->name) ? "gone" : "data";
}

static const char *verb_of(const struct entry *entry)
{
    if (!entry->facts)
        return "any";
    return entry->facts->is_get ? "GET" : "POST";
}

static void print_tier(const struct entry *entry)
{
    long long tier = entry->facts ? entry->facts->tier : 0;

    if (entry->described && entry->described->limit.tier)
        tier = entry->described->limit.tier;
    if (tier)
        printf("tier %lld   ", tier);
    else
        printf("%-9s", entry->facts ? "special" : "none");
}

/* ---- tokens ---- */

static const struct kind {
    enum method_token bit;
    enum method_scopes scopes;
    const char *name;
} kinds[] = {
    {METHOD_TOKEN_BOT, METHOD_SCOPES_BOT, "bot"},
    {METHOD_TOKEN_USER, METHOD_SCOPES_USER, "user"},
    {METHOD_TOKEN_APP, METHOD_SCOPES_OTHER, "app"},
    {METHOD_TOKEN_CONFIGURATION, METHOD_SCOPES_OTHER, "configuration"},
    {METHOD_TOKEN_CLASSIC, METHOD_SCOPES_OTHER, "classic"},
};

static void print_scopes(uint16_t list)
{
    const uint16_t *scope;

    for (scope = &method_lists[list]; *scope; scope++)
        printf("%c%s", scope == &method_lists[list] ? '=' : ',',
               method_text(*scope));
}

/* Each kind with its scopes. */
static void print_documented(const struct method_facts *facts)
{
    const char *blank = "";

    for (size_t number = 0; number < sizeof kinds / sizeof *kinds; number++) {
        if (!(facts->tokens & kinds[number].bit))
            continue;
        printf("%s%s", blank, kinds[number].name);
        print_scopes(facts->scopes[kinds[number].scopes]);
        blank = " ";
    }
}

static void print_kind(const char *name, const struct kind_scopes *scopes,
                       const char *blank)
{
    if (!scopes->is_taken)
        return;
    printf("%s%s", blank, name);
    for (size_t number = 0; number < scopes->any_of.count; number++)
        printf("%c%s", number ? ',' : '=', scopes->any_of.texts[number]);
}

static void print_described(const struct scenario_method *method)
{
    print_kind("bot", &method->bot, "");
    print_kind("user", &method->user, method->bot.is_taken ? " " : "");
}

static bool wants_no_token(const struct entry *entry)
{
    if (entry->described)
        return !entry->described->needs_token;
    return !entry->is_stub && entry->facts && !entry->facts->tokens;
}

/* A stub, and what nothing is documented of, take any that lives. */
static bool takes_documented(const struct entry *entry)
{
    return (entry->described || !entry->is_stub) && entry->facts &&
           entry->facts->tokens;
}

static void print_tokens(const struct entry *entry)
{
    if (wants_no_token(entry))
        printf("none");
    else if (entry->described && entry->described->has_scopes)
        print_described(entry->described);
    else if (takes_documented(entry))
        print_documented(entry->facts);
    else
        printf("any");
}

/* ---- lines ---- */

static void print_line(const struct scenario *scenario, const char *name)
{
    const struct entry entry = entry_of(scenario, name);

    printf("%-*s  %-5s  %-4s  ", NAME_WIDTH, name, way_of(&entry),
           verb_of(&entry));
    print_tier(&entry);
    print_tokens(&entry);
    printf("\n");
}

/* The methods that the scenario alone has, in the order of their names. */
static void print_more(const struct scenario *scenario,
                       const struct hash_table *table,
                       const struct hash_table *before)
{
    const struct hash_entry **sorted = hash_table_sorted(table);

    for (size_t place = 0; place < table->count; place++) {
        const char *name = sorted[place]->key;

        if (!method_facts_find(name) &&
            !(before && hash_table_find(before, name, strlen(name))))
            print_line(scenario, name);
    }
    free(sorted);
}

void method_list_print(const struct scenario *scenario)
{
    for (size_t number = 0; number < method_facts_count; number++)
        print_line(scenario, method_facts_name(&method_facts[number]));
    print_more(scenario, &scenario->methods, NULL);
    print_more(scenario, &scenario->stubs, &scenario->methods);
}

static void print_names(uint16_t list, const char *what)
{
    const uint16_t *member;

    for (member = &method_lists[list]; *member; member++)
        printf("%-*s  %s\n", NAME_WIDTH, method_text(*member), what);
}

void method_list_print_errors(const struct method_facts *facts)
{
    print_names(facts->errors, "error");
    print_names(method_common_errors, "error of any method");
    print_names(facts->warnings, "warning");
}
