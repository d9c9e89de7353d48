/* Looks a shipped scenario up in the table that the build makes. */
#include "shipped_scenarios.h"

#include <string.h>

const struct shipped_scenario *shipped_scenario_find(const char *name)
{
    size_t number;

    for (number = 0; number < shipped_scenario_count; number++)
        if (strcmp(shipped_scenarios[number].name, name) == 0)
            return &shipped_scenarios[number];
    return NULL;
}
