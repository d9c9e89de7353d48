/* Lays the facts of methods out in columns. */
#include "method_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "message/method_facts.h"
#include "message/method_names.h"

#define NAME_WIDTH 56 /* of the longest name */

static const char *way_of(const char *name)
{
    if (method_name_is_known(name))
        return "state";
    return method_is_gone(name) ? "gone" : "data";
}

static void print_tier(const struct method_facts *facts)
{
    if (facts->tier)
        printf("tier %d   ", facts->tier);
    else
        printf("special  ");
}

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

/* Each kind with its scopes, or `none` where no token is wanted. */
static void print_tokens(const struct method_facts *facts)
{
    const char *blank = "";

    if (!facts->tokens)
        printf("none");
    for (size_t number = 0; number < sizeof kinds / sizeof *kinds; number++) {
        if (!(facts->tokens & kinds[number].bit))
            continue;
        printf("%s%s", blank, kinds[number].name);
        print_scopes(facts->scopes[kinds[number].scopes]);
        blank = " ";
    }
}

void method_list_print(void)
{
    for (size_t number = 0; number < method_facts_count; number++) {
        const struct method_facts *facts = &method_facts[number];
        const char *name = method_facts_name(facts);

        printf("%-*s  %-5s  %-4s  ", NAME_WIDTH, name, way_of(name),
               facts->is_get ? "GET" : "POST");
        print_tier(facts);
        print_tokens(facts);
        printf("\n");
    }
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

const char *method_list_nearest(const char *name)
{
    const char **names = xcalloc(method_facts_count, sizeof *names);
    const char *nearest;

    for (size_t number = 0; number < method_facts_count; number++)
        names[number] = method_facts_name(&method_facts[number]);
    nearest = text_nearest(name, names, method_facts_count);
    free(names);
    return nearest;
}
