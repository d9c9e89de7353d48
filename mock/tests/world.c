/* Scenario text in, mock out; see world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "check.h"
#include "control/control.h"
#include "scenario/shipped_scenarios.h"

/* Finds the text under test as `test.json`, and shipped scenarios by name. */
static int find(void *context, const char *name, const char *named_by,
                struct scenario_text *text, struct buffer *why)
{
    const struct shipped_scenario *shipped = shipped_scenario_find(name);
    const char *scenario = context;

    if (!named_by) {
        *text = (struct scenario_text){xstrdup("test.json"), xstrdup(scenario),
                                       strlen(scenario)};
        return 0;
    }
    if (shipped) {
        *text = (struct scenario_text){xstrdup(name), xstrdup(shipped->bytes),
                                       shipped->length};
        return 0;
    }
    buffer_add_text(why, "no such scenario");
    return -1;
}

/* Loads the text; NULL if it has mistakes, which then stand in the world. */
static struct scenario *load(struct world *world, const char *text)
{
    char *context = xstrdup(text);
    struct buffer mistakes = BUFFER_INIT;
    struct scenario *scenario =
        scenario_load("test.json", find, context, &mistakes);

    free(context);
    free(world->mistakes);
    world->mistakes = buffer_take(&mistakes);
    return scenario;
}

struct scenario *world_scenario(struct world *world, const char *text)
{
    struct scenario *scenario = load(world, text);

    assert_string_equal(world->mistakes, "");
    assert_non_null(scenario);
    return scenario;
}

void world_load(struct world *world, const char *text)
{
    struct mock_options options = {
        .verbose = world->verbose,
        .sandboxes = 100,
        .call = CALL_LIMITS_DEFAULT,
        .journal_entries = 100,
        .sign = world->sign,
    };
    struct scenario *scenario = world_scenario(world, text);

    if (world->arguments_most)
        options.call.arguments = world->arguments_most;
    sandboxes_free(world->sandboxes);
    world->sandboxes = sandboxes_create(scenario, &options, 1, HOST_TIME);
    world->mock = sandboxes_main(world->sandboxes);
}

const char *world_mistakes(struct world *world, const char *text)
{
    struct scenario *scenario = load(world, text);

    scenario_release(scenario);
    assert_null(scenario);
    return world->mistakes;
}

int world_setup(void **state)
{
    struct world *world = xcalloc(1, sizeof *world);

    *state = world;
    world->reply = (struct reply)REPLY_INIT;
    world_load(world, "{\"description\":\"default\","
                      "\"extends\":\"default.json\",\"seed\":1}");
    return 0;
}

int world_teardown(void **state)
{
    struct world *world = *state;

    sandboxes_free(world->sandboxes);
    reply_free(&world->reply);
    free(world->mistakes);
    free(world);
    return 0;
}

const char *world_call(struct world *world, const struct request *request)
{
    mock_handle(world->mock, request, &world->reply);
    return buffer_text(&world->reply.body);
}

const char *world_exchange_at(struct world *world, const char *form,
                              int64_t host_time)
{
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .method = "oauth.v2.exchange",
        .headers = &header,
        .header_count = 1,
        .body = form,
        .body_length = strlen(form),
        .host_time = host_time,
    };

    return world_call(world, &request);
}

const char *world_exchange(struct world *world, const char *form)
{
    return world_exchange_at(world, form, HOST_TIME);
}

int world_row_setup(void **state)
{
    static struct world_row at;

    at.row = *state;
    *state = &at;
    return world_setup((void **)&at.world);
}

int world_row_teardown(void **state)
{
    struct world_row *at = *state;

    return world_teardown((void **)&at->world);
}

const char *world_control(struct world *world, const struct request *request)
{
    control_handle(world->sandboxes, world->mock, request, &world->reply);
    return buffer_text(&world->reply.body);
}

const char *world_journal(struct world *world, const char *query)
{
    const struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .target = "/_mock/requests",
        .method = "requests",
        .query = query,
        .query_length = strlen(query),
        .host_time = HOST_TIME,
    };

    return world_control(world, &request);
}

static void the_message_is(void **state)
{
    const struct world_row *at = *state;
    const struct mistake_row *row = at->row;
    char wanted[512];

    snprintf(wanted, sizeof wanted, "test.json: %s", row->mistakes);
    assert_string_equal(world_mistakes(at->world, row->scenario), wanted);
}

void world_add_mistakes(struct test_list *list, struct mistake_row *rows,
                        size_t count)
{
    size_t number;

    for (number = 0; number < count; number++)
        check_add_test(list,
                       (struct CMUnitTest){rows[number].name, the_message_is,
                                           world_row_setup, world_row_teardown,
                                           &rows[number]});
}
