/* A plain list: an environment has some dozens of entries. */
#include "variables.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static void add(struct variables *variables, char *entry)
{
    variables->entries = xreallocarray(variables->entries, variables->count + 2,
                                       sizeof *variables->entries);
    variables->entries[variables->count++] = entry;
    variables->entries[variables->count] = NULL;
}

void variables_init(struct variables *variables, char *const *entries)
{
    *variables = (struct variables){NULL, 0};
    for (; *entries; entries++)
        add(variables, xstrdup(*entries));
}

/* NULL if there is none of that name. */
static char **find(const struct variables *variables, const char *name)
{
    size_t length = strlen(name);

    for (size_t i = 0; i < variables->count; i++)
        if (strncmp(variables->entries[i], name, length) == 0 &&
            variables->entries[i][length] == '=')
            return &variables->entries[i];
    return NULL;
}

const char *variables_get(const struct variables *variables, const char *name)
{
    char **entry = find(variables, name);

    return entry ? *entry + strlen(name) + 1 : NULL;
}

void variables_set(struct variables *variables, const char *name,
                   const char *value)
{
    char *made = xasprintf("%s=%s", name, value);
    char **entry = find(variables, name);

    if (!entry) {
        add(variables, made);
        return;
    }
    free(*entry);
    *entry = made;
}

void variables_append(struct variables *variables, const char *name,
                      const char *value)
{
    const char *before = variables_get(variables, name);
    char *both;

    if (!before || !*before) {
        variables_set(variables, name, value);
        return;
    }
    both = xasprintf("%s %s", before, value);
    variables_set(variables, name, both);
    free(both);
}

void variables_free(struct variables *variables)
{
    for (size_t i = 0; i < variables->count; i++)
        free(variables->entries[i]);
    free(variables->entries);
    *variables = (struct variables){NULL, 0};
}
