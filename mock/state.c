/* Makes the world anew, or has the log tell what it is. */
#include "state.h"

#include "base/hash_table.h"
#include "entrance/entrance.h"
#include "entrance/log_head.h"
#include "http/host_time.h"
#include "log/file_log.h"
#include "log/memory_log.h"
#include "log/ordered_log.h"
#include "log/redis_log.h"
#include "log/redis_url.h"
#include "option_table.h"
#include "options.h"
#include "scenario/scenario.h"
#include "scenario/scenario_save.h"
#include "world.h"

/* What answers depend on beside the scenario. */
static void add_options(struct log_head *head, const struct options *options)
{
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        const struct option_row *row = &option_rows[i];
        const char *place = (const char *)options + row->offset;

        if (row->changes_answers)
            head->options[head->option_count++] = (struct log_option){
                row->name, (long long)*(const size_t *)(const void *)place};
    }
    head->options[head->option_count++] =
        (struct log_option){LOG_OPTION_TLS, options->mock.sign != NULL};
}

static struct ordered_log *open_file(const struct options *options,
                                     struct log_start *start)
{
    const struct file_log_options how = {
        .path = options->state.path,
        .sync = options->state.sync,
        .limit = options->state.limit,
        .fresh = options->state.fresh,
    };

    return file_log_open(&how, start);
}

/* Its parts are the log's then. */
static struct ordered_log *open_redis(const struct options *options,
                                      struct log_start *start)
{
    struct redis_url url;
    const struct redis_log_options how = {
        .url = &url,
        .limit = options->state.limit,
        .fresh = options->state.fresh,
        .patience = options->server.limits.request_timeout,
        .writer = world_entropy(),
    };

    (void)redis_url_parse(options->state.path, &url, start->why);
    return redis_log_open(&how, start);
}

/*
 * SIGHUP and PUT may have loaded the own scenario since the log began: whoever
 * edits the file, has it loaded and starts again is no stranger.
 */
static void refuse_other_scenario(struct state *state,
                                  const struct log_start *start)
{
    const struct buffer *difference = start->difference;

    if (!state->order || !difference->length ||
        entrance_has_scenario(state->entrance, start->own->scenario,
                              start->own->scenario_length))
        return;
    buffer_add(start->why, difference->data, difference->length);
    log_close(state->order);
    state->order = NULL;
}

static int open_log(struct state *state, const struct options *options,
                    const struct buffer *scenario, struct buffer *why)
{
    const bool is_stream = redis_url_is_one(options->state.path);
    struct log_head own = {
        .format = is_stream ? LOG_STREAM_FORMAT : LOG_FORMAT,
        .time = host_time(),
        .entropy = world_entropy(),
        .salt = world_entropy(),
        .scenario = scenario->data,
        .scenario_length = scenario->length,
    };
    struct buffer difference = BUFFER_INIT;
    struct log_start start = {
        .options = &options->mock,
        .own = &own,
        .takes_any = !options->source.scenario,
        .difference = &difference,
        .news = &state->news,
        .why = why,
    };

    add_options(&own, options);
    state->order =
        is_stream ? open_redis(options, &start) : open_file(options, &start);
    state->entrance = start.entrance;
    refuse_other_scenario(state, &start);
    buffer_free(&difference);
    return state->order ? 0 : -1;
}

/* What happens from there on is not kept. */
static int open_replay(struct state *state, struct options *options,
                       struct buffer *why)
{
    state->entrance = replay_restore(options, why);
    if (!state->entrance)
        return -1;
    state->order = memory_log_open();
    return 0;
}

int state_open(struct state *state, struct options *options,
               struct buffer *mistakes, struct buffer *why)
{
    struct scenario *scenario;
    struct buffer text = BUFFER_INIT;
    int result = 0;

    hash_table_seed(world_entropy());
    if (options->replay.path)
        return open_replay(state, options, why);
    scenario = world_load(&options->source, mistakes);
    if (!scenario)
        return -1;
    if (options->state.path) {
        scenario_save(scenario, &text);
        scenario_release(scenario);
        result = open_log(state, options, &text, why);
    } else {
        state->entrance = entrance_create(scenario, &options->mock,
                                          world_entropy(), host_time());
        state->order = memory_log_open();
    }
    buffer_free(&text);
    return result;
}

void state_clear(struct state *state)
{
    entrance_free(state->entrance);
    log_close(state->order);
    buffer_free(&state->news);
}
