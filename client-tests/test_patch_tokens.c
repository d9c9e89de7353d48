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
    patch(test, server, body);
    life_token_is(test, server, row->added, NULL);
    assert_state(test, server, row->added, "active");
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "false");
    patch(test, server, body);
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
    patch(test, server,
          TOKENS(LEGACY("xoxb-new", "") "," ROTATED "," LEGACY(
              "xoxp-new", ",\"state\":\"revoked\"")));
    life_token_is(test, server, "xoxb-new", NULL);
    life_token_is(test, server, "xoxe.xoxb-1-n", NULL);
    assert_state(test, server, "xoxe-1-n", "active");
    life_token_is(test, server, "xoxp-new", "token_revoked");
    life_refused(http_exchange(test, server, BOT_FORM), "invalid_token");
}

/* A state that is named holds, also once a new installation came. */
static void test_revived(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    revoke_bot(test, server);
    patch(test, server, TOKENS(LEGACY("xoxb-new", "")));
    life_token_is(test, server, BOT_TOKEN, "invalid_auth");
    patch(test, server,
          TOKENS("{\"token\":\"" BOT_TOKEN "\",\"state\":\"active\"}"));
    life_exchange(test, server, BOT_FORM);
}

/* The whole run is made active; one that was there before is not. */
static void test_run_revived(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));

    uninstall(test, server);
    patch(test, server, TOKENS(THREE_GENERATED));
    assert_state(test, server, "xoxb-generated-2", "revoked");
    patch(test, server,
          TOKENS("{\"generate\":3,\"type\":\"bot\",\"state\":\"active\"}"));
    life_exchange(test, server, OF_RUN_FORM);
    assert_state(test, server, USER_TOKEN, "revoked");
}

/* ---- what a token in use cannot become ---- */

#define IN_USE      ", which a token in use keeps"
#define A_RUN(keys) "{\"generate\":3,\"type\":\"bot\"" keys "}"

struct refusal_row {
    const char *entry; /* of a world where all of these were exchanged */
    const char *mistake;
};

static struct server *start_used(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD(STILL ",\"teams\":[{\"id\":\"T2\"}],\"apps\":[{\"id\":\"A2\","
                    "\"client_id\":\"2.2\",\"client_secret\":\"s\"}],"
                    "\"tokens\":[" THREE_GENERATED "," ROTATED "]"));

    life_exchange(test, server, BOT_FORM);
    life_exchange(test, server, OF_RUN_FORM);
    return server;
}

static void test_refused(struct test *test)
{
    const struct refusal_row *row = test_row(test);
    struct server *server = start_used(test);
    const char *before = control_snapshot(test, server);
    const struct http_reply *reply = control_call(
        test, server, "PATCH /_mock/scenario",
        test_printf(test,
                    "{\"apps\":[{\"id\":\"A0APP\",\"name\":\"New\"}],"
                    "\"tokens\":[%s]}",
                    row->entry));

    control_refused(reply, 422, "invalid_request");
    assert_json_text(reply->json, "mistakes.0",
                     test_printf(test, "body: $.tokens[0]%s", row->mistake));
    assert_json(reply->json, "mistakes.1", NULL);
    assert_text(control_snapshot(test, server), before);
}

/* The values that tokens in use have may be repeated. */
static void test_repeated(struct test *test)
{
    struct server *server = start_used(test);
    const char *before = control_snapshot(test, server);

    patch(test, server,
          TOKENS(THREE_GENERATED
                 "," ROTATED "," LEGACY(BOT_TOKEN, ",\"bot_user\":\"U0BOT\"")));
    assert_text(control_snapshot(test, server), before);
    patch(test, server, OF_RUN("\"bot_user\":\"UBOT2\""));
    assert_state(test, server, "xoxb-generated-2", "exchanged");
}

/* A token that was not used yet can become another team's. */
static void test_unused_changes(struct test *test)
{
    struct server *server = start_used(test);

    patch(test, server,
          TOKENS("{\"token\":\"" USER_TOKEN
                 "\",\"team\":\"T2\",\"user\":\"U9\"}"));
    assert_json_text(life_call(test, server, "auth.test", USER_TOKEN, "")->json,
                     "team_id", "T2");
}

int run_patch_tokens_tests(void)
{
    static const struct refusal_row refusals[] = {
        {"{\"token\":\"" BOT_TOKEN "\",\"team\":\"T2\"}",
         ".team: found \"T2\", wanted \"T0TEAM\"" IN_USE},
        {"{\"token\":\"" BOT_TOKEN "\",\"app\":\"A2\"}",
         ".app: found \"A2\", wanted \"A0APP\"" IN_USE},
        {"{\"token\":\"" BOT_TOKEN "\",\"bot_user\":\"U9\"}",
         ".bot_user: found \"U9\", wanted \"U0BOT\"" IN_USE},
        {"{\"token\":\"xoxb-generated-2\",\"user\":\"U9\"}",
         ": found \"user\", wanted \"bot_user\"" IN_USE},
        {A_RUN(",\"team\":\"T2\""),
         ".team: found \"T2\", wanted \"T0TEAM\"" IN_USE},
        {"{\"token\":\"xoxe.xoxb-1-n\",\"refresh_token\":\"xoxe-1-o\"}",
         ".refresh_token: found \"xoxe-1-o\", wanted \"xoxe-1-n\"" IN_USE},
        {"{\"token\":\"xoxe.xoxb-1-n\",\"user\":\"U0USER\"}",
         ": found \"user\", wanted \"bot_user\"" IN_USE},
    };
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
        {"patch: a used token keeps its team", test_refused, &refusals[0]},
        {"patch: a used token keeps its app", test_refused, &refusals[1]},
        {"patch: a used token keeps its bot", test_refused, &refusals[2]},
        {"patch: a used token of a run keeps its type", test_refused,
         &refusals[3]},
        {"patch: the used tokens of a run keep their team", test_refused,
         &refusals[4]},
        {"patch: a pair stays together", test_refused, &refusals[5]},
        {"patch: a rotated token keeps its type", test_refused, &refusals[6]},
        {"patch: what tokens in use have may be repeated", test_repeated, NULL},
        {"patch: an unused token gets another team", test_unused_changes, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
