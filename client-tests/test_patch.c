/*
 * PATCH /_mock/scenario: what it names of tokens changes, and nothing else. Its
 * other parts, rules and what extends, are in test_patch_world.c.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define PATCH_TOKEN(token, keys)                                               \
    "{\"tokens\":[{\"token\":\"" token "\"," keys "}]}"
#define REVOKED "\"state\":\"revoked\""
#define ACTIVE  "\"state\":\"active\""

static void test_rotation_switch(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]}");
    life_refused(http_exchange(test, server, BOT_FORM),
                 "token_rotation_not_enabled");
    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":true}]}");
    life_exchange(test, server, BOT_FORM);
}

static void test_revoke(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, REVOKED));
    life_token_is(test, server, BOT_TOKEN, "token_revoked");
    life_token_is(test, server, USER_TOKEN, NULL);
    control_assert_state(test, server, BOT_TOKEN, "revoked");
    control_assert_state(test, server, USER_TOKEN, "active");
    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, ACTIVE));
    life_exchange(test, server, BOT_FORM);
}

/* Its authorization ends with it; another one's tokens keep their states. */
static void test_revoke_exchanged(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair bot = life_exchange(test, server, BOT_FORM);
    struct pair user = life_exchange(test, server, USER_FORM);

    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, REVOKED));
    control_assert_state(test, server, BOT_TOKEN, "revoked");
    control_assert_state(test, server, bot.access, "revoked");
    control_assert_state(test, server, bot.refresh, "revoked");
    control_assert_state(test, server, USER_TOKEN, "exchanged");
    control_assert_state(test, server, user.access, "active");
    life_token_is(test, server, bot.access, "token_revoked");
    life_token_is(test, server, user.access, NULL);
    life_refresh(test, server, user.refresh);
}

static void test_undo_exchange(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair first = life_exchange(test, server, BOT_FORM);

    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, ACTIVE));
    life_exchange(test, server, BOT_FORM);
    life_refused(http_exchange(test, server, BOT_FORM),
                 "token_already_exchanged");
    life_token_is(test, server, first.access, NULL);
}

#define TWO_OF_ONE_BOT                                                         \
    WORLD("\"tokens\":[{\"token\":\"xoxb-second\",\"app\":\"A0APP\","          \
          "\"team\":\"T0TEAM\",\"bot_user\":\"U0BOT\",\"scope\":\"x\"}]")

/* Whether a token was used before it is revoked makes no difference. */
static void test_revoke_untouched(struct test *test)
{
    struct server *server = server_start_with(test, TWO_OF_ONE_BOT);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    control_patch(test, server, PATCH_TOKEN("xoxb-second", REVOKED));
    control_assert_state(test, server, "xoxb-second", "revoked");
    control_assert_state(test, server, pair.access, "revoked");
    control_patch(test, server, PATCH_TOKEN("xoxb-second", ACTIVE));
    control_assert_state(test, server, "xoxb-second", "active");
    control_assert_state(test, server, pair.access, "active");
    control_assert_state(test, server, BOT_TOKEN, "exchanged");
}

/* A token that went down with its authorization comes up again. */
static void test_revive(struct test *test)
{
    struct server *server = server_start_with(test, TWO_OF_ONE_BOT);

    (void)life_call(test, server, "auth.revoke", BOT_TOKEN, "");
    life_token_is(test, server, "xoxb-second", "token_revoked");
    control_patch(test, server, PATCH_TOKEN("xoxb-second", ACTIVE));
    life_token_is(test, server, "xoxb-second", NULL);
    (void)life_call(test, server, "apps.uninstall", "xoxb-second", APP_FORM);
    life_token_is(test, server, USER_TOKEN, "token_revoked");
    control_patch(test, server, PATCH_TOKEN(USER_TOKEN, ACTIVE));
    life_token_is(test, server, USER_TOKEN, NULL);
    control_assert_state(test, server, "xoxb-second", "revoked");
}

/* The states of tokens that are not named, whatever they have become. */
static void test_others_stay(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair first = life_exchange(test, server, BOT_FORM);
    const char *before;

    life_refresh(test, server, first.refresh);
    life_advance(test, server, "61");
    (void)life_call(test, server, "auth.revoke", USER_TOKEN, "");
    before = control_snapshot(test, server);
    control_patch(test, server, "{}");
    control_patch(test, server,
                  "{\"description\":\"Nothing new.\",\"tokens\":[]}");
    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, "\"bot_id\":\"B9\""));
    control_patch(test, server, PATCH_TOKEN(USER_TOKEN, "\"scope\":\"x\""));
    control_patch(test, server,
                  "{\"refresh_grace\":0,\"token_style\":\"realistic\"}");
    assert_text(control_snapshot(test, server), before);
    life_refused(life_try_refresh(test, server, first.refresh),
                 "invalid_refresh_token");
}

static const char *scopes(struct test *test, const struct server *server,
                          const char *token)
{
    return http_header(life_call(test, server, "auth.test", token, ""),
                       "X-OAuth-Scopes");
}

/* The new scope is the whole chain's; whoever names no scope changes none. */
static void test_scope(struct test *test)
{
    struct server *server = server_start(
        test, "scenarios/flows/reinstall-with-less-time.json", NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    control_patch(test, server,
                  PATCH_TOKEN(BOT_TOKEN, "\"scope\":\"files:read\""));
    assert_text(scopes(test, server, pair.access), "files:read");
    assert_text(scopes(test, server, BOT_TOKEN), "files:read");
    pair = life_pair(test, life_redeem(test, server, "install-1"), "");
    assert_text(scopes(test, server, pair.access),
                "files:read,commands,chat:write");
    control_patch(test, server, PATCH_TOKEN(BOT_TOKEN, ACTIVE));
    assert_text(scopes(test, server, pair.access),
                "files:read,commands,chat:write");
}

static void test_new_tokens(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    control_patch(
        test, server,
        "{\"teams\":[{\"id\":\"T1\",\"name\":\"One\"}],"
        "\"apps\":[{\"id\":\"A1\",\"client_id\":\"1.1\","
        "\"client_secret\":\"s\"}],"
        "\"tokens\":[{\"token\":\"xoxb-new\",\"app\":\"A1\",\"team\":\"T1\"},"
        "{\"generate\":2,\"type\":\"user\",\"app\":\"A1\",\"team\":\"T1\"},"
        "{\"token\":\"xoxe.xoxb-1-new\",\"refresh_token\":\"xoxe-1-new\","
        "\"expires_in\":60,\"app\":\"A0APP\",\"team\":\"T1\"}]}");
    assert_json_text(
        http_exchange(test, server,
                      "client_id=1.1&client_secret=s&token=xoxb-new")
            ->json,
        "team.name", "One");
    control_assert_state(test, server, "xoxp-generated-2", "active");
    control_assert_state(test, server, "xoxp-generated-3", NULL);
    life_token_is(test, server, "xoxe.xoxb-1-new", NULL);
    life_advance(test, server, "60");
    life_token_is(test, server, "xoxe.xoxb-1-new", "token_expired");
    life_refresh(test, server, "xoxe-1-new");
}

#define RUN(keys)                                                              \
    "\"tokens\":[{\"type\":\"bot\",\"app\":\"A0APP\",\"team\":"                \
    "\"T0TEAM\"," keys "}]"

/* Of a run every token is named, used or not; of a single one only that. */
static void test_generated(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD(RUN("\"generate\":3")));
    static const char form[] = APP_FORM "&token=xoxb-generated-1";

    life_exchange(test, server, form);
    control_patch(test, server, "{" RUN("\"generate\":4") "}");
    control_assert_state(test, server, "xoxb-generated-1", "exchanged");
    control_assert_state(test, server, "xoxb-generated-4", "active");
    control_patch(
        test, server,
        "{" RUN("\"prefix\":\"xoxb-other\",\"generate\":4," REVOKED) "}");
    control_assert_state(test, server, "xoxb-generated-1", "exchanged");
    control_assert_state(test, server, "xoxb-other-1", "revoked");
    control_patch(test, server, "{" RUN("\"generate\":4," REVOKED) "}");
    control_assert_state(test, server, "xoxb-generated-1", "revoked");
    control_assert_state(test, server, "xoxb-generated-2", "revoked");
    control_patch(test, server,
                  PATCH_TOKEN("xoxb-generated-2",
                              ACTIVE ",\"app\":\"A0APP\",\"team\":\"T0TEAM\""));
    control_assert_state(test, server, "xoxb-generated-2", "active");
    control_assert_state(test, server, "xoxb-generated-3", "revoked");
}

/* An access token that was issued can be told how long it has left. */
static void test_issued_expiry(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *before = scopes(test, server, pair.access);

    control_patch(
        test, server,
        test_printf(test,
                    "{\"tokens\":[{\"token\":\"%s\",\"refresh_token\":\"%s\","
                    "\"expires_in\":60,\"app\":\"A0APP\",\"team\":\"T0TEAM\""
                    ",\"bot_user\":\"U0BOT\"}]}",
                    pair.access, pair.refresh));
    assert_text(scopes(test, server, pair.access), before);
    life_advance(test, server, "60");
    life_token_is(test, server, pair.access, "token_expired");
    life_refresh(test, server, pair.refresh);
}

int run_patch_tests(void)
{
    static const struct test_case cases[] = {
        {"patch: rotation is switched off and on", test_rotation_switch, NULL},
        {"patch: a token is revoked, and active again", test_revoke, NULL},
        {"patch: an exchanged token is revoked with all it gave",
         test_revoke_exchanged, NULL},
        {"patch: a token made active is exchanged anew", test_undo_exchange,
         NULL},
        {"patch: an unused token is revoked as a used one is",
         test_revoke_untouched, NULL},
        {"patch: a token made active is so whatever ended it", test_revive,
         NULL},
        {"patch: tokens that are not named stay as they are", test_others_stay,
         NULL},
        {"patch: a new scope, and none where none is named", test_scope, NULL},
        {"patch: new tokens of every kind", test_new_tokens, NULL},
        {"patch: all of a generated run, or one of it", test_generated, NULL},
        {"patch: an issued token gets another expiry", test_issued_expiry,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
