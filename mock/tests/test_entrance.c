/* Which mock an input is for by its target, and what becomes of it. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "control/control_access.h"
#include "door.h"
#include "entrance/entrance.h"

/* How many requests a journal holds. */
static void assert_journaled(struct door *door, const char *journal, int count)
{
    char wanted[32];

    snprintf(wanted, sizeof wanted, "\"count\":%d,", count);
    assert_non_null(strstr(door_ask(door, VERB_GET, journal), wanted));
}

#define MAIN    "/_mock/requests"
#define SANDBOX "/sandbox/s/_mock/requests"

static void a_call_is_for_the_mock_that_its_path_names(void **state)
{
    struct door *door = *state;

    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    assert_string_equal(door_ask(door, VERB_GET, "/sandbox/s/api/auth.test"),
                        "{\"ok\":false,\"error\":\"not_authed\"}");
    assert_journaled(door, MAIN, 0);
    assert_journaled(door, SANDBOX, 1);
    door_ask(door, VERB_GET, "http://slack.test/api/auth.test?x=1");
    assert_journaled(door, MAIN, 1);
}

static void what_is_for_no_mock_is_journaled_by_the_nearest(void **state)
{
    struct door *door = *state;

    assert_non_null(
        strstr(door_ask(door, VERB_GET, "/sandbox/none/api/auth.test"),
               "there is no sandbox \\\"none\\\""));
    assert_number(door->reply.status, 404);
    door_ask(door, VERB_PUT, "/_mock/sandboxes/s");
    assert_non_null(strstr(door_ask(door, VERB_GET, "/sandbox/s/elsewhere"),
                           "no such path"));
    assert_journaled(door, MAIN, 1);
    assert_journaled(door, SANDBOX, 1);
}

static void the_control_api_is_closed_until_access_is_set(void **state)
{
    static const struct control_access guarded = {.token = "secret"};
    struct door *door = *state;
    struct door closed = {.reply = REPLY_INIT};
    const struct mock_options options = {.journal_entries = 1};

    closed.entrance =
        entrance_create(world_scenario(&door->world, WITH("\"seed\":1")),
                        &options, 1, HOST_TIME);
    door_ask(&closed, VERB_POST, "/_mock/reset");
    assert_string_equal(closed.reply.record.error, "control_api_off");
    entrance_set_access(closed.entrance, &guarded);
    door_ask(&closed, VERB_POST, "/_mock/reset");
    assert_number(closed.reply.status, 401);
    assert_string_equal(reply_header(&closed.reply, "WWW-Authenticate"),
                        "Bearer");
    entrance_free(closed.entrance);
    reply_free(&closed.reply);
}

static void a_request_cut_short_is_told_so(void **state)
{
    struct door *door = *state;
    struct input input =
        door_input(door, INPUT_CUT_SHORT, VERB_POST, "/api/auth.test");

    assert_true(entrance_take(door->entrance, &input, &door->reply));
    assert_string_equal(door->reply.record.error, "request_timeout");
    assert_true(door->reply.close);
    input.request.target = "/_mock/reset";
    assert_true(entrance_take(door->entrance, &input, &door->reply));
    assert_string_equal(door->reply.record.error, "request_timeout");
    assert_number(door->reply.status, 400);
}

static void a_refused_request_has_the_form_of_its_api(void **state)
{
    struct door *door = *state;
    struct input input =
        door_input(door, INPUT_REFUSED, VERB_GET, "/api/auth.test");

    input.refusal = (struct refusal){400, "bad_request", "a bare LF"};
    assert_true(entrance_take(door->entrance, &input, &door->reply));
    assert_non_null(reply_header(&door->reply, "X-Slack-Req-Id"));
    assert_journaled(door, MAIN, 1);
    input.request.target = "/_mock/reset";
    assert_true(entrance_take(door->entrance, &input, &door->reply));
    assert_number(door->reply.status, 400);
    assert_null(reply_header(&door->reply, "X-Slack-Req-Id"));
    assert_journaled(door, MAIN, 1);
}

static void a_lost_request_is_journaled_unless_it_is_for_control(void **state)
{
    static const char *const silent[] = {"", "/_mock/reset",
                                         "/sandbox/s/_mock/state"};
    struct door *door = *state;
    struct input input =
        door_input(door, INPUT_LOST, VERB_POST, "/api/auth.test");
    size_t number;

    input.problem = "it never ended";
    assert_true(entrance_take(door->entrance, &input, &door->reply));
    assert_number(door->reply.status, 0);
    assert_string_equal(door->reply.record.hint, "it never ended");
    for (number = 0; number < sizeof silent / sizeof *silent; number++) {
        input.request.target = silent[number];
        assert_false(entrance_take(door->entrance, &input, &door->reply));
    }
    assert_journaled(door, MAIN, 1);
}

/* The new world begins at the time of the input. */
static void a_load_starts_the_main_world_over(void **state)
{
    struct door *door = *state;
    const struct input input = {
        .kind = INPUT_LOAD,
        .host_time = HOST_TIME + 1000,
        .scenario = world_scenario(&door->world,
                                   WITH("\"seed\":1,\"apps\":[{\"id\":\"A9\","
                                        "\"client_id\":\"9\","
                                        "\"client_secret\":\"s\"}],"
                                        "\"clock\":{\"at\":\"2030-01-01T00:00:"
                                        "00Z\"}")),
    };

    door_ask(door, VERB_GET, "/api/auth.test");
    assert_true(entrance_take(door->entrance, &input, NULL));
    assert_non_null(strstr(door_ask(door, VERB_GET, "/_mock/state"), "\"A9\""));
    assert_non_null(strstr(buffer_text(&door->reply.body),
                           "\"clock\":\"2029-12-31T23:59:59.000Z\""));
    assert_journaled(door, MAIN, 0);
}

#define ADD(function) add_test_with(&list, function, door_setup, door_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_call_is_for_the_mock_that_its_path_names);
    ADD(what_is_for_no_mock_is_journaled_by_the_nearest);
    ADD(the_control_api_is_closed_until_access_is_set);
    ADD(a_request_cut_short_is_told_so);
    ADD(a_refused_request_has_the_form_of_its_api);
    ADD(a_lost_request_is_journaled_unless_it_is_for_control);
    ADD(a_load_starts_the_main_world_over);
    return run_list("entrance", &list);
}
