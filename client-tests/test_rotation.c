/*
 * The rules of token rotation, on the wire: each test is named after the rule
 * that it proves (Slack's guide, "Using token rotation", and live reports).
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

#define HOURS_12 "43200"

static void test_legacy_until_refresh(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_token_is(test, server, BOT_TOKEN, NULL);
    life_refresh(test, server, pair.refresh);
    life_token_is(test, server, BOT_TOKEN, "token_expired");
    life_refused(life_call(test, server, "oauth.v2.exchange", NULL, BOT_FORM),
                 "token_already_exchanged");
}

static void test_twelve_hours(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"clock\":{\"at\":\"2026-01-01T00:00:00Z\","
                    "\"frozen\":true}"));
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_advance(test, server, "43199.999");
    life_token_is(test, server, pair.access, NULL);
    life_advance(test, server, "0.001");
    life_token_is(test, server, pair.access, "token_expired");
}

static void test_refresh_tokens_do_not_expire(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_advance(test, server, "31536000");
    pair = life_refresh(test, server, pair.refresh);
    life_token_is(test, server, pair.access, NULL);
}

/* A pair that is copied into the scenario that gave it is not given again. */
static void test_copied_pair(struct test *test)
{
    struct server *server = server_start_with(test, WORLD("\"seed\":7"));
    struct pair copied = life_exchange(test, server, BOT_FORM);
    struct pair pair;

    control_do(test, server, "PUT /_mock/scenario",
               test_printf(test,
                           WORLD("\"seed\":7,\"tokens\":[{\"token\":\"%s\","
                                 "\"refresh_token\":\"%s\",\"expires_in\":60,"
                                 "\"app\":\"A0APP\",\"team\":\"T0TEAM\","
                                 "\"bot_user\":\"U9\"}]"),
                           copied.access, copied.refresh));
    pair = life_exchange(test, server, BOT_FORM);
    assert_lacks(pair.access, copied.access);
    assert_lacks(pair.refresh, copied.refresh);
    assert_json_text(
        life_call(test, server, "auth.test", copied.access, "")->json,
        "user_id", "U9");
}

#define LEGACY_WORLD(keys)                                                     \
    "{\"description\":\"A test.\",\"seed\":7," keys                            \
    "\"codes\":[{\"code\":\"new-bot\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","  \
    "\"bot\":{\"user\":\"U9BOT\"}}],"                                          \
    "\"extends\":\"flows/rotation-not-enabled-yet.json\"}"

static const char *redeem_legacy(struct test *test, const struct server *server)
{
    return cJSON_GetStringValue(
        json_at(life_redeem(test, server, "new-bot")->json, "access_token"));
}

/* The same for a legacy token, which is known though nothing happened to it. */
static void test_copied_legacy(struct test *test)
{
    struct server *server = server_start_with(test, LEGACY_WORLD(""));
    const char *copied = redeem_legacy(test, server);

    control_do(test, server, "PUT /_mock/scenario",
               test_printf(test,
                           LEGACY_WORLD("\"tokens\":[{\"token\":\"%s\",\"app\":"
                                        "\"A0APP\",\"team\":\"T0TEAM\"}],"),
                           copied));
    assert_lacks(redeem_legacy(test, server), copied);
}

static void test_old_access_lives_on(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair old = life_exchange(test, server, BOT_FORM);

    life_refresh(test, server, old.refresh);
    life_token_is(test, server, old.access, NULL);
}

static void test_single_use(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_refresh(test, server, pair.refresh);
    life_advance(test, server, "61");
    life_refused(life_try_refresh(test, server, pair.refresh),
                 "invalid_refresh_token");
}

static void test_reuse_in_grace(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    struct pair first = life_refresh(test, server, pair.refresh);
    struct pair second = life_refresh(test, server, pair.refresh);

    assert_true(strcmp(first.refresh, second.refresh) != 0);
    life_refused(life_try_refresh(test, server, first.refresh),
                 "invalid_refresh_token");
    life_refresh(test, server, second.refresh);
}

static void test_two_active(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair first = life_exchange(test, server, BOT_FORM);
    struct pair second = life_refresh(test, server, first.refresh);
    struct pair third = life_refresh(test, server, second.refresh);

    life_token_is(test, server, first.access, "token_revoked");
    life_token_is(test, server, second.access, NULL);
    life_token_is(test, server, third.access, NULL);
}

static void test_two_chains(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair bot = life_exchange(test, server, BOT_FORM);
    struct pair user = life_exchange(test, server, USER_FORM);
    const struct http_reply *reply;

    bot = life_refresh(test, server, bot.refresh);
    life_refresh(test, server, bot.refresh);
    life_token_is(test, server, user.access, NULL);
    life_token_is(test, server, USER_TOKEN, NULL);
    reply = life_try_refresh(test, server, user.refresh);
    assert_keys(reply->json, "ok,app_id,scope,token_type,access_token,user_id,"
                             "refresh_token,expires_in,team,enterprise,"
                             "is_enterprise_install");
}

static void test_reinstall(struct test *test)
{
    struct server *server = server_start(
        test, "scenarios/flows/reinstall-with-less-time.json", NULL);
    const struct http_reply *reply = life_redeem(test, server, "install-1");
    struct pair bot = life_pair(test, reply, "");
    struct pair user = life_pair(test, reply, "authed_user.");

    assert_keys(reply->json,
                "ok,app_id,authed_user,scope,token_type,access_token,"
                "bot_user_id,refresh_token,expires_in,team,enterprise,"
                "is_enterprise_install");
    assert_json(reply->json, "expires_in", "43200");
    life_refused(life_redeem(test, server, "install-1"), "invalid_code");
    reply = life_redeem(test, server, "install-2");
    assert_json(reply->json, "expires_in", "31892");
    assert_json(reply->json, "authed_user.expires_in", "31892");
    life_refused(life_try_refresh(test, server, bot.refresh),
                 "invalid_refresh_token");
    life_refused(life_try_refresh(test, server, user.refresh),
                 "invalid_refresh_token");
    life_token_is(test, server, bot.access, NULL);
}

static void test_revoke_rotated(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const struct http_reply *reply =
        life_call(test, server, "auth.revoke", pair.access, "");

    assert_text(reply->body, "{\"ok\":true,\"revoked\":true}");
    life_token_is(test, server, pair.access, "token_revoked");
    life_token_is(test, server, BOT_TOKEN, NULL);
    life_refresh(test, server, pair.refresh);
}

static void test_revoke_legacy(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_call(test, server, "auth.revoke", BOT_TOKEN, "");
    life_token_is(test, server, BOT_TOKEN, "token_revoked");
    life_token_is(test, server, pair.access, "token_revoked");
    life_refused(life_try_refresh(test, server, pair.refresh),
                 "invalid_refresh_token");
    life_refused(life_call(test, server, "oauth.v2.exchange", NULL, BOT_FORM),
                 "authorization_not_found");
}

static void test_revoke_rehearsed(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_text(
        life_call(test, server, "auth.revoke", BOT_TOKEN, "test=true")->body,
        "{\"ok\":true,\"revoked\":false}");
    life_token_is(test, server, BOT_TOKEN, NULL);
}

static void test_uninstall(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const struct http_reply *reply =
        life_call(test, server, "apps.uninstall", pair.access, APP_FORM);

    assert_text(reply->body, "{\"ok\":true}");
    life_token_is(test, server, pair.access, "account_inactive");
    life_token_is(test, server, USER_TOKEN, "token_revoked");
    life_refused(life_call(test, server, "oauth.v2.exchange", NULL, USER_FORM),
                 "authorization_not_found");
}

static void test_other_app(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/flows/two-apps.json", NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);
    const char *form = "client_id=1111111111.2222222222"
                       "&client_secret=0123456789abcdef0123456789abcdef";

    life_refused(life_call(test, server, "apps.uninstall", pair.access, form),
                 "client_id_token_mismatch");
    life_refused(
        life_call(test, server, "oauth.v2.access", NULL,
                  test_printf(test,
                              "%s&grant_type=refresh_token&refresh_token=%s",
                              form, pair.refresh)),
        "invalid_refresh_token");
    life_refresh(test, server, pair.refresh);
}

static void test_rotated_is_not_exchanged(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    life_refused(
        life_call(test, server, "oauth.v2.exchange", NULL,
                  test_printf(test, APP_FORM "&token=%s", pair.access)),
        "invalid_token");
    life_refused(
        life_call(test, server, "oauth.v2.exchange", NULL,
                  test_printf(test, APP_FORM "&token=%s", pair.refresh)),
        "invalid_token");
}

static void test_unknown_grant(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    life_refused(life_call(test, server, "oauth.v2.access", NULL,
                           APP_FORM "&grant_type=password"),
                 "invalid_grant_type");
    life_refused(life_call(test, server, "oauth.v2.access", NULL, APP_FORM),
                 "invalid_code");
    life_refused(life_call(test, server, "oauth.v2.access", NULL,
                           APP_FORM "&grant_type=refresh_token"),
                 "invalid_refresh_token");
}

static void test_sixteen_remembered(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct pair pairs[20];

    pairs[0] = life_exchange(test, server, BOT_FORM);
    for (int i = 1; i < 20; i++) {
        pairs[i] = life_refresh(test, server, pairs[i - 1].refresh);
        life_advance(test, server, "36000");
    }
    life_token_is(test, server, pairs[19].access, NULL);
    life_token_is(test, server, pairs[3].access, "token_expired");
    life_token_is(test, server, pairs[0].access, "invalid_auth");
}

static void test_stub(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/flows/a-bot-that-posts.json", NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    assert_json(
        life_call(test, server, "chat.postMessage", pair.access, "")->json,
        "message.text", "\"Hello\"");
    life_advance(test, server, HOURS_12);
    life_refused(life_call(test, server, "chat.postMessage", pair.access, ""),
                 "token_expired");
}

/* What one run of a pinned scenario answers, whole bodies one after another. */
static const char *pinned_run(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/flows/pinned-clock-and-seed.json", NULL);
    const struct http_reply *first =
        life_call(test, server, "oauth.v2.exchange", NULL, BOT_FORM);
    const struct http_reply *second =
        life_try_refresh(test, server, life_pair(test, first, "").refresh);

    life_advance(test, server, HOURS_12);
    return test_printf(
        test, "%s\n%s\n%s\n%s %s", first->body, second->body,
        life_call(test, server, "auth.test", BOT_TOKEN, "")->body,
        http_header(second, "Date"), http_header(second, "X-Slack-Req-Id"));
}

static void test_pinned(struct test *test)
{
    const char *first = pinned_run(test);

    assert_contains(first, "Thu, 01 Jan 2026 00:00:00 GMT");
    assert_text(pinned_run(test), first);
}

int run_rotation_tests(void)
{
    static const struct test_case cases[] = {
        {"rotation: a legacy token works until the first refresh, then expires",
         test_legacy_until_refresh, NULL},
        {"rotation: an access token lives 43200 seconds", test_twelve_hours,
         NULL},
        {"rotation: a refresh token does not expire by time",
         test_refresh_tokens_do_not_expire, NULL},
        {"rotation: a refresh does not revoke the old access token",
         test_old_access_lives_on, NULL},
        {"rotation: a pair copied into its scenario is not given again",
         test_copied_pair, NULL},
        {"rotation: a legacy token copied into its scenario likewise",
         test_copied_legacy, NULL},
        {"rotation: a refresh token serves once, after its grace",
         test_single_use, NULL},
        {"rotation: reuse in the grace gives another pair and kills the first "
         "successor's refresh token",
         test_reuse_in_grace, NULL},
        {"rotation: at most two access tokens are active", test_two_active,
         NULL},
        {"rotation: bot and user are separate chains", test_two_chains, NULL},
        {"rotation: a re-install kills earlier refresh tokens and can give "
         "less time",
         test_reinstall, NULL},
        {"rotation: revoking a rotated token ends that token alone",
         test_revoke_rotated, NULL},
        {"rotation: revoking a legacy token ends the authorization",
         test_revoke_legacy, NULL},
        {"rotation: a revoke with test revokes nothing", test_revoke_rehearsed,
         NULL},
        {"rotation: an uninstall ends every token of the installation",
         test_uninstall, NULL},
        {"rotation: another app's client can neither refresh nor uninstall",
         test_other_app, NULL},
        {"rotation: a rotated token cannot be exchanged",
         test_rotated_is_not_exchanged, NULL},
        {"rotation: an unknown grant, no code, no refresh token",
         test_unknown_grant, NULL},
        {"rotation: sixteen dead tokens of a chain are remembered",
         test_sixteen_remembered, NULL},
        {"rotation: a stub answers live tokens alone", test_stub, NULL},
        {"rotation: seed and frozen clock give the same bytes in two runs",
         test_pinned, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
