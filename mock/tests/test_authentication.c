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

/* It is of an app and nobody's, and few methods take it. */
static void an_app_level_token_is_a_kind_of_its_own(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"tokens\":[{\"token\":\"xapp-1\",\"app\":\"A0APP\","
                    "\"team\":\"T0TEAM\"}],\"stubs\":{\"users.info\":{}}}");
    assert_string_equal(life_call(life, "auth.test", "xapp-1", ""),
                        "{\"ok\":true,\"app_name\":\"Example App\",\"app_id\":"
                        "\"A0APP\"}");
    assert_refused(life_call(life, "auth.revoke", "xapp-1", ""),
                   "not_allowed_token_type");
    assert_refused(life_call(life, "oauth.v2.exchange", NULL,
                             CLIENT "&" SECRET "&token=xapp-1"),
                   "invalid_token");
    assert_string_equal(life_call(life, "users.info", "xapp-1", ""),
                        "{\"ok\":true}");
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
    ADD(an_app_level_token_is_a_kind_of_its_own);
    ADD(a_stub_is_authenticated_and_then_answered);
    return run_list("authentication", &list);
}
