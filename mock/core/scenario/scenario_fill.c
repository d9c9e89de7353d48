/*
 * One token of a run is what its run says, but for what an entry of its own
 * says; and a token that a change names is what the running world knows of it.
 */
#include <string.h>

#include "scenario/scenario_parts.h"
#include "tokens/token_changes.h"
#include "tokens/token_table.h"

struct token_change *scenario_change_of(const struct scenario *scenario,
                                        const struct token_entry *entry)
{
    return scenario->changes ? token_changes_find(scenario->changes, entry)
                             : NULL;
}

/* One of a run is what its run says, but for what its own entry says. */
static void join_run(struct scenario *scenario, struct token_entry *entry,
                     const struct legacy_token *found)
{
    const struct token_entry *run = found->entry;

    entry->type = run->type;
    entry->default_user = arena_strdup(&scenario->arena, found->user);
    entry->ends_before = run->ends_before;
    if (!entry->app_id)
        entry->app_id = run->app_id;
    if (!entry->team_id)
        entry->team_id = run->team_id;
}

/* What is asked of a run is asked of each that does not say otherwise. */
static void follow_run(struct scenario *scenario, struct token_entry *entry,
                       const struct token_entry *run)
{
    const unsigned left = ~entry->given;
    const struct token_change *change = scenario_change_of(scenario, run);

    if (left & TOKEN_KEY_SCOPE)
        entry->scope = run->scope;
    if (left & TOKEN_KEY_STATE)
        entry->state = run->state;
    if (left & TOKEN_KEY_USER_NAME)
        entry->user_name = run->user_name;
    if (left & TOKEN_KEY_BOT_ID)
        entry->bot_id = run->bot_id;
    if (change && change->keys & left)
        token_changes_add(scenario->changes, entry)->keys |=
            change->keys & left;
}

/* What an entry leaves out and the world knows. */
static void fill_entry(struct scenario *scenario, struct token_entry *entry,
                       const struct token_table *running)
{
    struct token_change *change = scenario_change_of(scenario, entry);
    struct legacy_token found;

    if (!entry->count &&
        directory_find_generated(&scenario->directory, entry->token,
                                 strlen(entry->token), &found)) {
        if (!scenario->changes || (change && change->is_new))
            join_run(scenario, entry, &found);
        if (change)
            change->is_new = false;
        follow_run(scenario, entry, found.entry);
    } else if (running && change) {
        token_table_fill_change(running, &scenario->arena, change);
    }
}

static void fill_entries(struct scenario *scenario,
                         const struct token_table *running, bool are_runs)
{
    const struct directory *directory = &scenario->directory;
    size_t number;

    for (number = 0; number < directory->token_count; number++)
        if ((directory->tokens[number]->count > 0) == are_runs)
            fill_entry(scenario, directory->tokens[number], running);
}

void scenario_fill_tokens(struct scenario *scenario,
                          const struct token_table *running)
{
    fill_entries(scenario, running, true); /* what the others may be part of */
    fill_entries(scenario, running, false);
}
