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

/* ---- once more, without rotation ---- */

#define BOT_CODE(code, user, more)                                             \
    "{\"code\":\"" code "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"bot\":{"   \
    "\"user\":\"" user "\"" more "}}"
#define USER_CODE(code, scope)                                                 \
    "{\"code\":\"" code "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"user\":{"  \
    "\"user\":\"U0USER\",\"scope\":\"" scope "\"}}"
#define SCOPE(scope) ",\"scope\":\"" scope "\""
#define LEGACY_WORLD                                                                                                                                                                    \
    WORLD(                                                                                                                                                                              \
        "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}],"                                                                                                                       \
        "\"tokens\":[{\"generate\":9,\"type\":\"bot\",\"app\":\"A0APP\","                                                                                                               \
        "\"team\":\"T0TEAM\",\"scope\":\"commands\"}],\"codes\":[" BOT_CODE("b1", "U0BOT", SCOPE("commands,chat:write")) "," BOT_CODE("b2", "U0BOT", SCOPE("users:read")) "," BOT_CODE( \
            "b3", "U0BOT",                                                                                                                                                              \
            SCOPE(                                                                                                                                                                      \
                "")) "," BOT_CODE("all", "U0BOT",                                                                                                                                       \
                                  "") "," BOT_CODE("new-1", "U9BOT",                                                                                                                    \
                                                   SCOPE(                                                                                                                               \
                                                       "commands")) "," BOT_CODE("new-2",                                                                                               \
                                                                                 "U9BOT",                                                                                               \
                                                                                 SCOPE(                                                                                                 \
                                                                                     "chat:write")) "," BOT_CODE("of-run",                                                              \
                                                                                                                 "UBOT7",                                                               \
                                                                                                                 SCOPE(                                                                 \
                                                                                                                     "chat:write")) "," USER_CODE("u1",                                 \
                                                                                                                                                  "files:read") "," USER_CODE("u2",     \
                                                                                                                                                                              "im:read") "]")

static const char *text_at(const struct http_reply *reply, const char *path)
{
    const char *text = cJSON_GetStringValue(json_at(reply->json, path));

    if (!text)
        fail_msg("no %s in %s", path, reply->body);
    return text;
}

/* Redeems a code; the token is that one, and has these scopes. */
static void reinstall(struct test *test, const struct server *server,
                      const char *code, const char *token, const char *scope)
{
    const struct http_reply *reply = life_redeem(test, server, code);

    assert_json_text(reply->json, "access_token", token);
    assert_json_text(reply->json, "scope", scope);
    assert_text(http_header(who_is(test, server, token), "X-OAuth-Scopes"),
                scope);
}

static void switch_rotation_on(struct test *test, const struct server *server)
{
    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":true}]}");
}

/* Three rows of a user's store hold one token: only one can be exchanged. */
static void test_same_token(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);

    reinstall(test, server, "b1", BOT_TOKEN, "commands,chat:write");
    reinstall(test, server, "b2", BOT_TOKEN, "commands,chat:write,users:read");
    reinstall(test, server, "b3", BOT_TOKEN, "commands,chat:write,users:read");
    switch_rotation_on(test, server);
    (void)life_exchange(test, server, BOT_FORM);
    life_refused(life_call(test, server, "oauth.v2.exchange", NULL, BOT_FORM),
                 "token_already_exchanged");
}

static void test_same_user_token(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);
    const struct http_reply *reply = life_redeem(test, server, "u1");

    assert_text(text_at(reply, "authed_user.access_token"), USER_TOKEN);
    reply = life_redeem(test, server, "u2");
    assert_text(text_at(reply, "authed_user.access_token"), USER_TOKEN);
    assert_text(text_at(reply, "authed_user.scope"),
                "chat:write,users:read,files:read,im:read");
}

static void test_same_issued_token(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);
    const char *token =
        text_at(life_redeem(test, server, "new-1"), "access_token");

    assert_true(strcmp(token, BOT_TOKEN) != 0);
    reinstall(test, server, "new-2", token, "commands,chat:write");
    reinstall(test, server, "of-run", "xoxb-generated-7",
              "commands,chat:write");
}

static void test_new_after_uninstall(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);
    const char *token;

    reinstall(test, server, "b1", BOT_TOKEN, "commands,chat:write");
    (void)life_call(test, server, "apps.uninstall", BOT_TOKEN, APP_FORM);
    token = text_at(life_redeem(test, server, "b2"), "access_token");
    assert_true(strcmp(token, BOT_TOKEN) != 0);
    life_token_is(test, server, BOT_TOKEN, "invalid_auth");
    reinstall(test, server, "b3", token, "users:read");
}

/* One that was exchanged is no token to begin anew with. */
static void test_new_after_exchange(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);

    switch_rotation_on(test, server);
    (void)life_exchange(test, server, BOT_FORM);
    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}]}");
    assert_true(strcmp(text_at(life_redeem(test, server, "b1"), "access_token"),
                       BOT_TOKEN) != 0);
}

/* With rotation the pair is new, and the scopes add up likewise. */
static void test_scopes_with_rotation(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);
    struct pair pair;

    switch_rotation_on(test, server);
    pair = life_pair(test, life_redeem(test, server, "b2"), "");
    assert_text(
        http_header(who_is(test, server, pair.access), "X-OAuth-Scopes"),
        "commands,chat:write,users:read");
}

/* Without a scope all are granted, which shows as the empty text. */
static void test_all_scopes(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD);

    reinstall(test, server, "all", BOT_TOKEN, "");
    reinstall(test, server, "b1", BOT_TOKEN, "");
}

/* ---- a workspace of an organisation that has the app as a whole ---- */

#define ORGANISATION "\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"}"

static void check_workspace(const struct http_reply *reply)
{
    assert_json_text(reply->json, "team.id", "T0TEAM");
    assert_json_text(reply->json, "enterprise.id", "E0ORG");
    assert_json(reply->json, "is_enterprise_install", "true");
}

static void test_workspace_of_organisation(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"teams\":[{\"id\":\"T0TEAM\"," ORGANISATION
                    ",\"is_enterprise_install\":true}],\"codes\":[" BOT_CODE(
                        "c", "U0BOT", "") "]"));
    const struct http_reply *who = who_is(test, server, BOT_TOKEN);
    const struct http_reply *reply = life_redeem(test, server, "c");

    assert_json_text(who->json, "team_id", "T0TEAM");
    assert_json(who->json, "is_enterprise_install", "true");
    check_workspace(reply);
    check_workspace(
        life_try_refresh(test, server, life_pair(test, reply, "").refresh));
    control_patch(test, server,
                  "{\"teams\":[{\"id\":\"T0TEAM\","
                  "\"is_enterprise_install\":false}]}");
    assert_json(who_is(test, server, BOT_TOKEN)->json, "is_enterprise_install",
                "false");
}

int run_installs_tests(void)
{
    static const struct test_case cases[] = {
        {"installs: auth.test tells the seconds that a rotated token has left",
         test_expires_in, NULL},
        {"installs: auth_test_expires_in switches that off, and a PATCH on",
         test_expires_in_switched_off, NULL},
        {"installs: without rotation the same bot token comes back, its scopes "
         "added up, and is exchanged once",
         test_same_token, NULL},
        {"installs: so does a user token", test_same_user_token, NULL},
        {"installs: so do one that a code gave, and one of a run",
         test_same_issued_token, NULL},
        {"installs: after an uninstall the token is new and the old one "
         "unknown",
         test_new_after_uninstall, NULL},
        {"installs: one that was exchanged does not come back",
         test_new_after_exchange, NULL},
        {"installs: with rotation scopes add up too", test_scopes_with_rotation,
         NULL},
        {"installs: a workspace can be one of an enterprise install",
         test_workspace_of_organisation, NULL},
        {"installs: no scope is every scope, and stays it", test_all_scopes,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
