/*
 * How many tokens of a chain are alive, and how many dead ones are remembered.
 */
#include "check.h"
#include "life.h"

static void at_most_two_access_tokens_are_active(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    life_refresh(life, second.refresh, &third);
    assert_token_is(life, first.access, "token_revoked");
    assert_token_is(life, second.access, NULL);
    assert_token_is(life, third.access, NULL);
}

static void an_expired_token_does_not_count_among_the_two(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_pass(life, 11 * HOUR);
    life_refresh(life, first.refresh, &second);
    life_pass(life, HOUR);
    life_refresh(life, second.refresh, &third);
    assert_token_is(life, first.access, "token_expired");
    assert_token_is(life, second.access, NULL);
    assert_token_is(life, third.access, NULL);
}

/* Walks a chain of 40 refreshes and looks back at its dead access tokens. */
static void sixteen_dead_tokens_are_remembered(void **state)
{
    struct life *life = *state;
    struct pair pairs[40];
    int number;

    life_exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 40; number++) {
        life_pass(life, 10 * HOUR);
        life_refresh(life, pairs[number - 1].refresh, &pairs[number]);
    }
    /* 39 and 38 are active; 37 to 22 are the 16 dead ones. */
    assert_token_is(life, pairs[38].access, NULL);
    assert_token_is(life, pairs[37].access, "token_expired");
    assert_token_is(life, pairs[22].access, "token_expired");
    assert_token_is(life, pairs[21].access, "invalid_auth");
}

/* The last two die by time alone. */
static void sixteen_are_remembered_when_time_has_passed(void **state)
{
    struct life *life = *state;
    struct pair pairs[40];
    int number;

    life_exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 40; number++)
        life_refresh(life, pairs[number - 1].refresh, &pairs[number]);
    life_pass(life, 13 * HOUR);
    assert_token_is(life, pairs[39].access, "token_expired");
    assert_token_is(life, pairs[24].access, "token_revoked");
    assert_token_is(life, pairs[23].access, "invalid_auth");
}

/* In a long chain no token is dead within the grace, and all are after it. */
static void sixteen_spent_tokens_are_remembered(void **state)
{
    struct life *life = *state;
    struct pair pairs[201];
    int number;

    life_exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 201; number++)
        life_refresh(life, pairs[number - 1].refresh, &pairs[number]);
    assert_string_equal(
        life_call(life, "auth.revoke", pairs[0].refresh, "test=1"),
        "{\"ok\":true,\"revoked\":false}");
    life_pass(life, 61);
    assert_refused(life_call(life, "auth.revoke", pairs[199].refresh, "test=1"),
                   "token_expired");
    assert_refused(life_call(life, "auth.revoke", pairs[184].refresh, "test=1"),
                   "token_expired");
    assert_refused(life_call(life, "auth.revoke", pairs[183].refresh, "test=1"),
                   "invalid_auth");
}

/* Without a grace a token is dead once it is spent, and here the 17th. */
static void an_old_refresh_token_is_spent_after_many_newer_ones(void **state)
{
    struct life *life = *state;
    struct pair old, pair;
    int number;

    world_load(life->world,
               BASE ",\"refresh_grace\":0,\"tokens\":[{\"token\":\"xoxb-2\","
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]}");
    life_exchange(life, EXCHANGE_BOT, &old);
    life_exchange(life, CLIENT "&" SECRET "&token=xoxb-2", &pair);
    for (number = 0; number < 17; number++)
        life_refresh(life, pair.refresh, &pair);
    life_refresh(life, old.refresh, &pair);
    assert_refused(life_try_refresh(life, old.refresh),
                   "invalid_refresh_token");
    life_refresh(life, pair.refresh, &pair);
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(at_most_two_access_tokens_are_active);
    ADD(an_expired_token_does_not_count_among_the_two);
    ADD(sixteen_dead_tokens_are_remembered);
    ADD(sixteen_are_remembered_when_time_has_passed);
    ADD(sixteen_spent_tokens_are_remembered);
    ADD(an_old_refresh_token_is_spent_after_many_newer_ones);
    return run_list("chain", &list);
}
