/*
 * PATCH /_mock/scenario: tokens in use. Issued ones need no entry to be named;
 * what none of them can become is refused.
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

#define OF_RUN_FORM APP_FORM "&token=xoxb-generated-2"
#define THREE_GENERATED                                                        \
    "{\"generate\":3,\"type\":\"bot\",\"app\":\"A0APP\","                      \
    "\"team\":\"T0TEAM\",\"scope\":\"files:read\"}"
#define ROTATED                                                                \
    "{\"token\":\"xoxe.xoxb-1-n\",\"refresh_token\":\"xoxe-1-n\","             \
    "\"expires_in\":3600,\"app\":\"A0APP\",\"team\":\"T0TEAM\"}"
#define LEGACY(token, keys)                                                    \
    "{\"token\":\"" token "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"" keys "}"

/* ---- issued ones, named alone ---- */

static void patch_issued(struct test *test, const struct server *server,
                         const char *token, const char *keys)
{
    control_patch(
        test, server,
        test_printf(test, "{\"tokens\":[{\"token\":\"%s\",%s}]}", token, keys));
}

/* Each dies alone, and comes back alone. */
static void test_issued_state(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"tokens\":[" THREE_GENERATED "]"));
    struct pair pair = life_exchange(test, server, OF_RUN_FORM);

    patch_issued(test, server, pair.access, "\"state\":\"revoked\"");
    life_token_is(test, server, pair.access, "token_revoked");
    life_token_is(test, server, "xoxb-generated-2", NULL);
    control_assert_state(test, server, pair.refresh, "active");
    patch_issued(test, server, pair.access, "\"state\":\"active\"");
    life_token_is(test, server, pair.access, NULL);
    patch_issued(test, server, pair.refresh, "\"state\":\"revoked\"");
    life_refused(life_try_refresh(test, server, pair.refresh),
                 "invalid_refresh_token");
    patch_issued(test, server, pair.refresh, "\"state\":\"active\"");
    life_refresh(test, server, pair.refresh);
    life_exchange(test, server, BOT_FORM);
}

static void test_issued_alone_expiry(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    patch_issued(test, server, pair.access, "\"expires_in\":60");
    life_advance(test, server, "60");
    life_token_is(test, server, pair.access, "token_expired");
    patch_issued(test, server, pair.access, "\"expires_in\":60");
    life_token_is(test, server, pair.access, NULL);
}

/* A legacy token that a code gave takes its authorization with it. */
static void test_issued_legacy(struct test *test)
{
    struct server *server = server_start(
        test, "scenarios/flows/rotation-not-enabled-yet.json", NULL);
    const char *token = cJSON_GetStringValue(
        json_at(life_redeem(test, server, "install-1")->json, "access_token"));

    patch_issued(test, server, token, "\"state\":\"revoked\"");
    life_token_is(test, server, token, "token_revoked");
    control_assert_state(test, server, token, "revoked");
    patch_issued(test, server, token, "\"state\":\"active\"");
    life_token_is(test, server, token, NULL);
}

/* What names it leaves no trace in the state but the change. */
static void test_issued_shown_once(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *before = control_snapshot(test, server);

    patch_issued(test, server, pair.access, "\"state\":\"active\"");
    patch_issued(test, server, pair.refresh, "\"state\":\"active\"");
    assert_text(control_snapshot(test, server), before);
}

/* A scenario gives an access token as revoked; the pair goes on. */
static void test_rotated_revoked(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD("\"tokens\":[{\"token\":\"xoxe.xoxb-1-n\",\"refresh_token\":"
              "\"xoxe-1-n\",\"expires_in\":3600,\"app\":\"A0APP\","
              "\"team\":\"T0TEAM\",\"state\":\"revoked\"}]"));

    life_token_is(test, server, "xoxe.xoxb-1-n", "token_revoked");
    life_refresh(test, server, "xoxe-1-n");
    life_exchange(test, server, BOT_FORM);
    patch_issued(test, server, "xoxe-1-n", "\"state\":\"revoked\"");
    control_assert_state(test, server, "xoxe-1-n", "revoked");
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

    control_patch(test, server,
                  TOKENS(THREE_GENERATED "," ROTATED "," LEGACY(
                      BOT_TOKEN, ",\"bot_user\":\"U0BOT\"")));
    assert_text(control_snapshot(test, server), before);
    control_patch(
        test, server,
        TOKENS("{\"token\":\"xoxb-generated-2\",\"bot_user\":\"UBOT2\"}"));
    control_assert_state(test, server, "xoxb-generated-2", "exchanged");
}

/* A token that was not used yet can become another team's. */
static void test_unused_changes(struct test *test)
{
    struct server *server = start_used(test);

    control_patch(test, server,
                  TOKENS("{\"token\":\"" USER_TOKEN
                         "\",\"team\":\"T2\",\"user\":\"U9\"}"));
    assert_json_text(life_call(test, server, "auth.test", USER_TOKEN, "")->json,
                     "team_id", "T2");
}

int run_patch_used_tests(void)
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
        {"{\"token\":\"xoxe-1-n\",\"state\":\"exchanged\"}",
         ".state: found \"exchanged\", wanted \"active\" or \"revoked\""},
    };
    static const struct test_case cases[] = {
        {"patch: a used token keeps its team", test_refused, &refusals[0]},
        {"patch: a used token keeps its app", test_refused, &refusals[1]},
        {"patch: a used token keeps its bot", test_refused, &refusals[2]},
        {"patch: a used token of a run keeps its type", test_refused,
         &refusals[3]},
        {"patch: the used tokens of a run keep their team", test_refused,
         &refusals[4]},
        {"patch: a pair stays together", test_refused, &refusals[5]},
        {"patch: a rotated token keeps its type", test_refused, &refusals[6]},
        {"patch: a refresh token is never exchanged", test_refused,
         &refusals[7]},
        {"patch: issued tokens are revoked by naming them alone",
         test_issued_state, NULL},
        {"patch: an issued token expires by naming it alone",
         test_issued_alone_expiry, NULL},
        {"patch: a legacy token that was issued is revoked by naming it",
         test_issued_legacy, NULL},
        {"patch: an issued token that is named is shown once",
         test_issued_shown_once, NULL},
        {"patch: an access token can be revoked from the start",
         test_rotated_revoked, NULL},
        {"patch: what tokens in use have may be repeated", test_repeated, NULL},
        {"patch: an unused token gets another team", test_unused_changes, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
