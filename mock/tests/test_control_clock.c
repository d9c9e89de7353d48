/* POST /_mock/clock: time passes on request. */
#include <string.h>

#include "check.h"
#include "control/control.h"
#include "life.h"

static const char *control(struct life *life, const char *body)
{
    const struct request request = {
        .verb = VERB_POST,
        .method = "clock",
        .body = body,
        .body_length = strlen(body),
        .host_time = life->now,
    };

    control_handle(life->world->sandboxes, life->world->mock, &request,
                   &life->world->reply);
    return buffer_text(&life->world->reply.body);
}

static void twelve_hours_pass_on_request(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(control(life, "{\"advance\":43200}"),
                        "{\"ok\":true,\"clock\":\"2026-01-01T12:00:00.000Z\","
                        "\"frozen\":false}");
    assert_token_is(life, pair.access, "token_expired");
}

static void a_frozen_clock_moves_only_when_told(void **state)
{
    struct life *life = *state;

    control(life, "{\"set\":\"2030-05-05T05:05:05Z\",\"frozen\":true}");
    life_pass(life, HOUR);
    assert_string_equal(control(life, "{\"advance\":0.5}"),
                        "{\"ok\":true,\"clock\":\"2030-05-05T05:05:05.500Z\","
                        "\"frozen\":true}");
}

static void a_wrong_clock_changes_nothing(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        control(life, "{\"set\":\"tomorrow\",\"advance\":-1,\"frozn\":true}"),
        "{\"ok\":false,\"error\":\"invalid_request\",\"message\":\"well-formed,"
        " but wrong; nothing has changed\",\"mistakes\":[\"body: $.set: found "
        "\\\"tomorrow\\\", "
        "wanted a time such as \\\"2026-01-01T00:00:00Z\\\"\",\"body: "
        "$.advance: found -1, wanted a number of seconds, not below "
        "0\",\"body: "
        "$.frozn: unknown key; did you mean \\\"frozen\\\"?\"]}");
    assert_number(life->world->reply.status, 422);
    assert_non_null(strstr(control(life, "{}"), "2026-01-01T00:00:00.000Z"));
    control(life, "{");
    assert_number(life->world->reply.status, 400);
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(twelve_hours_pass_on_request);
    ADD(a_frozen_clock_moves_only_when_told);
    ADD(a_wrong_clock_changes_nothing);
    return run_list("control_clock", &list);
}
