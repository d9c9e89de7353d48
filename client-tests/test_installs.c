/*
 * Installations: what an app gets that is installed once more, and how replies
 * tell who installed it and for how long.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_reply.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- auth.test: expires_in ---- */

#define AUTH_TEST_KEYS                                                         \
    "ok,url,team,user,team_id,user_id,bot_id,is_enterprise_install"

static const struct http_reply *
who_is(struct test *test, const struct server *server, const char *token)
{
    return life_call(test, server, "auth.test", token, "");
}

static void test_expires_in(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    assert_keys(who_is(test, server, pair.access)->json,
                AUTH_TEST_KEYS ",expires_in");
    life_advance(test, server, "43100.5");
    assert_json(who_is(test, server, pair.access)->json, "expires_in", "100");
    assert_keys(who_is(test, server, BOT_TOKEN)->json, AUTH_TEST_KEYS);
}

static void test_expires_in_switched_off(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"choices\":{\"auth_test_expires_in\":false}"));
    struct pair pair = life_exchange(test, server, BOT_FORM);

    assert_keys(who_is(test, server, pair.access)->json, AUTH_TEST_KEYS);
    control_patch(test, server,
                  "{\"choices\":{\"auth_test_expires_in\":true}}");
    assert_keys(who_is(test, server, pair.access)->json,
                AUTH_TEST_KEYS ",expires_in");
}

int run_installs_tests(void)
{
    static const struct test_case cases[] = {
        {"installs: auth.test tells the seconds that a rotated token has left",
         test_expires_in, NULL},
        {"installs: auth_test_expires_in switches that off, and a PATCH on",
         test_expires_in_switched_off, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
