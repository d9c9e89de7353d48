/*
 * PATCH /_mock/scenario: tokens that it adds, and tokens that the running world
 * knows though no entry names them alone.
 */
#include <cjson/cJSON.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define TOKENS(entries) "{\"tokens\":[" entries "]}"

static void patch(struct test *test, const struct server *server,
                  const char *body)
{
    control_do(test, server, "PATCH /_mock/scenario", body);
}

static void assert_state(struct test *test, const struct server *server,
                         const char *token, const char *wanted)
{
    assert_text(control_token_state(test, server, "", token), wanted);
}

/* ---- one of a run ---- */

#define OF_RUN(keys) TOKENS("{\"token\":\"xoxb-generated-2\"," keys "}")
#define OF_RUN_FORM  APP_FORM "&token=xoxb-generated-2"
#define THREE_GENERATED                                                        \
    "{\"generate\":3,\"type\":\"bot\",\"app\":\"A0APP\","                      \
    "\"team\":\"T0TEAM\",\"scope\":\"files:read\"}"

static void test_revoke_one_of_run(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));

    patch(test, server,
          OF_RUN("\"state\":\"revoked\",\"app\":\"A0APP\","
                 "\"team\":\"T0TEAM\""));
    life_refused(http_exchange(test, server, OF_RUN_FORM),
                 "authorization_not_found");
    assert_state(test, server, "xoxb-generated-1", "active");
    life_exchange(test, server, BOT_FORM);
}

static void test_one_of_run_stays(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));
    const struct cJSON *reply;

    patch(test, server, OF_RUN("\"user_name\":\"two\""));
    reply = life_call(test, server, "auth.test", "xoxb-generated-2", "")->json;
    assert_json_text(reply, "user_id", "UBOT2");
    assert_json_text(reply, "user", "two");
    reply = http_exchange(test, server, OF_RUN_FORM)->json;
    assert_json_text(reply, "bot_user_id", "UBOT2");
    assert_json_text(reply, "scope", "files:read");
    patch(test, server, OF_RUN("\"state\":\"active\""));
    assert_json_text(http_exchange(test, server, OF_RUN_FORM)->json,
                     "bot_user_id", "UBOT2");
}

/* The prefix may tell no type; the run's state is that of its tokens. */
static void test_run_of_people(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"tokens\":[{\"token\":\"load-1\",\"scope\":\"x\"},"
                    "{\"generate\":2,\"type\":\"user\",\"prefix\":\"load\","
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\","
                    "\"state\":\"exchanged\"}]"));

    assert_json_text(life_call(test, server, "auth.test", "load-1", "")->json,
                     "user_id", "UUSER1");
    assert_state(test, server, "load-1", "exchanged");
    patch(test, server, TOKENS("{\"token\":\"load-2\",\"scope\":\"y\"}"));
    assert_state(test, server, "load-2", "exchanged");
}

int run_patch_tokens_tests(void)
{
    static const struct test_case cases[] = {
        {"patch: one of a run is revoked, and no other bot",
         test_revoke_one_of_run, NULL},
        {"patch: one of a run is what its run says", test_one_of_run_stays,
         NULL},
        {"patch: one of a run has its type and state", test_run_of_people,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
