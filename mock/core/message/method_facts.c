/* Looks things up in the tables of facts. */
#include "message/method_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"

static int compare(const void *name, const void *facts)
{
    return strcmp(name, method_facts_name(facts));
}

const struct method_facts *method_facts_find(const char *name)
{
    return bsearch(name, method_facts, method_facts_count, sizeof *method_facts,
                   compare);
}

const char *method_facts_nearest(const char *name)
{
    const char **names = xcalloc(method_facts_count, sizeof *names);
    const char *nearest;
    size_t number;

    for (number = 0; number < method_facts_count; number++)
        names[number] = method_facts_name(&method_facts[number]);
    nearest = text_nearest(name, names, method_facts_count);
    free(names);
    return nearest;
}

/*
 * https://docs.slack.dev/changelog/2020-01-deprecating-antecedents-to-the-
 * conversations-api and 2024-04-a-better-way-to-upload-files-is-here-to-stay
 */
bool method_is_gone(const char *name)
{
    static const char *const families[] = {"channels.", "groups.", "im.",
                                           "mpim."};
    size_t number;

    for (number = 0; number < sizeof families / sizeof *families; number++)
        if (strncmp(name, families[number], strlen(families[number])) == 0)
            return true;
    return strcmp(name, "files.upload") == 0;
}

const char *method_facts_name(const struct method_facts *facts)
{
    return method_text(facts->name);
}

bool method_list_has(uint16_t list, const char *text)
{
    const uint16_t *member = &method_lists[list];

    while (*member && strcmp(method_text(*member), text) != 0)
        member++;
    return *member != 0;
}

bool method_facts_has_error(const struct method_facts *facts, const char *name)
{
    return method_list_has(facts->errors, name);
}

unsigned method_facts_argument(const struct method_facts *facts,
                               const char *name)
{
    const uint16_t *member = &method_lists[facts->arguments];

    while (*member && strcmp(method_text(*member), name) != 0)
        member += 2;
    return *member ? member[1] : 0;
}
