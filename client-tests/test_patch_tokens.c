/*
 * PATCH /_mock/scenario: one token of a generated run, and tokens that it adds.
 * Those in use are in test_patch_used.c.
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

    control_patch(test, server,
                  OF_RUN("\"state\":\"revoked\",\"app\":\"A0APP\","
                         "\"team\":\"T0TEAM\""));
    life_refused(http_exchange(test, server, OF_RUN_FORM),
                 "authorization_not_found");
    control_assert_state(test, server, "xoxb-generated-1", "active");
    life_exchange(test, server, BOT_FORM);
}

static void test_one_of_run_stays(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));
    const struct cJSON *reply;

    control_patch(test, server, OF_RUN("\"user_name\":\"two\""));
    reply = life_call(test, server, "auth.test", "xoxb-generated-2", "")->json;
    assert_json_text(reply, "user_id", "UBOT2");
    assert_json_text(reply, "user", "two");
    reply = http_exchange(test, server, OF_RUN_FORM)->json;
    assert_json_text(reply, "bot_user_id", "UBOT2");
    assert_json_text(reply, "scope", "files:read");
    control_patch(test, server, OF_RUN("\"state\":\"active\""));
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
    control_assert_state(test, server, "load-1", "exchanged");
    control_patch(test, server,
                  TOKENS("{\"token\":\"load-2\",\"scope\":\"y\"}"));
    control_assert_state(test, server, "load-2", "exchanged");
}

/* ---- added to a world where others ended ---- */

#define ROTATED                                                                \
    "{\"token\":\"xoxe.xoxb-1-n\",\"refresh_token\":\"xoxe-1-n\","             \
    "\"expires_in\":3600,\"app\":\"A0APP\",\"team\":\"T0TEAM\"}"
#define LEGACY(token, keys)                                                    \
    "{\"token\":\"" token "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"" keys "}"

static void uninstall(struct test *test, const struct server *server)
{
    (void)life_call(test, server, "apps.uninstall", BOT_TOKEN, APP_FORM);
}

static void revoke_bot(struct test *test, const struct server *server)
{
    (void)life_call(test, server, "auth.revoke", BOT_TOKEN, "");
}

struct ending_row {
    void (*end)(struct test *test, const struct server *server);
    const char *entry;
    const char *added;
};

static void test_added_after_ending(struct test *test)
{
    const struct ending_row *row = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    const char *body = test_printf(test, "{\"tokens\":[%s]}", row->entry);

    row->end(test, server);
    control_patch(test, server, body);
    life_token_is(test, server, row->added, NULL);
    control_assert_state(test, server, row->added, "active");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "false");
    control_patch(test, server, body);
    life_token_is(test, server, row->added, NULL);
    uninstall(test, server);
    (void)life_call(test, server, "apps.uninstall", row->added, APP_FORM);
    life_token_is(test, server, row->added, "account_inactive");
}

/* Both are installations, and the second does not end the first. */
static void test_two_added(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    uninstall(test, server);
    control_patch(test, server,
                  TOKENS(LEGACY("xoxb-new", "") "," ROTATED "," LEGACY(
                      "xoxp-new", ",\"state\":\"revoked\"")));
    life_token_is(test, server, "xoxb-new", NULL);
    life_token_is(test, server, "xoxe.xoxb-1-n", NULL);
    control_assert_state(test, server, "xoxe-1-n", "active");
    life_token_is(test, server, "xoxp-new", "token_revoked");
    life_refused(http_exchange(test, server, BOT_FORM), "invalid_token");
}

/* A state that is named holds, also once a new installation came. */
static void test_revived(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    revoke_bot(test, server);
    control_patch(test, server, TOKENS(LEGACY("xoxb-new", "")));
    life_token_is(test, server, BOT_TOKEN, "invalid_auth");
    control_patch(test, server,
                  TOKENS("{\"token\":\"" BOT_TOKEN "\",\"state\":\"active\"}"));
    life_exchange(test, server, BOT_FORM);
}

/* The whole run is made active; one that was there before is not. */
static void test_run_revived(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));

    uninstall(test, server);
    control_patch(test, server, TOKENS(THREE_GENERATED));
    control_assert_state(test, server, "xoxb-generated-2", "revoked");
    control_patch(
        test, server,
        TOKENS("{\"generate\":3,\"type\":\"bot\",\"state\":\"active\"}"));
    life_exchange(test, server, OF_RUN_FORM);
    control_assert_state(test, server, USER_TOKEN, "revoked");
}

/* What is named of a run is named of those too that have an entry. */
static void test_run_with_entries(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));

    control_patch(test, server, OF_RUN("\"scope\":\"x\""));
    control_patch(test, server,
                  TOKENS("{\"generate\":3,\"type\":\"bot\",\"scope\":\"y\","
                         "\"state\":\"revoked\"}"));
    control_assert_state(test, server, "xoxb-generated-1", "revoked");
    control_assert_state(test, server, "xoxb-generated-2", "revoked");
    control_patch(test, server, OF_RUN("\"state\":\"active\""));
    assert_text(http_header(life_call(test, server, "auth.test",
                                      "xoxb-generated-2", ""),
                            "X-OAuth-Scopes"),
                "x");
}

/* A run that came after an uninstall is alive, and so is each of its own. */
static void test_one_of_later_run(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    uninstall(test, server);
    control_patch(test, server, TOKENS(THREE_GENERATED));
    control_patch(test, server, OF_RUN("\"user_name\":\"x\""));
    life_token_is(test, server, "xoxb-generated-2", NULL);
    control_patch(test, server,
                  TOKENS("{\"token\":\"xoxb-later-1\",\"user_name\":\"x\"},"
                         "{\"generate\":3,\"prefix\":\"xoxb-later\",\"type\":"
                         "\"bot\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"}"));
    life_token_is(test, server, "xoxb-later-1", NULL);
}

/* A pair that a new installation replaced stays unknown. */
static void test_replaced_pair(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"tokens\":[" ROTATED "],\"codes\":[{\"code\":\"c\","
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot\":{"
                    "\"user\":\"U0BOT\",\"scope\":\"commands\"}}]"));

    uninstall(test, server);
    (void)life_call(test, server, "oauth.v2.access", NULL, APP_FORM "&code=c");
    life_token_is(test, server, "xoxe.xoxb-1-n", "invalid_auth");
    control_patch(test, server,
                  TOKENS("{\"token\":\"xoxe.xoxb-1-n\",\"user_name\":\"x\"}"));
    life_token_is(test, server, "xoxe.xoxb-1-n", "invalid_auth");
}

int run_patch_tokens_tests(void)
{
    static const struct ending_row uninstalled[] = {
        {uninstall, LEGACY("xoxb-new", ""), "xoxb-new"},
        {uninstall, LEGACY("xoxb-new", ",\"bot_user\":\"U9\""), "xoxb-new"},
        {uninstall, ROTATED, "xoxe.xoxb-1-n"},
        {uninstall, THREE_GENERATED, "xoxb-generated-2"},
    };
    static const struct ending_row revoked[] = {
        {revoke_bot, LEGACY("xoxb-new", ""), "xoxb-new"},
        {revoke_bot, ROTATED, "xoxe.xoxb-1-n"},
    };
    static const struct test_case cases[] = {
        {"patch: one of a run is revoked, and no other bot",
         test_revoke_one_of_run, NULL},
        {"patch: one of a run is what its run says", test_one_of_run_stays,
         NULL},
        {"patch: one of a run has its type and state", test_run_of_people,
         NULL},
        {"patch: a token added after an uninstall is alive",
         test_added_after_ending, &uninstalled[0]},
        {"patch: another bot's token added after an uninstall is alive",
         test_added_after_ending, &uninstalled[1]},
        {"patch: a pair added after an uninstall is alive, and only it",
         test_added_after_ending, &uninstalled[2]},
        {"patch: a run added after an uninstall is alive",
         test_added_after_ending, &uninstalled[3]},
        {"patch: a token added after a revocation is alive",
         test_added_after_ending, &revoked[0]},
        {"patch: a pair added after a revocation is alive",
         test_added_after_ending, &revoked[1]},
        {"patch: two tokens are added after an uninstall", test_two_added,
         NULL},
        {"patch: a token is revived beside a new installation", test_revived,
         NULL},
        {"patch: a run is revived after an uninstall", test_run_revived, NULL},
        {"patch: one of a run follows it in what it does not say itself",
         test_run_with_entries, NULL},
        {"patch: one of a run that came after an uninstall is alive",
         test_one_of_later_run, NULL},
        {"patch: a pair that was replaced stays unknown", test_replaced_pair,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
