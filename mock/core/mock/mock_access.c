/* What others may see of a mock, and the little that they may set. */
#include <stdlib.h>

#include "mock/mock_parts.h"
#include "mock/outbox.h"

void mock_free_memory(struct mock *mock)
{
    if (!mock->own_memory)
        return;
    arguments_free(&mock->own_memory->arguments);
    buffer_free(&mock->own_memory->basic);
    free(mock->own_memory);
    mock->own_memory = NULL;
}

void mock_share_memory(struct mock *mock, const struct mock *other)
{
    mock_free_memory(mock);
    mock->memory = other->memory;
}

void mock_set_outbox(struct mock *mock, struct outbox *outbox)
{
    mock->outbox = outbox;
    outbox_join(mock);
}

void mock_give_up_deliveries(struct mock *mock, int64_t host_time)
{
    event_queue_give_up(&mock->events, clock_now(&mock->clock, host_time));
    outbox_look(mock);
}

struct scenario *mock_scenario(const struct mock *mock)
{
    return mock->scenario;
}

struct scenario *mock_loaded(const struct mock *mock)
{
    return mock->loaded;
}

const struct clock *mock_clock(const struct mock *mock)
{
    return &mock->clock;
}

const struct token_table *mock_tokens(const struct mock *mock)
{
    return &mock->tokens;
}

const struct rule_list *mock_rules(const struct mock *mock)
{
    return &mock->rules;
}

const struct journal *mock_journal(const struct mock *mock)
{
    return &mock->journal;
}

const struct event_queue *mock_events(const struct mock *mock)
{
    return &mock->events;
}

const struct call_limits *mock_limits(const struct mock *mock)
{
    return &mock->options.call;
}

void mock_set_clock(struct mock *mock, const struct clock *clock)
{
    mock->clock = *clock;
    mock->changes.clock++;
    outbox_look(mock);
}

void mock_clear_rules(struct mock *mock)
{
    rule_list_clear(&mock->rules);
}

void mock_clear_journal(struct mock *mock)
{
    journal_clear(&mock->journal);
}
