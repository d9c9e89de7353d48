/* The memory of a scenario, and who holds it. */
#include "scenario/scenario.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "scenario/scenario_method.h"
#include "scenario/scenario_parts.h"
#include "tokens/token_changes.h"

#define DEFAULT_REFRESH_GRACE 60 /* seconds; Slack states no length */

struct scenario *scenario_create(void)
{
    struct scenario *scenario = xcalloc(1, sizeof *scenario);

    scenario->holders = 1;
    scenario->seed = -1;
    scenario->refresh_grace = DEFAULT_REFRESH_GRACE;
    scenario->choices = default_choices;
    return scenario;
}

struct scenario *scenario_hold(struct scenario *scenario)
{
    scenario->holders++;
    return scenario;
}

static void free_methods(struct hash_table *methods)
{
    const struct scenario_method *method;
    size_t place = 0;

    while ((method = hash_table_next(methods, &place)))
        cJSON_Delete(method->reply);
    hash_table_free(methods);
}

void scenario_forget_state(struct scenario *scenario)
{
    scenario_release(scenario->changed);
    scenario->changed = NULL;
    scenario->state = NULL;
    arena_free(&scenario->state_memory);
}

void scenario_release(struct scenario *scenario)
{
    size_t place = 0;
    size_t number;
    cJSON *stub;

    if (!scenario || --scenario->holders)
        return;
    for (number = 0; number < scenario->rule_count; number++)
        rule_release(scenario->rules[number]);
    while ((stub = hash_table_next(&scenario->stubs, &place)))
        cJSON_Delete(stub);
    hash_table_free(&scenario->stubs);
    free_methods(&scenario->methods);
    scenario_forget_state(scenario);
    hash_table_free(&scenario->rate_limits);
    token_changes_free(scenario->changes);
    directory_free(&scenario->directory);
    arena_free(&scenario->arena);
    free(scenario->rules);
    free(scenario);
}
