/* What a refresh does to the tokens before it, through the core's entrance. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "life.h"

static void the_legacy_token_works_until_the_first_refresh(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    life_exchange(life, EXCHANGE_BOT, &first);
    assert_token_is(life, BOT_TOKEN, NULL);
    life_refresh(life, first.refresh, &second);
    assert_token_is(life, BOT_TOKEN, "token_expired");
    assert_refused(life_call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "token_already_exchanged");
}

static void an_access_token_dies_with_its_last_second(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    life->now += 12 * HOUR * 1000 - 1;
    assert_token_is(life, pair.access, NULL);
    life->now += 1;
    assert_token_is(life, pair.access, "token_expired");
}

static void a_refresh_token_does_not_expire_by_time(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_pass(life, 400 * 24 * HOUR);
    life_refresh(life, first.refresh, &second);
    assert_token_is(life, second.access, NULL);
}

static void a_refresh_leaves_the_old_access_token_alive(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    assert_token_is(life, first.access, NULL);
    assert_token_is(life, second.access, NULL);
}

static void a_refresh_token_serves_once_after_its_grace(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    life_pass(life, 60);
    assert_refused(life_try_refresh(life, first.refresh),
                   "invalid_refresh_token");
    life_refresh(life, second.refresh, &third);
}

static void reuse_within_the_grace_kills_the_first_successor(void **state)
{
    struct life *life = *state;
    struct pair first, second, third, fourth;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    life_pass(life, 59);
    life_refresh(life, first.refresh, &third);
    assert_string_not_equal(second.refresh, third.refresh);
    assert_refused(life_try_refresh(life, second.refresh),
                   "invalid_refresh_token");
    life_refresh(life, third.refresh, &fourth);
}

static void the_grace_starts_at_the_first_use(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    life_pass(life, 40);
    life_refresh(life, first.refresh, &second);
    life_pass(life, 20);
    assert_refused(life_try_refresh(life, first.refresh),
                   "invalid_refresh_token");
}

static void the_grace_can_be_set(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    world_load(life->world, BASE ",\"refresh_grace\":0}");
    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    assert_refused(life_try_refresh(life, first.refresh),
                   "invalid_refresh_token");
}

static void bot_and_user_are_separate_chains(void **state)
{
    struct life *life = *state;
    struct pair bot, user, next;
    const char *body;

    life_exchange(life, EXCHANGE_BOT, &bot);
    life_exchange(life, EXCHANGE_USER, &user);
    life_refresh(life, bot.refresh, &next);
    life_refresh(life, next.refresh, &next);
    assert_token_is(life, user.access, NULL);
    assert_token_is(life, USER_TOKEN, NULL);
    body = life_try_refresh(life, user.refresh);
    assert_non_null(strstr(body, "\"token_type\":\"user\""));
    assert_non_null(strstr(body, "\"user_id\":\"U0USER\""));
    assert_null(strstr(body, "authed_user"));
}

static void a_refresh_is_flat_and_in_order(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char shape[1024];
    const char *body;

    life_exchange(life, EXCHANGE_BOT, &pair);
    body = life_try_refresh(life, pair.refresh);
    life_read_pair(body, &pair);
    snprintf(shape, sizeof shape,
             "{\"ok\":true,\"app_id\":\"A0APP\",\"scope\":"
             "\"commands,chat:write\",\"token_type\":\"bot\","
             "\"access_token\":\"%s\",\"bot_user_id\":\"U0BOT\","
             "\"refresh_token\":\"%s\",\"expires_in\":43200,"
             "\"team\":{\"id\":\"T0TEAM\",\"name\":\"Example\"},"
             "\"enterprise\":null,\"is_enterprise_install\":false}",
             pair.access, pair.refresh);
    assert_string_equal(body, shape);
}

static void another_apps_client_cannot_refresh(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, TWO_APPS);
    life_exchange(life, EXCHANGE_BOT, &pair);
    snprintf(life->form, sizeof life->form,
             "client_id=1.2&client_secret=s&grant_type=refresh_token"
             "&refresh_token=%s",
             pair.refresh);
    assert_refused(life_call(life, "oauth.v2.access", NULL, life->form),
                   "invalid_refresh_token");
}

static void an_installation_rotated_already_can_be_refreshed(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world,
               BASE ",\"tokens\":[{\"token\":\"xoxe.xoxb-1-x\","
                    "\"refresh_token\":\"xoxe-1-x\",\"expires_in\":3600,"
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"scope\":"
                    "\"commands\",\"bot_user\":\"U0BOT\"}]}");
    assert_token_is(life, "xoxe.xoxb-1-x", NULL);
    life_pass(life, HOUR);
    assert_token_is(life, "xoxe.xoxb-1-x", "token_expired");
    life_refresh(life, "xoxe-1-x", &pair);
    assert_token_is(life, pair.access, NULL);
}

static void expires_in_is_the_apps(void **state)
{
    struct life *life = *state;
    struct pair pair;
    const char *body;

    world_load(life->world,
               BASE ",\"apps\":[{\"id\":\"A0APP\",\"expires_in\":600}]}");
    body = life_call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT);
    assert_non_null(strstr(body, "\"expires_in\":600,"));
    life_read_pair(body, &pair);
    life_pass(life, 600);
    assert_token_is(life, pair.access, "token_expired");
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_legacy_token_works_until_the_first_refresh);
    ADD(an_access_token_dies_with_its_last_second);
    ADD(a_refresh_token_does_not_expire_by_time);
    ADD(a_refresh_leaves_the_old_access_token_alive);
    ADD(a_refresh_token_serves_once_after_its_grace);
    ADD(reuse_within_the_grace_kills_the_first_successor);
    ADD(the_grace_starts_at_the_first_use);
    ADD(the_grace_can_be_set);
    ADD(bot_and_user_are_separate_chains);
    ADD(a_refresh_is_flat_and_in_order);
    ADD(another_apps_client_cannot_refresh);
    ADD(an_installation_rotated_already_can_be_refreshed);
    ADD(expires_in_is_the_apps);
    return run_list("refresh", &list);
}
