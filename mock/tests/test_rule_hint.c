/* What the author of a rule is told that nearly matched a call. */
#include <string.h>

#include "check.h"
#include "world.h"

#define RULES(rules)                                                           \
    "{\"description\":\"d\",\"extends\":\"default.json\",\"rules\":[" rules "]}"
#define RULE(name, when)                                                       \
    "{\"name\":\"" name "\",\"when\":{" when                                   \
    "},\"reply\":{\"error\":\"fatal_error\"}}"
#define EXCHANGE    "\"method\":\"oauth.v2.exchange\""
#define OTHER_TOKEN "\"token\":\"xoxb-other\""

static const char *hint_of(struct world *world, const char *scenario)
{
    world_load(world, scenario);
    (void)world_exchange(world, EXCHANGE_BOT);
    return world->reply.record.hint ? world->reply.record.hint : "";
}

static void the_rule_and_what_kept_it_are_named(void **state)
{
    assert_string_equal(
        hint_of(*state, RULES(RULE("r", EXCHANGE "," OTHER_TOKEN))),
        "rule \"r\" nearly matched: only its token kept it from this call");
    assert_string_equal(
        hint_of(*state,
                RULES(RULE("r", "\"method\":\"oauth.*\",\"client_id\":\"1\""))),
        "rule \"r\" nearly matched: only its client_id kept it from this call");
    assert_string_equal(
        hint_of(*state,
                RULES(RULE("r", EXCHANGE ",\"header\":{\"X-Team\":\"1\"}"))),
        "rule \"r\" nearly matched: only its header X-Team kept it from this "
        "call, which has none");
}

static void of_several_the_first_is_named(void **state)
{
    assert_non_null(strstr(
        hint_of(
            *state,
            RULES(RULE(
                "two", EXCHANGE
                ",\"client_id\":"
                "\"1\"," OTHER_TOKEN) "," RULE("one", EXCHANGE
                                               "," OTHER_TOKEN) "," RULE("more",
                                                                         EXCHANGE
                                                                         ",\"cl"
                                                                         "ient_"
                                                                         "id\":"
                                                                         "\"1"
                                                                         "\""))),
        "rule \"one\""));
}

static void one_condition_is_not_nearly_met(void **state)
{
    assert_string_equal(hint_of(*state, RULES(RULE("r", OTHER_TOKEN))), "");
    assert_string_equal(
        hint_of(*state, RULES(RULE("r", "\"method\":\"auth.test\""))), "");
}

static void a_rule_for_another_method_is_not_near(void **state)
{
    assert_string_equal(
        hint_of(*state, RULES(RULE("r", "\"method\":\"auth.test\","
                                        "\"token\":\"" BOT_TOKEN "\""))),
        "");
}

static void a_call_that_got_a_rule_gets_no_hint(void **state)
{
    assert_string_equal(
        hint_of(*state, RULES(RULE("r", EXCHANGE
                                   "," OTHER_TOKEN) "," RULE("all", EXCHANGE))),
        "");
}

static void what_the_caller_meant_comes_first(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(RULE("r", EXCHANGE "," OTHER_TOKEN)));
    (void)world_exchange(world, EXCHANGE_BOT "&code=1");
    assert_string_equal(world->reply.record.hint,
                        "a code goes to oauth.v2.access");
}

static void a_deleted_rule_gives_no_hint(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(RULE("r", EXCHANGE "," OTHER_TOKEN)));
    mock_clear_rules(world->mock);
    (void)world_exchange(world, EXCHANGE_BOT);
    assert_null(world->reply.record.hint);
}

/* The text is kept for the next call, which is to be told the same or not. */
static void each_call_gets_its_own(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(RULE("r", EXCHANGE "," OTHER_TOKEN
                                               ",\"argument\":{\"x\":\"1\"}")));
    for (int i = 0; i < 2; i++) {
        (void)world_exchange(world, EXCHANGE_BOT "&x=1");
        assert_string_equal(world->reply.record.hint,
                            "rule \"r\" nearly matched: only its token kept it "
                            "from this call");
        (void)world_exchange(world, CLIENT "&" SECRET "&token=xoxb-other");
        assert_string_equal(world->reply.record.hint,
                            "rule \"r\" nearly matched: only its argument x "
                            "kept it from this call, which has none");
        (void)world_exchange(world, CLIENT "&" SECRET "&token=xoxb-other&x=2");
        assert_string_equal(world->reply.record.hint,
                            "rule \"r\" nearly matched: only its argument x "
                            "kept it from this call");
        (void)world_exchange(world, EXCHANGE_BOT);
        assert_null(world->reply.record.hint);
    }
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_rule_and_what_kept_it_are_named);
    ADD(of_several_the_first_is_named);
    ADD(one_condition_is_not_nearly_met);
    ADD(a_rule_for_another_method_is_not_near);
    ADD(a_call_that_got_a_rule_gets_no_hint);
    ADD(what_the_caller_meant_comes_first);
    ADD(a_deleted_rule_gives_no_hint);
    ADD(each_call_gets_its_own);
    return run_list("rule_hint", &list);
}
