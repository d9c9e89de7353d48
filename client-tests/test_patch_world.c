/*
 * PATCH /_mock/scenario: rules, apps, teams, codes, stubs, clock and seed, and
 * what extends a shipped scenario.
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

static void assert_rules(struct test *test, const struct server *server,
                         const char *wanted)
{
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "rules",
                wanted);
}

#define RULE(name, method, error)                                              \
    "{\"name\":\"" name "\",\"when\":{\"method\":\"" method "\"},"             \
    "\"reply\":{\"error\":\"" error "\"}}"
#define RULES(rules)       "\"rules\":[" rules "]"
#define FIRED(name, count) "{\"name\":\"" name "\",\"fired\":" count "}"

/* It comes before those that are there, whose counts go on. */
static void test_add_rule(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD(RULES(RULE("old", "auth.*", "fatal_error"))));

    life_token_is(test, server, BOT_TOKEN, "fatal_error");
    control_patch(test, server,
                  "{" RULES(RULE("new", "auth.test", "internal_error")) "}");
    life_token_is(test, server, BOT_TOKEN, "internal_error");
    assert_rules(test, server, "[" FIRED("new", "1") "," FIRED("old", "1") "]");
    control_patch(test, server,
                  "{" RULES("{\"reply\":{\"error\":\"fatal_error\"}}") "}");
    life_token_is(test, server, BOT_TOKEN, "fatal_error");
    assert_rules(test, server,
                 "[" FIRED("rules[0]",
                           "1") "," FIRED("new", "1") ","
                                                      "" FIRED("old", "1") "]");
}

/* It takes the place of its namesake and starts counting anew. */
static void test_replace_rule(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD(RULES(RULE(
                  "one", "x",
                  "fatal_error") ","
                                 "{\"name\":\"two\",\"times\":2,\"reply\":"
                                 "{\"error\":\"fatal_error\"}},"
                                 "" RULE("three", "auth.*", "accesslimited"))));

    for (int i = 0; i < 2; i++)
        life_token_is(test, server, BOT_TOKEN, "fatal_error");
    life_token_is(test, server, BOT_TOKEN, "accesslimited");
    control_patch(test, server,
                  "{" RULES("{\"name\":\"two\",\"times\":1,\"reply\":"
                            "{\"error\":\"internal_error\"}}") "}");
    assert_rules(
        test, server,
        "[" FIRED("one", "0") "," FIRED("two", "0") ","
                                                    "" FIRED("three", "1") "]");
    life_token_is(test, server, BOT_TOKEN, "internal_error");
    life_token_is(test, server, BOT_TOKEN, "accesslimited");
    assert_rules(
        test, server,
        "[" FIRED("one", "0") "," FIRED("two", "1") ","
                                                    "" FIRED("three", "2") "]");
}

/* Of namesakes in a body and what it extends, the body's is asked first. */
static void test_namesakes(struct test *test)
{
    static const char body[] =
        "{\"extends\":\"errors/ratelimited.json\"," RULES(
            "{\"name\":\"ratelimited\",\"times\":1,\"reply\":{\"error\":"
            "\"fatal_error\"}}") "}";
    struct server *server = server_start(test, NULL, NULL);

    control_patch(test, server, body);
    life_refused(http_exchange(test, server, BOT_FORM), "fatal_error");
    assert_number(http_exchange(test, server, BOT_FORM)->status, 429);
    control_patch(test, server, body);
    life_refused(http_exchange(test, server, BOT_FORM), "fatal_error");
    control_refused(
        control_call(test, server, "PATCH /_mock/scenario",
                     "{" RULES(RULE("n", "x", "fatal_error") "," RULE(
                         "n", "y", "fatal_error")) "}"),
        422, "invalid_request");
}

/* However often one is replaced, there is one. */
static void test_many_patches(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *before;

    life_exchange(test, server, BOT_FORM);
    control_patch(test, server, "{" RULES(RULE("r", "x", "fatal_error")) "}");
    before = control_snapshot(test, server);
    for (int i = 0; i < 200; i++)
        control_patch(
            test, server,
            "{" RULES(
                RULE("r", "x",
                     "fatal_error")) ","
                                     "\"apps\":[{\"id\":\"A0APP\",\"name\":"
                                     "\"Example App\"}]}");
    assert_text(control_snapshot(test, server), before);
}

static void test_apps_and_teams(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply;

    control_patch(
        test, server,
        "{\"apps\":[{\"id\":\"A0APP\",\"client_secret\":\"new\","
        "\"expires_in\":60}],\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":"
        "{\"id\":\"E1\",\"name\":\"Org\"}}]}");
    life_refused(http_exchange(test, server, BOT_FORM), "bad_client_secret");
    reply = http_exchange(test, server,
                          "client_id=" CLIENT_ID
                          "&client_secret=new&token=" BOT_TOKEN);
    assert_json(reply->json, "expires_in", "60");
    assert_json_text(reply->json, "enterprise.name", "Org");
    control_patch(test, server,
                  "{\"teams\":[{\"id\":\"T0TEAM\",\"state\":\"migrating\","
                  "\"enterprise\":null}],"
                  "\"apps\":[{\"id\":\"A0APP\",\"client_id\":\"9.9\"}]}");
    life_refused(http_exchange(test, server, USER_FORM), "invalid_client_id");
    life_refused(http_exchange(test, server,
                               "client_id=9.9&client_secret=new"
                               "&token=" USER_TOKEN),
                 "team_added_to_org");
}

/* A code that was redeemed stays so, also when a PATCH names it. */
static void test_codes(struct test *test)
{
    static const char code[] =
        "{\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","
        "\"bot\":{\"user\":\"U7\",\"scope\":\"commands\"}}]}";
    struct server *server = server_start(test, NULL, NULL);

    life_refused(life_redeem(test, server, "c"), "invalid_code");
    control_patch(test, server, code);
    assert_json_text(life_redeem(test, server, "c")->json, "bot_user_id", "U7");
    control_patch(test, server, code);
    life_refused(life_redeem(test, server, "c"), "invalid_code");
}

static void test_stubs(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"stubs\":{\"a.b\":{\"x\":1},\"c.d\":{\"x\":2}}"));

    control_patch(test, server,
                  "{\"stubs\":{\"c.d\":{\"y\":3},\"e.f\":{\"x\":4}}}");
    assert_text(life_call(test, server, "a.b", BOT_TOKEN, "")->body,
                "{\"ok\":true,\"x\":1}");
    assert_text(life_call(test, server, "c.d", BOT_TOKEN, "")->body,
                "{\"ok\":true,\"y\":3}");
    assert_text(life_call(test, server, "e.f", BOT_TOKEN, "")->body,
                "{\"ok\":true,\"x\":4}");
}

/* What was ended stays so, and the journal with all of it. */
static void test_rest_stays(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    (void)life_call(test, server, "apps.uninstall", BOT_TOKEN, APP_FORM);
    control_patch(test, server, "{\"extends\":\"default.json\"}");
    life_token_is(test, server, BOT_TOKEN, "account_inactive");
    life_token_is(test, server, USER_TOKEN, "token_revoked");
    assert_json(control_journal(test, server, ""), "count", "3");
}

static const char *clock_of(struct test *test, const struct server *server)
{
    return cJSON_GetStringValue(
        json_at(control_do(test, server, "GET /_mock/state", NULL), "clock"));
}

static void test_clock(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    life_advance(test, server, "5");
    control_patch(test, server, "{\"seed\":2}");
    assert_text(clock_of(test, server), "2026-01-01T00:00:05.000Z");
    control_patch(
        test, server,
        "{\"clock\":{\"at\":\"2030-01-01T00:00:00Z\",\"frozen\":true}}");
    control_patch(test, server, "{}");
    assert_text(clock_of(test, server), "2030-01-01T00:00:00.000Z");
    control_patch(test, server, "{\"clock\":\"2031-01-01T00:00:00Z\"}");
    assert_text(clock_of(test, server), "2031-01-01T00:00:00.000Z");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "frozen",
                "true");
    control_patch(
        test, server,
        "{\"clock\":{\"at\":\"2030-01-01T00:00:00Z\",\"frozen\":false}}");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "frozen",
                "false");
    control_patch(test, server, "{\"clock\":{\"frozen\":true}}");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "frozen",
                "true");
    assert_contains(clock_of(test, server), "2030-01-01T00:00:");
    control_patch(test, server, "{\"clock\":{\"frozen\":false}}");
    control_patch(test, server,
                  "{\"extends\":\"flows/pinned-clock-and-seed.json\","
                  "\"clock\":{\"at\":\"2040-01-01T00:00:00Z\"}}");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "frozen",
                "true");
    assert_text(clock_of(test, server), "2040-01-01T00:00:00.000Z");
}

/* It counts for refresh tokens that were spent before, too. */
static void test_grace(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_refresh(test, server, pair.refresh);
    control_patch(test, server, "{}");
    life_refresh(test, server, pair.refresh);
    control_patch(test, server, "{\"refresh_grace\":0}");
    life_refused(life_try_refresh(test, server, pair.refresh),
                 "invalid_refresh_token");
    control_patch(test, server, "{}");
    life_refused(life_try_refresh(test, server, pair.refresh),
                 "invalid_refresh_token");
    control_patch(test, server, "{\"refresh_grace\":60}");
    life_refresh(test, server, pair.refresh);
}

/* Named, it begins the random numbers anew; else they go on. */
static void test_seed(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *first = life_exchange(test, server, BOT_FORM).access;
    const char *second = life_exchange(test, server, USER_FORM).access;

    control_do(test, server, "POST /_mock/reset", NULL);
    assert_text(life_exchange(test, server, BOT_FORM).access, first);
    control_patch(test, server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"name\":\"New\"}]}");
    assert_text(life_exchange(test, server, USER_FORM).access, second);
    control_do(test, server, "POST /_mock/reset", NULL);
    control_patch(test, server, "{\"seed\":2}");
    second = life_exchange(test, server, BOT_FORM).access;
    assert_lacks(second, first);
    control_do(test, server, "POST /_mock/reset", NULL);
    control_patch(test, server, "{\"seed\":2}");
    assert_text(life_exchange(test, server, BOT_FORM).access, second);
}

/* A text that is a token already is not given to another. */
static void test_seed_again(struct test *test)
{
    static const char again[] =
        "{\"seed\":1,\"tokens\":[{\"token\":\"" BOT_TOKEN "\","
        "\"state\":\"active\"}]}";
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair first = life_exchange(test, server, BOT_FORM);
    struct pair second;

    control_patch(test, server, again);
    second = life_exchange(test, server, BOT_FORM);
    assert_lacks(second.access, first.access);
    assert_lacks(second.refresh, first.refresh);
    life_token_is(test, server, first.access, NULL);
    life_token_is(test, server, second.access, NULL);
}

static void test_extends(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    life_exchange(test, server, BOT_FORM);
    control_patch(test, server, "{\"extends\":\"errors/ratelimited.json\"}");
    assert_number(http_exchange(test, server, USER_FORM)->status, 429);
    control_do(test, server, "DELETE /_mock/rules", NULL);
    life_refused(http_exchange(test, server, BOT_FORM),
                 "token_already_exchanged");
    control_patch(test, server,
                  "{\"extends\":\"errors/token_rotation_not_enabled.json\","
                  "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":true}]}");
    life_exchange(test, server, USER_FORM);
    control_patch(test, server,
                  "{\"extends\":\"errors/token_rotation_not_enabled.json\"}");
    life_refused(http_exchange(test, server, USER_FORM),
                 "token_rotation_not_enabled");
}

static void test_reset_drops(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const char *before = control_snapshot(test, server);

    control_patch(
        test, server,
        "{\"clock\":\"2030-01-01T00:00:00Z\",\"seed\":9,"
        "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}],"
        "\"tokens\":[{\"token\":\"" BOT_TOKEN "\",\"state\":\"revoked\"},"
        "{\"token\":\"xoxb-1\",\"app\":\"A0APP\",\"team\":\"T0TEAM\"}],"
        "\"stubs\":{\"a.b\":{}},"
        "" RULES(RULE("r", "auth.test", "fatal_error")) "}");
    control_do(test, server, "POST /_mock/reset", NULL);
    assert_text(control_snapshot(test, server), before);
    life_token_is(test, server, BOT_TOKEN, NULL);
    life_refused(life_call(test, server, "a.b", BOT_TOKEN, ""),
                 "unknown_method");
    life_exchange(test, server, BOT_FORM);
}

int run_patch_world_tests(void)
{
    static const struct test_case cases[] = {
        {"patch: a new rule comes first, and counts go on", test_add_rule,
         NULL},
        {"patch: a rule takes its namesake's place, and counts anew",
         test_replace_rule, NULL},
        {"patch: of rules with one name the body's comes first", test_namesakes,
         NULL},
        {"patch: many patches leave what one leaves", test_many_patches, NULL},
        {"patch: apps and teams change by key", test_apps_and_teams, NULL},
        {"patch: a new code is redeemed once", test_codes, NULL},
        {"patch: stubs change one by one", test_stubs, NULL},
        {"patch: uninstalled apps and the journal stay", test_rest_stays, NULL},
        {"patch: the clock moves when it is named", test_clock, NULL},
        {"patch: the grace of refresh tokens", test_grace, NULL},
        {"patch: the seed begins anew when it is named", test_seed, NULL},
        {"patch: a seed named again gives no token twice", test_seed_again,
         NULL},
        {"patch: a shipped scenario is laid over the world", test_extends,
         NULL},
        {"patch: a reset drops it", test_reset_drops, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
