/*
 * Which rule acts on which call: order, conditions, turns and chance.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "world.h"

#define RULES(rules) WITH("\"seed\":7,\"rules\":[" rules "]")
#define FATAL        "\"reply\":{\"error\":\"fatal_error\"}"
#define CALLS        40

/* Which of many calls were answered by which rule. */
struct outcomes {
    char text[CALLS + 1];
};

/* A letter a call: the first of the rule's name, or a dot for none. */
static struct outcomes call_many(struct world *world, const char *form,
                                 size_t count)
{
    struct outcomes outcomes = {""};
    size_t number;

    for (number = 0; number < count; number++) {
        const char *rule;

        world_exchange(world, form);
        rule = world->reply.record.rule;
        outcomes.text[number] = *(rule ? rule : ".");
    }
    return outcomes;
}

/* A table of rules, and what becomes of as many calls as there are letters. */
struct row {
    const char *name;
    const char *rules;
    const char *outcomes;
};

#define WHEN(name, when, reply)                                                \
    "{\"name\":\"" name "\",\"when\":{" when "}," reply "}"

static struct row rows[] = {
    {"the third call", RULES(WHEN("a", "\"call\":3", FATAL)), "..a..."},
    {"a range of calls", RULES(WHEN("a", "\"call\":\"2-4\"", FATAL)), ".aaa.."},
    {"all calls from one on", RULES(WHEN("a", "\"call\":\"3-\"", FATAL)),
     "..aaaa"},
    {"a range of one call", RULES(WHEN("a", "\"call\":\"2-2\"", FATAL)),
     ".a...."},
    {"a list of calls", RULES(WHEN("a", "\"call\":[1,\"3-4\",\"7-\"]", FATAL)),
     "a.aa..aa"},
    {"a call that an earlier rule answers counts",
     RULES(WHEN("a", "\"call\":1", FATAL) "," WHEN("b", "\"call\":2", FATAL)),
     "ab.."},
    {"a call that a rule of another chain answers counts",
     RULES(WHEN("a", "\"method\":\"oauth.v2.exchange\"",
                "\"times\":2," FATAL) "," WHEN("b", "\"call\":3", FATAL)),
     "aab."},
    {"calls that do not match are not counted",
     RULES(WHEN("a", "\"call\":1,\"token\":\"no\"", FATAL)), "...."},
    {"a rule without turns still counts",
     RULES(WHEN("a", "\"call\":[1,2,3]", "\"times\":2," FATAL)), "aa.."},
    {"a sequence plays once", RULES(WHEN("a", "", "\"sequence\":[{},{},{}]")),
     "aaa.."},
    {"a sequence plays as often as it may",
     RULES(WHEN("a", "", "\"times\":2,\"sequence\":[{},{}]")), "aaaa."},
    {"a sequence may pass",
     RULES(WHEN("a", "", "\"sequence\":[{},\"pass\",{}]") "," WHEN("b", "",
                                                                   FATAL)),
     "aaabb"},
    {"a sequence on certain calls",
     RULES(WHEN("a", "\"call\":\"2-\"", "\"sequence\":[{},{}]")), ".aa."},
    {"no chance", RULES(WHEN("a", "\"probability\":0", FATAL)), "......"},
    {"every chance", RULES(WHEN("a", "\"probability\":1", FATAL)), "aaaaaa"},
    {"a rule by token before one by method",
     RULES(WHEN(
         "a", "\"token\":\"" BOT_TOKEN "\"",
         "\"times\":1," FATAL) "," WHEN("b", "\"method\":\"oauth.v2.exchange\"",
                                        FATAL)),
     "abb"},
    {"a rule by method before one by token",
     RULES(WHEN("a", "\"method\":\"oauth.v2.exchange\"",
                "\"times\":1," FATAL) "," WHEN("b",
                                               "\"token\":\"" BOT_TOKEN "\"",
                                               FATAL)),
     "abb"},
    {"a rule by client id, one by glob, one for all",
     RULES(WHEN(
         "a", "\"client_id\":\"4123121235.9872358710\"",
         "\"times\":1," FATAL) "," WHEN("b", "\"method\":\"oauth.*\"",
                                        "\"times\":1," FATAL) "," WHEN("c", "",
                                                                       FATAL)),
     "abc"},
    {"two rules for one token",
     RULES(WHEN("a", "\"token\":\"" BOT_TOKEN "\"",
                "\"times\":1," FATAL) "," WHEN("b",
                                               "\"token\":\"" BOT_TOKEN "\"",
                                               FATAL)),
     "abb"},
    {"a rule by token for another client",
     RULES(WHEN("a", "\"token\":\"" BOT_TOKEN "\",\"client_id\":\"x\"", FATAL)),
     ".."},
    {"rules for others",
     RULES(WHEN("a", "\"token\":\"x\"", FATAL) "," WHEN(
         "b", "\"client_id\":\"x\"",
         FATAL) "," WHEN("c", "\"method\":\"auth.test\"", FATAL)),
     ".."},
};

static const void *current_row;

static int row_setup(void **state)
{
    current_row = *state;
    return world_setup(state);
}

static void it_acts_on_these(void **state)
{
    const struct row *row = current_row;
    struct world *world = *state;

    world_load(world, row->rules);
    assert_string_equal(
        call_many(world, EXCHANGE_BOT, strlen(row->outcomes)).text,
        row->outcomes);
}

static void a_sequence_answers_in_turn(void **state)
{
    struct world *world = *state;

    world_load(world, RULES("{\"sequence\":[{\"error\":\"fatal_error\"},"
                            "{\"error\":\"ratelimited\",\"retry_after\":2},"
                            "{\"error\":\"internal_error\"}]}"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "fatal_error"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "ratelimited"));
    assert_string_equal(reply_header(&world->reply, "Retry-After"), "2");
    assert_non_null(
        strstr(world_exchange(world, EXCHANGE_BOT), "internal_error"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
}

static void each_rule_counts_its_own_calls(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(WHEN("u", "\"token\":\"xoxp-*\",\"call\":2",
                                 FATAL) "," WHEN("a", "\"call\":4", FATAL)));
    assert_string_equal(call_many(world, EXCHANGE_BOT, 2).text, "..");
    assert_string_equal(call_many(world, EXCHANGE_USER, 1).text, ".");
    assert_string_equal(call_many(world, EXCHANGE_BOT, 1).text, "a");
    assert_string_equal(call_many(world, EXCHANGE_USER, 1).text, "u");
}

static void a_call_that_a_gate_refuses_is_not_counted(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(WHEN("a", "\"call\":2", FATAL)));
    assert_string_equal(call_many(world, EXCHANGE_BOT, 1).text, ".");
    world_exchange(world, "a-b=1");
    assert_string_equal(call_many(world, EXCHANGE_BOT, 1).text, "a");
}

static void chance_follows_from_the_seed(void **state)
{
    static const char half[] = RULES(WHEN("a", "\"probability\":0.5", FATAL));
    static const char other[] = WITH(
        "\"seed\":8,\"rules\":[" WHEN("a", "\"probability\":0.5", FATAL) "]");
    struct world *world = *state;
    struct outcomes first;

    world_load(world, half);
    first = call_many(world, EXCHANGE_BOT, CALLS);
    assert_non_null(strchr(first.text, 'a'));
    assert_non_null(strchr(first.text, '.'));
    world_load(world, half);
    assert_string_equal(call_many(world, EXCHANGE_BOT, CALLS).text, first.text);
    world_load(world, other);
    assert_string_not_equal(call_many(world, EXCHANGE_BOT, CALLS).text,
                            first.text);
}

/* A call that the rule does not match draws no random number. */
static void chance_is_taken_only_when_the_rest_matches(void **state)
{
    static const char half[] =
        RULES(WHEN("a", "\"token\":\"xoxb-*\",\"probability\":0.5", FATAL));
    struct world *world = *state;
    struct outcomes first;
    size_t number;

    world_load(world, half);
    first = call_many(world, EXCHANGE_BOT, CALLS);
    world_load(world, half);
    for (number = 0; number < CALLS; number++) {
        call_many(world, EXCHANGE_USER, 3);
        assert_number(call_many(world, EXCHANGE_BOT, 1).text[0],
                      first.text[number]);
    }
}

static void a_seldom_chance_is_seldom(void **state)
{
    struct world *world = *state;
    size_t number;
    size_t met = 0;

    world_load(world, RULES(WHEN("a", "\"probability\":0.1", FATAL)));
    for (number = 0; number < 10000; number++)
        met += call_many(world, EXCHANGE_BOT, 1).text[0] == 'a';
    assert_in_range(met, 900, 1100); /* 3 standard deviations are 90 */
}

/* Conditions on headers, and whether a call with two of them is met. */
struct header_row {
    const char *name;
    const char *header;
    const char *outcome;
};

static struct header_row header_rows[] = {
    {"a header in any case", "\"x-one\":\"1\"", "a"},
    {"a glob for a header", "\"X-One\":\"?\"", "a"},
    {"a header of another value", "\"X-One\":\"2\"", "."},
    {"a header's value has its letter case", "\"X-Two\":\"AB*\"", "."},
    {"several headers must all match", "\"X-One\":\"1\",\"X-Two\":\"ab*\"",
     "a"},
    {"one of several does not match", "\"X-One\":\"1\",\"X-Two\":\"no\"", "."},
    {"a header that is absent", "\"X-Three\":\"*\"", "."},
    {"the second of two of one name", "\"X-Two\":\"second\"", "a"},
    {"no headers wanted", "", "a"},
};

static void it_meets_headers(void **state)
{
    const struct header_row *row = current_row;
    struct world *world = *state;
    const struct request_header headers[] = {
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"X-ONE", "1"},
        {"X-Two", "abc"},
        {"x-two", "second"},
    };
    const struct request request = {
        .verb = VERB_POST,
        .method = "oauth.v2.exchange",
        .headers = headers,
        .header_count = sizeof headers / sizeof *headers,
        .body = EXCHANGE_BOT,
        .body_length = strlen(EXCHANGE_BOT),
        .host_time = HOST_TIME,
    };
    char scenario[512];
    const char *rule;

    snprintf(scenario, sizeof scenario,
             RULES(WHEN("a", "\"header\":{%s}", FATAL)), row->header);
    world_load(world, scenario);
    world_call(world, &request);
    rule = world->reply.record.rule;
    assert_string_equal(rule ? rule : ".", row->outcome);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_acts_on_these, rows, row_setup, world_teardown);
    add_rows_with(&list, it_meets_headers, header_rows, row_setup,
                  world_teardown);
    ADD(a_sequence_answers_in_turn);
    ADD(each_rule_counts_its_own_calls);
    ADD(a_call_that_a_gate_refuses_is_not_counted);
    ADD(chance_follows_from_the_seed);
    ADD(chance_is_taken_only_when_the_rest_matches);
    ADD(a_seldom_chance_is_seldom);
    return run_list("rule list", &list);
}
