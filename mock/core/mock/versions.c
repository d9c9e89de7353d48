/* Gathers the counts of a mock's parts. */
#include "mock/versions.h"

#include "mock/mock_parts.h"
#include "mock/sandboxes.h"

struct versions versions_of(const struct sandboxes *sandboxes,
                            const struct mock *mock)
{
    const struct journal *journal = &mock->journal;

    return (struct versions){
        .born = mock->born,
        .emptied = journal->emptied,
        .oldest = journal->last_id + 1 - (int64_t)journal->count,
        .newest = journal->last_id,
        .counts =
            {
                [CHANGE_STATE] = mock->changes.state,
                [CHANGE_TOKENS] = mock->changes.tokens,
                [CHANGE_RULES] = mock->rules.changes,
                [CHANGE_CLOCK] = mock->changes.clock,
                [CHANGE_DELIVERIES] = mock->events.changes,
                [CHANGE_SANDBOXES] = mock == sandboxes_main(sandboxes)
                                         ? sandboxes_changes(sandboxes)
                                         : 0,
            },
    };
}
