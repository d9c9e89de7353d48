/*
 * Fills in what the entries of tokens leave out: from the run that the token is
 * of, or, in a PATCH, from the running world.
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

/* Gives an entry the fields of its run that it does not give itself. */
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

/*
 * A PATCH of a run holds for each of its tokens whose own entry says nothing
 * else.
 */
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

/* Fills in what an entry leaves out. */
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
    if (!scenario->directory.runs_by_prefix.count && !scenario->changes)
        return;
    fill_entries(scenario, running,
                 true); /* first: other entries may be of a run */
    fill_entries(scenario, running, false);
}
