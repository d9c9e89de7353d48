/* Methods that want a caller: auth.test, and stubs. */
#include <string.h>

#include "check.h"
#include "life.h"

static void the_credential_rules_of_a_method_that_authenticates(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    assert_refused(life_call(life, "auth.test", NULL, ""), "not_authed");
    assert_refused(life_call(life, "auth.test", "", ""), "not_authed");
    assert_refused(life_call(life, "auth.test", NULL, "token="), "not_authed");
    assert_refused(life_call(life, "auth.test", "nobody", ""), "invalid_auth");
    assert_token_is(life, pair.refresh, "invalid_auth");
    assert_non_null(strstr(
        life_call(life, "auth.test", NULL, "token=" BOT_TOKEN), "\"ok\":true"));
    assert_non_null(
        strstr(life_call(life, "auth.test", BOT_TOKEN, "token=nobody"),
               "\"ok\":true"));
    assert_refused(life_call(life, "apps.uninstall", NULL, ""), "not_authed");
    assert_non_null(strstr(life_call(life, "apps.uninstall", BOT_TOKEN, SECRET),
                           "missing required field: client_id"));
}

static void auth_test_says_whose_token_it_is(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        life_call(life, "auth.test", BOT_TOKEN, ""),
        "{\"ok\":true,\"url\":\"https://example.slack.com/\",\"team\":"
        "\"Example\",\"user\":\"bot\",\"team_id\":\"T0TEAM\",\"user_id\":"
        "\"U0BOT\",\"bot_id\":\"B0BOT\",\"is_enterprise_install\":false}");
    assert_string_equal(
        life_call(life, "auth.test", USER_TOKEN, ""),
        "{\"ok\":true,\"url\":\"https://example.slack.com/\",\"team\":"
        "\"Example\",\"user\":\"user\",\"team_id\":\"T0TEAM\",\"user_id\":"
        "\"U0USER\",\"is_enterprise_install\":false}");
}

static void a_stub_is_authenticated_and_then_answered(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"stubs\":{\"chat.postMessage\":{\"channel\":\"C1\","
                    "\"ts\":\"1.000100\",\"ok\":true,\"message\":{\"n\":1.5,"
                    "\"list\":[null,false]}}}}");
    assert_refused(life_call(life, "chat.postMessage", NULL, ""), "not_authed");
    assert_string_equal(life_call(life, "chat.postMessage", BOT_TOKEN, ""),
                        "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.000100\","
                        "\"message\":{\"n\":1.5,\"list\":[null,false]}}");
    assert_non_null(strstr(life_call(life, "no.such.method", BOT_TOKEN, ""),
                           "unknown_method"));
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_credential_rules_of_a_method_that_authenticates);
    ADD(auth_test_says_whose_token_it_is);
    ADD(a_stub_is_authenticated_and_then_answered);
    return run_list("authentication", &list);
}
