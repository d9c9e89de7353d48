/*
 * Stages, faults and delays, as the core decides them: what replaces a call,
 * what takes effect, and what is asked of the HTTP layer.
 */
#include <string.h>

#include "check.h"
#include "world.h"

#define RULES(rules) WITH("\"seed\":7,\"rules\":[" rules "]")
#define ONCE(stage, reply)                                                     \
    RULES("{\"times\":1,\"stage\":\"" stage "\",\"reply\":{" reply "}}")
#define INTERNAL  "{\"ok\":false,\"error\":\"internal_error\"}"
#define EXCHANGED "{\"ok\":false,\"error\":\"token_already_exchanged\"}"

/* A reply for the first of two exchanges of one token. */
struct row {
    const char *name;
    const char *scenario;
    const char *begins; /* how the body begins; NULL: nothing is sent */
    const char *error;  /* in the record */
    const char *fault;
    bool takes_effect;
};

#define FAULT(name) "\"fault\":\"" name "\""
#define LIMITED     "\"error\":\"ratelimited\""
#define ERROR       "\"error\":\"internal_error\""

static struct row rows[] = {
    {"an error before", ONCE("before", ERROR), INTERNAL, "internal_error", NULL,
     false},
    {"an error after", ONCE("after", ERROR), INTERNAL, "internal_error", NULL,
     true},
    {"a body before", ONCE("before", "\"body\":\"x\""), "x", NULL, NULL, false},
    {"a body after", ONCE("after", "\"body\":\"x\""), "x", NULL, NULL, true},
    {"a status before only dresses", ONCE("before", "\"status\":503"),
     "{\"ok\":true", NULL, NULL, true},
    {"a delay before only dresses", ONCE("before", "\"delay\":5"),
     "{\"ok\":true", NULL, NULL, true},
    {"a dribble before only dresses", ONCE("before", FAULT("dribble")),
     "{\"ok\":true", NULL, "dribble", true},
    {"a dribble of an error", ONCE("before", ERROR "," FAULT("dribble")),
     INTERNAL, "internal_error", "dribble", false},
    {"a dribble after", ONCE("after", FAULT("dribble")), "{\"ok\":true", NULL,
     "dribble", true},
    {"a reset before", ONCE("before", FAULT("reset")), NULL, NULL, "reset",
     false},
    {"a reset after", ONCE("after", FAULT("reset")), NULL, NULL, "reset", true},
    {"a close before", ONCE("before", FAULT("close")), NULL, NULL, "close",
     false},
    {"a close after", ONCE("after", FAULT("close")), NULL, NULL, "close", true},
    {"a stall before", ONCE("before", FAULT("stall")), NULL, NULL, "stall",
     false},
    {"a stall after", ONCE("after", FAULT("stall")), NULL, NULL, "stall", true},
    {"a truncated error of its own", ONCE("before", FAULT("truncate")),
     INTERNAL, "internal_error", "truncate", false},
    {"a truncated error",
     ONCE("before", "\"error\":\"fatal_error\"," FAULT("truncate")),
     "{\"ok\":false,\"error\":\"fatal_error\"}", "fatal_error", "truncate",
     false},
    {"a truncated body", ONCE("before", "\"body\":\"xy\"," FAULT("truncate")),
     "xy", NULL, "truncate", false},
    {"a truncated outcome", ONCE("after", FAULT("truncate")), "{\"ok\":true",
     NULL, "truncate", true},
    {"garbage before", ONCE("before", FAULT("garbage")), "%%", NULL, "garbage",
     false},
    {"garbage after", ONCE("after", FAULT("garbage")), "%%", NULL, "garbage",
     true},
};

static void check_first(struct world *world, const struct row *row)
{
    const struct reply *reply = &world->reply;
    const char *body = world_exchange(world, EXCHANGE_BOT);

    assert_number(reply_status_sent(reply) != 0, row->begins != NULL);
    if (row->begins)
        assert_memory_equal(body, row->begins, strlen(row->begins));
    assert_string_equal(reply->record.error ? reply->record.error : "",
                        row->error ? row->error : "");
    assert_string_equal(reply->record.fault ? reply->record.fault : "",
                        row->fault ? row->fault : "");
    assert_string_equal(reply->record.rule, "rules[0]");
}

static struct row *current;

static int row_setup(void **state)
{
    current = *state;
    return world_setup(state);
}

static void it_does(void **state)
{
    struct world *world = *state;
    const char *second;

    world_load(world, current->scenario);
    check_first(world, current);
    second = world_exchange(world, EXCHANGE_BOT);
    if (current->takes_effect)
        assert_string_equal(second, EXCHANGED);
    else
        assert_memory_equal(second, "{\"ok\":true", 10);
    assert_null(world->reply.record.fault);
    assert_null(world->reply.fault);
}

#define UNKNOWN CLIENT "&" SECRET "&token=xoxb-unknown"

/* After a refusal the client sees no trace of it. */
static void an_error_after_hides_a_refusal(void **state)
{
    struct world *world = *state;

    world_load(world, ONCE("after", ERROR));
    assert_string_equal(world_exchange(world, UNKNOWN), INTERNAL);
    world_load(world, ONCE("after", "\"body\":\"x\""));
    assert_string_equal(world_exchange(world, UNKNOWN), "x");
    assert_null(world->reply.record.error);
}

/* The outcome is in the record, though no client sees it. */
static void a_reset_after_a_refusal_records_it(void **state)
{
    struct world *world = *state;

    world_load(world, ONCE("after", FAULT("reset")));
    world_exchange(world, UNKNOWN);
    assert_string_equal(world->reply.record.error, "invalid_token");
    assert_number(reply_status_sent(&world->reply), 0);
}

static void dressing_after_keeps_a_refusal(void **state)
{
    struct world *world = *state;

    world_load(world, ONCE("after", "\"status\":503"));
    assert_string_equal(world_exchange(world, UNKNOWN),
                        "{\"ok\":false,\"error\":\"invalid_token\"}");
    assert_number(world->reply.status, 503);
}

static void garbage_is_200_and_says_json(void **state)
{
    struct world *world = *state;

    world_load(world, ONCE("before", FAULT("garbage")));
    world_exchange(world, EXCHANGE_BOT);
    assert_number(world->reply.status, 200);
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "application/json; charset=utf-8");
}

/*
 * Garbage comes with status 200 even for ratelimited, unless the rule sets one.
 */
static void garbage_has_no_status_of_an_error(void **state)
{
    struct world *world = *state;
    const struct reply *reply = &world->reply;

    world_load(world, ONCE("before", LIMITED "," FAULT("garbage")));
    world_exchange(world, EXCHANGE_BOT);
    assert_number(reply->status, 200);
    assert_null(reply_header(reply, "Retry-After"));
    assert_string_equal(reply->record.error, "ratelimited");
    world_load(world, ONCE("before",
                           LIMITED "," FAULT("garbage") ",\"status\":503,"
                                                        "\"retry_after\":1"));
    world_exchange(world, EXCHANGE_BOT);
    assert_number(reply->status, 503);
    assert_string_equal(reply_header(reply, "Retry-After"), "1");
}

/* ---- delays ---- */

#define DELAY(json) RULES("{\"reply\":{\"delay\":" json "}}")
#define DRAWS       2001

static int64_t delay_of_call(struct world *world)
{
    world_exchange(world, EXCHANGE_BOT);
    return world->reply.delay;
}

static void a_delay_is_what_it_says(void **state)
{
    struct world *world = *state;

    world_load(world, DELAY("1500"));
    assert_number(delay_of_call(world), 1500);
    world_load(world, DELAY("0"));
    assert_number(delay_of_call(world), 0);
    world_load(world, DELAY("86400000"));
    assert_number(delay_of_call(world), 86400000);
    world_load(world, DELAY("{\"min\":7,\"max\":7}"));
    assert_number(delay_of_call(world), 7);
    world_load(world, DELAY("{\"median\":9,\"sigma\":0}"));
    assert_number(delay_of_call(world), 9);
}

/* Every value from min to max comes, both of these too, and no other. */
static void a_delay_between_bounds_keeps_to_them(void **state)
{
    struct world *world = *state;
    int seen[5] = {0};
    size_t number;

    world_load(world, DELAY("{\"min\":10,\"max\":14}"));
    for (number = 0; number < DRAWS; number++) {
        int64_t delay = delay_of_call(world);

        assert_in_range(delay, 10, 14);
        seen[delay - 10]++;
    }
    for (number = 0; number < 5; number++)
        assert_in_range(seen[number], DRAWS / 5 - 80, DRAWS / 5 + 80);
}

/* Half below the median; 16 of 100 above a factor of e^sigma. */
static void a_log_normal_delay_has_its_median_and_spread(void **state)
{
    struct world *world = *state;
    int below = 0;
    int far = 0;
    size_t number;

    world_load(world, DELAY("{\"median\":1000,\"sigma\":1}"));
    for (number = 0; number < DRAWS; number++) {
        int64_t delay = delay_of_call(world);

        below += delay < 1000;
        far += delay > 2718;
    }
    assert_in_range(below, DRAWS / 2 - 100, DRAWS / 2 + 100);
    assert_in_range(far, DRAWS * 16 / 100 - 80, DRAWS * 16 / 100 + 80);
}

static void a_delay_ends_within_a_day(void **state)
{
    struct world *world = *state;
    int64_t longest = 0;
    size_t number;

    world_load(world, DELAY("{\"median\":86400000,\"sigma\":10}"));
    for (number = 0; number < 50; number++) {
        int64_t delay = delay_of_call(world);

        if (delay > longest)
            longest = delay;
    }
    assert_number(longest, 86400000);
}

static void a_delay_follows_from_the_seed(void **state)
{
    struct world *world = *state;
    int64_t first[20];
    size_t number;

    world_load(world, DELAY("{\"min\":0,\"max\":86400000}"));
    for (number = 0; number < 20; number++)
        first[number] = delay_of_call(world);
    world_load(world, DELAY("{\"min\":0,\"max\":86400000}"));
    for (number = 0; number < 20; number++)
        assert_number(delay_of_call(world), first[number]);
}

static void no_delay_is_left_for_the_next_call(void **state)
{
    struct world *world = *state;

    world_load(world, ONCE("before", "\"delay\":50," FAULT("reset")));
    assert_number(delay_of_call(world), 50);
    assert_number(delay_of_call(world), 0);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_does, rows, row_setup, world_teardown);
    ADD(an_error_after_hides_a_refusal);
    ADD(a_reset_after_a_refusal_records_it);
    ADD(dressing_after_keeps_a_refusal);
    ADD(garbage_is_200_and_says_json);
    ADD(garbage_has_no_status_of_an_error);
    ADD(a_delay_is_what_it_says);
    ADD(a_delay_between_bounds_keeps_to_them);
    ADD(a_log_normal_delay_has_its_median_and_spread);
    ADD(a_delay_ends_within_a_day);
    ADD(a_delay_follows_from_the_seed);
    ADD(no_delay_is_left_for_the_next_call);
    return run_list("rule fault", &list);
}
