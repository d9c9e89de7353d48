/* Looks a shipped scenario up in the table that the build makes. */
#include "scenario/shipped_scenarios.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "scenario/scenario_load.h"

const struct shipped_scenario *shipped_scenario_find(const char *name)
{
    size_t number;

    for (number = 0; number < shipped_scenario_count; number++)
        if (strcmp(shipped_scenarios[number].name, name) == 0)
            return &shipped_scenarios[number];
    return NULL;
}

bool shipped_scenario_read(const char *name, struct scenario_text *text)
{
    const struct shipped_scenario *shipped = shipped_scenario_find(name);

    if (!shipped)
        return false;
    text->name = xstrdup(name);
    text->bytes = xmemdup0(shipped->bytes, shipped->length);
    text->length = shipped->length;
    return true;
}

static const char *without_folder(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/*
 * The shipped name nearest to this one, by path and else by file name; or NULL.
 */
static const char *find_nearest(const char *name)
{
    const char **names = xcalloc(shipped_scenario_count, sizeof *names);
    const char *nearest;
    size_t number;

    for (number = 0; number < shipped_scenario_count; number++)
        names[number] = shipped_scenarios[number].name;
    nearest = text_nearest(name, names, shipped_scenario_count);
    for (number = 0; number < shipped_scenario_count; number++)
        names[number] = without_folder(names[number]);
    if (!nearest)
        nearest = text_nearest(name, names, shipped_scenario_count);
    for (number = 0; nearest && number < shipped_scenario_count; number++)
        if (names[number] == nearest)
            nearest = shipped_scenarios[number].name;
    free(names);
    return nearest;
}

void shipped_scenario_suggest(const char *name, struct buffer *why)
{
    const char *nearest = find_nearest(name);

    if (nearest)
        buffer_printf(why, "; did you mean \"%s\"?", nearest);
}
