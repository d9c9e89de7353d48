/*
 * Rules at stage `after`: they answer for the method, and so not for a call
 * that a gate kept from it. Such a call takes no turn of theirs.
 */
#include <string.h>

#include "check.h"
#include "world.h"

#define LIMIT        "\"rate_limits\":{\"oauth.v2.exchange\":{\"per_minute\":1}},"
#define AFTER(keys)  "{\"name\":\"r\",\"stage\":\"after\"," keys "}"
#define RULES(rules) WITH("\"seed\":1,\"rules\":[" rules "]")
#define FATAL        "\"reply\":{\"error\":\"fatal_error\"}"
#define UNKNOWN      CLIENT "&" SECRET "&token=xoxb-unknown"

static const char *exchange_at(struct world *world, const char *form,
                               int64_t minutes)
{
    return world_exchange_at(world, form, HOST_TIME + minutes * 60000);
}

static void assert_answer(struct world *world, const char *form,
                          const char *error, const char *rule)
{
    const struct call_record *record = &world->reply.record;

    world_exchange(world, form);
    assert_string_equal(record->error ? record->error : "ok", error);
    assert_string_equal(record->rule ? record->rule : "none", rule);
}

static void the_rate_limit_comes_before_it(void **state)
{
    struct world *world = *state;
    const struct call_record *record = &world->reply.record;

    world_load(world,
               WITH(LIMIT "\"rules\":[" AFTER(
                   "\"when\":{\"call\":\"2-\"},\"times\":1," FATAL) "]"));
    exchange_at(world, EXCHANGE_BOT, 0);
    exchange_at(world, EXCHANGE_USER, 0);
    assert_string_equal(record->error, "ratelimited");
    assert_null(record->rule);
    assert_number(world->reply.status, 429);
    exchange_at(world, EXCHANGE_USER, 1);
    assert_string_equal(record->error, "fatal_error");
    assert_true(record->committed);
}

static void missing_arguments_come_before_it(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(AFTER("\"times\":1," FATAL)));
    assert_answer(world, CLIENT, "invalid_arguments", "none");
    assert_non_null(
        strstr(buffer_text(&world->reply.body), "missing required field"));
    assert_answer(world, EXCHANGE_BOT, "fatal_error", "r");
    assert_answer(world, EXCHANGE_BOT, "token_already_exchanged", "none");
}

static void what_the_method_refuses_is_its_own(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(AFTER("\"times\":1," FATAL)));
    assert_answer(world, UNKNOWN, "fatal_error", "r");
    assert_false(world->reply.record.committed);
}

static void so_is_a_caller_who_is_not_known(void **state)
{
    struct world *world = *state;
    const struct request request = {
        .verb = VERB_GET, .method = "auth.test", .host_time = HOST_TIME};

    world_load(world, RULES(AFTER("\"times\":1," FATAL)));
    world_call(world, &request);
    assert_string_equal(world->reply.record.error, "fatal_error");
}

static void neither_dressing_nor_a_pass_is_spent(void **state)
{
    struct world *world = *state;
    const struct reply *reply = &world->reply;

    world_load(world,
               RULES(AFTER("\"sequence\":[{\"headers\":{\"X\":\"1\"}},\"pass\","
                           "{\"headers\":{\"X\":\"2\"}}]")));
    world_exchange(world, CLIENT);
    assert_null(reply_header(reply, "X"));
    world_exchange(world, UNKNOWN);
    assert_string_equal(reply_header(reply, "X"), "1");
    world_exchange(world, CLIENT);
    world_exchange(world, UNKNOWN);
    assert_null(reply_header(reply, "X"));
    world_exchange(world, UNKNOWN);
    assert_string_equal(reply_header(reply, "X"), "2");
}

/* A rule that did not act has counted the call. */
static void the_call_is_counted_all_the_same(void **state)
{
    struct world *world = *state;

    world_load(world, RULES(AFTER("\"when\":{\"call\":2}," FATAL)));
    assert_answer(world, CLIENT, "invalid_arguments", "none");
    assert_answer(world, UNKNOWN, "fatal_error", "r");
}

static void one_before_still_dresses_a_refusal(void **state)
{
    struct world *world = *state;

    world_load(world,
               WITH(LIMIT "\"rules\":[{\"name\":\"b\",\"reply\":{\"delay\":7,"
                          "\"headers\":{\"X\":\"1\"}}}]"));
    world_exchange(world, EXCHANGE_BOT);
    world_exchange(world, EXCHANGE_USER);
    assert_string_equal(world->reply.record.error, "ratelimited");
    assert_string_equal(world->reply.record.rule, "b");
    assert_string_equal(reply_header(&world->reply, "X"), "1");
    assert_number(world->reply.delay, 7);
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_rate_limit_comes_before_it);
    ADD(missing_arguments_come_before_it);
    ADD(what_the_method_refuses_is_its_own);
    ADD(so_is_a_caller_who_is_not_known);
    ADD(neither_dressing_nor_a_pass_is_spent);
    ADD(the_call_is_counted_all_the_same);
    ADD(one_before_still_dresses_a_refusal);
    return run_list("rule stage", &list);
}
