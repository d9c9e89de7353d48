/*
 * A mock begins with a scenario, or where a world was saved; it is changed, it
 * starts over, it ends.
 */
#include <stdlib.h>

#include "base/xalloc.h"
#include "mock/mock.h"
#include "mock/mock_parts.h"
#include "mock/mock_state.h"
#include "mock/outbox.h"
#include "tokens/token_changes.h"
#include "tokens/token_table_save.h"

static void start_clock(struct mock *mock, int64_t host_time)
{
    const struct scenario *scenario = mock->scenario;

    mock->clock = (struct clock){
        .start = scenario->has_clock ? scenario->clock_start : host_time,
        .host_start = host_time,
        .frozen = scenario->clock_frozen,
    };
}

static void seed_randoms(struct mock *mock, uint64_t seed)
{
    const bool is_salted =
        mock->scenario->seed < 0 || mock->options.salts_seeds;

    random_init(&mock->token_random,
                is_salted ? seed ^ mock->options.token_salt : seed,
                RANDOM_TOKENS);
    random_init(&mock->request_id_random, seed, RANDOM_REQUEST_IDS);
    random_init(&mock->chance_random, seed, RANDOM_CHANCES);
    random_init(&mock->events.random, seed, RANDOM_EVENTS);
}

static void count_all_changed(struct mock *mock)
{
    mock->changes.state++;
    mock->changes.tokens++;
    mock->changes.clock++;
}

/* Sets up everything that a reset brings back. */
static void begin_anew(struct mock *mock, int64_t host_time)
{
    struct scenario *scenario = scenario_hold(mock->loaded);
    uint64_t entropy = random_next(&mock->entropy);

    mock->scenario = scenario;
    mock->issued = (struct issued_ids){0};
    start_clock(mock, host_time);
    seed_randoms(mock, scenario->seed < 0 ? entropy : (uint64_t)scenario->seed);
    token_table_init(&mock->tokens, &scenario->directory,
                     scenario->refresh_grace * 1000,
                     clock_now(&mock->clock, host_time));
    rule_list_add(&mock->rules, scenario->rules, scenario->rule_count);
}

/* Goes on where a world was saved. */
static void begin_saved(struct mock *mock, int64_t host_time,
                        struct mistakes *mistakes)
{
    struct scenario *loaded = mock->loaded;
    struct scenario *scenario =
        scenario_hold(loaded->changed ? loaded->changed : loaded);

    mock->scenario = scenario;
    token_table_begin_saved(&mock->tokens, &scenario->directory,
                            scenario->refresh_grace * 1000);
    mock_read_state(mock, host_time, mistakes);
}

static void begin(struct mock *mock, int64_t host_time,
                  struct mistakes *mistakes)
{
    count_all_changed(mock);
    if (mock->loaded->state)
        begin_saved(mock, host_time, mistakes);
    else
        begin_anew(mock, host_time);
    outbox_look(mock);
}

static void end(struct mock *mock)
{
    token_table_free(&mock->tokens);
    rule_list_clear(&mock->rules);
    rate_limits_clear(&mock->rate_limits);
    event_queue_clear(&mock->events);
    outbox_remove(mock);
    scenario_release(mock->scenario);
}

static struct mock *create(struct scenario *scenario,
                           const struct mock_options *options, uint64_t entropy,
                           int64_t host_time, struct mistakes *mistakes)
{
    struct mock *mock = xcalloc(1, sizeof *mock);

    mock->options = *options;
    mock->memory = mock->own_memory = xcalloc(1, sizeof *mock->own_memory);
    mock->born = host_time;
    mock->loaded = scenario;
    mock->journal.most = options->journal_entries;
    mock->events.most = options->journal_entries;
    mock->journal.arguments_most = options->call.arguments;
    random_init(&mock->entropy, entropy, RANDOM_SEEDS);
    begin(mock, host_time, mistakes);
    return mock;
}

struct mock *mock_create(struct scenario *scenario,
                         const struct mock_options *options, uint64_t entropy,
                         int64_t host_time)
{
    struct buffer lines = BUFFER_INIT;
    struct mistakes none = {&lines, 0};
    struct mock *mock = create(scenario, options, entropy, host_time, &none);

    scenario_forget_state(scenario);
    buffer_free(&lines);
    return mock;
}

struct mock *mock_restore(struct scenario *scenario,
                          const struct mock_options *options, int64_t host_time,
                          struct buffer *mistakes)
{
    struct mistakes found = {mistakes, 0};
    struct mock *mock = create(scenario, options, 0, host_time, &found);

    scenario_forget_state(scenario);
    if (!found.count)
        return mock;
    mock_free(mock);
    return NULL;
}

bool mock_check_state(struct scenario *scenario,
                      const struct mock_options *options,
                      struct buffer *mistakes)
{
    struct mistakes found = {mistakes, 0};

    mock_free(create(scenario_hold(scenario), options, 0, 0, &found));
    return !found.count;
}

void mock_reset(struct mock *mock, int64_t host_time)
{
    struct buffer lines = BUFFER_INIT;
    struct mistakes none = {&lines, 0};

    end(mock);
    journal_clear(&mock->journal);
    mock->journal.dropped = 0;
    begin(mock, host_time, &none);
    scenario_forget_state(mock->loaded);
    buffer_free(&lines);
}

void mock_load(struct mock *mock, struct scenario *scenario, int64_t host_time)
{
    scenario_release(mock->loaded);
    mock->loaded = scenario;
    mock_reset(mock, host_time);
    mock_give_up_deliveries(mock, host_time);
}

static void change_clock(struct clock *clock, const struct scenario *scenario,
                         int64_t host_time)
{
    *clock = (struct clock){
        .start = scenario->has_clock ? scenario->clock_start
                                     : clock_now(clock, host_time),
        .host_start = host_time,
        .frozen =
            scenario->names_frozen ? scenario->clock_frozen : clock->frozen,
    };
}

void mock_change(struct mock *mock, struct scenario *scenario,
                 int64_t host_time)
{
    struct scenario *before = mock->scenario;

    mock->scenario = scenario;
    count_all_changed(mock);
    change_clock(&mock->clock, scenario, host_time);
    if (scenario->seed >= 0)
        seed_randoms(mock, (uint64_t)scenario->seed);
    mock->tokens.refresh_grace = scenario->refresh_grace * 1000;
    token_table_change_directory(&mock->tokens, &scenario->directory,
                                 scenario->changes,
                                 clock_now(&mock->clock, host_time));
    token_changes_free(scenario->changes);
    scenario->changes = NULL;
    rule_list_add(&mock->rules, scenario->rules, scenario->rule_count);
    scenario_release(before);
    outbox_look(mock);
}

void mock_free(struct mock *mock)
{
    if (!mock)
        return;
    end(mock);
    scenario_release(mock->loaded);
    journal_clear(&mock->journal);
    mock_free_memory(mock);
    free(mock);
}
