/*
 * Rate limits: how many calls pass, when the next one may come, and who shares
 * a limit with whom. Time is the mock's, so nobody waits here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "world.h"

#define LIMITS(limits)                                                         \
    WITH("\"rate_limits\":{" limits "},"                                       \
         "\"teams\":[{\"id\":\"T2\"}],"                                        \
         "\"apps\":[{\"id\":\"A2\",\"client_id\":\"2.2\","                     \
         "\"client_secret\":\"s\"}],"                                          \
         "\"tokens\":[{\"token\":\"xoxb-t2\",\"app\":\"A0APP\","               \
         "\"team\":\"T2\"},{\"token\":\"xoxb-a2\",\"app\":\"A2\","             \
         "\"team\":\"T0TEAM\"}]")
#define EXCHANGE_LIMIT(limit) LIMITS("\"oauth.v2.exchange\":{" limit "}")
#define ONE                   EXCHANGE_LIMIT("\"per_minute\":60,\"burst\":1")
#define LIMITED               "{\"ok\":false,\"error\":\"ratelimited\"}"

/* A call so many milliseconds after the start; 0, or what Retry-After says. */
static int call_at(struct world *world, int64_t after, const char *form)
{
    const struct request_header header = {"Content-Type",
                                          "application/x-www-form-urlencoded"};
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "/api/oauth.v2.exchange",
        .method = "oauth.v2.exchange",
        .headers = &header,
        .header_count = 1,
        .body = form,
        .body_length = strlen(form),
        .host_time = HOST_TIME + after,
    };
    const char *body = world_call(world, &request);

    if (world->reply.status != 429)
        return 0;
    assert_string_equal(body, LIMITED);
    assert_non_null(reply_header(&world->reply, "Retry-After"));
    return (int)strtol(reply_header(&world->reply, "Retry-After"), NULL, 10);
}

/* How many calls pass at once, and how long the next one must wait. */
struct size_row {
    const char *name;
    const char *scenario;
    int passed;
    int seconds;
};

static struct size_row sizes[] = {
    {"tier 1", EXCHANGE_LIMIT("\"tier\":1"), 1, 60},
    {"tier 2", EXCHANGE_LIMIT("\"tier\":2"), 20, 3},
    {"tier 3", EXCHANGE_LIMIT("\"tier\":3"), 50, 2},
    {"tier 4", EXCHANGE_LIMIT("\"tier\":4"), 100, 1},
    {"600 a minute", EXCHANGE_LIMIT("\"per_minute\":600"), 600, 1},
    {"7 a minute", EXCHANGE_LIMIT("\"per_minute\":7"), 7, 9},
    {"one a minute, three at once",
     EXCHANGE_LIMIT("\"per_minute\":1,\"burst\":3"), 3, 60},
    {"sixty a minute, one at once", ONE, 1, 1},
};

static const struct size_row *current_row;

static int row_setup(void **state)
{
    current_row = *state;
    return world_setup(state);
}

static void it_has_that_size(void **state)
{
    struct world *world = *state;
    int seconds;
    int call;

    world_load(world, current_row->scenario);
    for (call = 0; call < current_row->passed; call++)
        assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    seconds = call_at(world, 0, EXCHANGE_BOT);
    assert_number(seconds, current_row->seconds);
    /* A caller that waits that long may make one call. */
    assert_number(call_at(world, seconds * 1000 - 1000, EXCHANGE_BOT) > 0,
                  seconds > 0);
    assert_number(call_at(world, seconds * 1000, EXCHANGE_BOT), 0);
}

static void a_refused_call_takes_no_effect(void **state)
{
    struct world *world = *state;

    world_load(world, ONE);
    assert_number(call_at(world, 0, EXCHANGE_USER), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 1);
    assert_false(world->reply.record.committed);
    assert_number(call_at(world, 1000, EXCHANGE_BOT), 0);
    assert_non_null(strstr(world->reply.body.data, "\"ok\":true"));
}

static void a_refused_call_does_not_lengthen_the_wait(void **state)
{
    struct world *world = *state;

    world_load(world, EXCHANGE_LIMIT("\"tier\":1"));
    call_at(world, 0, EXCHANGE_BOT);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 60);
    assert_number(call_at(world, 30000, EXCHANGE_BOT), 30);
    assert_number(call_at(world, 59999, EXCHANGE_BOT), 1);
    assert_number(call_at(world, 60000, EXCHANGE_BOT), 0);
}

static void a_long_rest_saves_no_more_than_a_burst(void **state)
{
    struct world *world = *state;

    world_load(world, EXCHANGE_LIMIT("\"per_minute\":60,\"burst\":2"));
    call_at(world, 0, EXCHANGE_BOT);
    assert_number(call_at(world, INT64_C(86400000) * 36500, EXCHANGE_BOT), 0);
    assert_number(call_at(world, INT64_C(86400000) * 36500, EXCHANGE_BOT), 0);
    assert_number(call_at(world, INT64_C(86400000) * 36500, EXCHANGE_BOT), 1);
}

static void a_clock_set_back_refills_nothing(void **state)
{
    struct world *world = *state;

    world_load(world, ONE);
    assert_number(call_at(world, 5000, EXCHANGE_BOT), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 1);
    assert_number(call_at(world, 500, EXCHANGE_BOT), 1);
    assert_number(call_at(world, 1000, EXCHANGE_BOT), 0);
}

/* Two calls under a limit of one: does the second pass? */
struct pair_row {
    const char *name;
    const char *first;
    const char *second;
    bool passes;
};

static struct pair_row pairs[] = {
    {"one token twice", EXCHANGE_BOT, EXCHANGE_BOT, false},
    {"two tokens of one team", EXCHANGE_BOT, EXCHANGE_USER, false},
    {"the same token from another client", EXCHANGE_BOT,
     "client_id=2.2&client_secret=s&token=" BOT_TOKEN, false},
    {"a token of another team", EXCHANGE_BOT,
     CLIENT "&" SECRET "&token=xoxb-t2", true},
    {"a token of another app", EXCHANGE_BOT, CLIENT "&" SECRET "&token=xoxb-a2",
     true},
    {"unknown tokens of one client", CLIENT "&token=a", CLIENT "&token=b",
     false},
    {"an unknown token and none of one client", CLIENT "&token=a", CLIENT,
     false},
    {"unknown tokens of two clients", CLIENT "&token=a",
     "client_id=2.2&token=a", true},
    {"unknown clients", "client_id=x", "client_id=y", true},
    {"a known token and an unknown one", EXCHANGE_BOT, CLIENT "&token=a", true},
    {"neither token nor client", "", "", false},
    {"neither, and an unknown client", "", "client_id=x", true},
    {"an empty client id, and none", "client_id=", "", true},
};

static const struct pair_row *current_pair;

static int pair_setup(void **state)
{
    current_pair = *state;
    return world_setup(state);
}

static void they_share(void **state)
{
    struct world *world = *state;

    world_load(world, ONE);
    assert_number(call_at(world, 0, current_pair->first), 0);
    assert_number(call_at(world, 0, current_pair->second),
                  current_pair->passes ? 0 : 1);
}

static void other_methods_go_on(void **state)
{
    const struct request_header headers[] = {
        {"Authorization", "Bearer " BOT_TOKEN}};
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "/api/auth.test",
        .method = "auth.test",
        .headers = headers,
        .header_count = 1,
        .body = "",
        .host_time = HOST_TIME,
    };
    struct world *world = *state;
    int call;

    world_load(world, LIMITS("\"oauth.v2.exchange\":{\"per_minute\":1},"
                             "\"auth.test\":{\"per_minute\":2}"));
    call_at(world, 0, EXCHANGE_BOT);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 60);
    for (call = 0; call < 3; call++)
        assert_number(world_call(world, &request) && world->reply.status == 429,
                      call == 2);
}

/* ---- its place among the gates ---- */

static void a_malformed_call_is_not_counted(void **state)
{
    struct world *world = *state;

    world_load(world, ONE);
    assert_number(call_at(world, 0, "a-b=1"), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    assert_number(call_at(world, 0, "a-b=1"), 0);
}

static void a_rule_that_replaces_comes_first(void **state)
{
    struct world *world = *state;

    world_load(world, WITH("\"rate_limits\":{\"oauth.v2.exchange\":{"
                           "\"tier\":1}},\"rules\":[{\"times\":1,\"reply\":{"
                           "\"error\":\"fatal_error\"}}]"));
    assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    assert_non_null(strstr(world->reply.body.data, "fatal_error"));
    assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 60);
}

/*
 * A call that the rate limit refuses gets no reply of a rule at stage `after`.
 */
static void a_rule_after_has_no_say_in_it(void **state)
{
    struct world *world = *state;

    world_load(world, WITH("\"rate_limits\":{\"oauth.v2.exchange\":{"
                           "\"tier\":1}},\"rules\":[{\"stage\":\"after\","
                           "\"when\":{\"call\":2},"
                           "\"reply\":{\"error\":\"fatal_error\"}},"
                           "{\"stage\":\"after\",\"when\":{\"call\":3},"
                           "\"reply\":{\"error\":\"ratelimited\"}}]"));
    assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    assert_number(call_at(world, 0, EXCHANGE_USER), 60);
    assert_null(strstr(world->reply.body.data, "fatal_error"));
    assert_number(call_at(world, 60000, EXCHANGE_USER), 30);
    assert_true(world->reply.record.committed);
}

static void a_missing_argument_is_found_later(void **state)
{
    struct world *world = *state;

    world_load(world, ONE);
    assert_number(call_at(world, 0, CLIENT), 0);
    assert_non_null(strstr(world->reply.body.data, "invalid_arguments"));
    assert_number(call_at(world, 0, CLIENT), 1);
}

/* ---- its memory ---- */

/* Only the last clients are remembered, however many there were. */
static void many_strangers_cost_no_more(void **state)
{
    struct world *world = *state;
    char form[64];
    int number;

    world_load(world, EXCHANGE_LIMIT("\"tier\":1"));
    for (number = 0; number < 3000; number++) {
        snprintf(form, sizeof form, "client_id=c%d", number);
        assert_number(call_at(world, 0, form), 0);
    }
    assert_number(call_at(world, 0, form), 60);
    assert_number(call_at(world, 0, "client_id=c2500"), 60);
    assert_number(call_at(world, 0, "client_id=c0"), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 0);
    assert_number(call_at(world, 0, EXCHANGE_BOT), 60);
}

static struct mistake_row mistakes[] = {
    {"limits that are no object", WITH("\"rate_limits\":[]"),
     "$.rate_limits: found an array, wanted an object or \"documented\"\n"},
    {"a limit that is a number", WITH("\"rate_limits\":{\"auth.test\":3}"),
     "$.rate_limits[\"auth.test\"]: found 3, wanted an object\n"},
    {"a limit that says nothing", WITH("\"rate_limits\":{\"auth.test\":{}}"),
     "$.rate_limits[\"auth.test\"]: missing \"tier\" or \"per_minute\"\n"},
    {"a fifth tier", WITH("\"rate_limits\":{\"auth.test\":{\"tier\":5}}"),
     "$.rate_limits[\"auth.test\"].tier: found 5, wanted a whole number from 1 "
     "to 4\n"},
    {"a tier and a number",
     WITH("\"rate_limits\":{\"auth.test\":{\"tier\":1,\"per_minute\":1}}"),
     "$.rate_limits[\"auth.test\"].per_minute: unknown key\n"},
    {"a burst alone", WITH("\"rate_limits\":{\"auth.test\":{\"burst\":1}}"),
     "$.rate_limits[\"auth.test\"]: missing \"per_minute\"\n"},
    {"no calls at all",
     WITH("\"rate_limits\":{\"auth.test\":{\"per_minute\":0}}"),
     "$.rate_limits[\"auth.test\"].per_minute: found 0, wanted a whole number "
     "from 1 to 1000000\n"},
    {"two limits of a method",
     WITH("\"rate_limits\":{\"auth.test\":{\"tier\":1},"
          "\"auth.test\":{\"tier\":2}}"),
     "$.rate_limits[\"auth.test\"]: given twice; wanted each key once\n"},
};

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_has_that_size, sizes, row_setup, world_teardown);
    add_rows_with(&list, they_share, pairs, pair_setup, world_teardown);
    ADD(a_refused_call_takes_no_effect);
    ADD(a_refused_call_does_not_lengthen_the_wait);
    ADD(a_long_rest_saves_no_more_than_a_burst);
    ADD(a_clock_set_back_refills_nothing);
    ADD(other_methods_go_on);
    ADD(a_malformed_call_is_not_counted);
    ADD(a_rule_that_replaces_comes_first);
    ADD(a_rule_after_has_no_say_in_it);
    ADD(a_missing_argument_is_found_later);
    ADD(many_strangers_cost_no_more);
    world_add_mistakes(&list, mistakes, sizeof mistakes / sizeof *mistakes);
    return run_list("rate limit", &list);
}
