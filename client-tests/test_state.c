/*
 * GET /_mock/state: what it says of clock, apps, teams, rules, and of a token
 * in every state that it can come into.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

static const struct cJSON *state(struct test *test, const struct server *server,
                                 const char *query)
{
    return control_do(test, server,
                      test_printf(test, "GET /_mock/state%s", query), NULL);
}

/* What the state says of one token; `wanted` begins after its text. */
static void assert_token(struct test *test, const struct server *server,
                         const char *token, const char *wanted)
{
    assert_json(state(test, server, test_printf(test, "?token=%s", token)),
                "tokens",
                test_printf(test, "[{\"token\":\"%s\",%s}]", token, wanted));
}

#define FACTS(kind, type, user, state, expiry)                                 \
    "\"kind\":\"" kind "\",\"type\":\"" type "\",\"state\":\"" state           \
    "\",\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"user\":\"" user                \
    "\",\"expires_at\":" expiry
#define LEGACY(state)  FACTS("legacy", "bot", "U0BOT", state, "null")
#define PERSON(state)  FACTS("legacy", "user", "U0USER", state, "null")
#define ACCESS(state)  FACTS("access", "bot", "U0BOT", state, NOON)
#define REFRESH(state) FACTS("refresh", "bot", "U0BOT", state, "null")
#define GRACE          FACTS("refresh", "bot", "U0BOT", "spent", GRACE_END)
#define GRACE_END      "\"2026-01-01T00:01:00.000Z\""
#define NOON           "\"2026-01-01T12:00:00.000Z\""

static void test_whole_state(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD(
            STILL
            ",\"teams\":[{\"id\":\"T0TEAM\",\"state\":\"migrating\"},"
            "{\"id\":\"T1\",\"name\":\"One\",\"domain\":\"one\","
            "\"enterprise\":{\"id\":\"E1\",\"name\":\"Org\"}}],"
            "\"apps\":[{\"id\":\"A1\",\"client_id\":\"1.1\","
            "\"client_secret\":\"s\",\"token_rotation\":false,"
            "\"expires_in\":600}],"
            "\"rules\":[{\"name\":\"never\",\"when\":{\"method\":\"x\"},"
            "\"reply\":{\"status\":201}},"
            "{\"when\":{\"method\":\"auth.*\"},\"reply\":{\"status\":201}}]"));
    const struct cJSON *whole;

    (void)life_call(test, server, "auth.test", "xoxb-none", "");
    (void)life_call(test, server, "auth.test", BOT_TOKEN, "");
    whole = state(test, server, "");
    assert_keys(whole, "ok,clock,frozen,apps,teams,tokens,rules");
    assert_json_text(whole, "clock", MIDNIGHT);
    assert_json(whole, "frozen", "true");
    assert_json(whole, "apps",
                "[{\"id\":\"A0APP\",\"name\":\"Example App\","
                "\"client_id\":\"" CLIENT_ID "\",\"token_rotation\":true,"
                "\"expires_in\":43200},"
                "{\"id\":\"A1\",\"name\":\"A1\",\"client_id\":\"1.1\","
                "\"token_rotation\":false,\"expires_in\":600}]");
    assert_json(whole, "teams",
                "[{\"id\":\"T0TEAM\",\"name\":\"Example\",\"domain\":"
                "\"example\",\"enterprise\":null,\"state\":\"migrating\"},"
                "{\"id\":\"T1\",\"name\":\"One\",\"domain\":\"one\","
                "\"enterprise\":{\"id\":\"E1\",\"name\":\"Org\"},"
                "\"state\":\"active\"}]");
    assert_json(whole, "tokens",
                "[{\"token\":\"" BOT_TOKEN
                "\"," LEGACY("active") "},"
                                       "{\"token\":\"" USER_TOKEN "\","
                                       "" PERSON("active") "}]");
    assert_json(whole, "rules",
                "[{\"name\":\"never\",\"fired\":0},"
                "{\"name\":\"rules[1]\",\"fired\":2}]");
}

static void test_secrets(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct cJSON *whole = state(test, server, "?secrets=1&limit=0");

    assert_json_text(whole, "apps.0.client_secret", CLIENT_SECRET);
    assert_json(whole, "tokens", "[]");
    assert_json(state(test, server, "?secrets=0"), "apps.0.client_secret",
                NULL);
}

/* From an exchange to the end of what it gave. */
static void test_life(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair first = life_exchange(test, server, BOT_FORM);
    struct pair second;
    struct pair third;

    assert_token(test, server, BOT_TOKEN, LEGACY("exchanged"));
    assert_token(test, server, first.access, ACCESS("active"));
    assert_token(test, server, first.refresh, REFRESH("active"));
    second = life_refresh(test, server, first.refresh);
    assert_token(test, server, BOT_TOKEN, LEGACY("expired"));
    assert_token(test, server, first.refresh, GRACE);
    assert_token(test, server, first.access, ACCESS("active"));
    third = life_refresh(test, server, first.refresh);
    assert_token(test, server, second.refresh, REFRESH("revoked"));
    assert_token(test, server, first.access, ACCESS("revoked"));
    life_advance(test, server, "60");
    assert_token(test, server, first.refresh, REFRESH("spent"));
    life_advance(test, server, "43140");
    assert_token(test, server, third.access, ACCESS("expired"));
    assert_token(test, server, third.refresh, REFRESH("active"));
    (void)life_call(test, server, "auth.revoke", BOT_TOKEN, "");
    assert_token(test, server, third.refresh, REFRESH("active"));
}

/* A revoked legacy token takes its authorization along. */
static void test_revoked(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    (void)life_call(test, server, "auth.revoke", BOT_TOKEN, "");
    assert_token(test, server, BOT_TOKEN, LEGACY("revoked"));
    assert_token(test, server, pair.access, ACCESS("revoked"));
    assert_token(test, server, pair.refresh, REFRESH("revoked"));
    assert_token(test, server, USER_TOKEN, PERSON("active"));
    (void)life_call(test, server, "apps.uninstall", USER_TOKEN, APP_FORM);
    assert_token(test, server, USER_TOKEN, PERSON("revoked"));
}

static void test_unknown_token(struct test *test)
{
    static const char *const tokens[] = {"xoxb-none", "",
                                         "xoxb-12345-67890-abcdef",
                                         BOT_TOKEN "%00", BOT_TOKEN "%20"};
    struct server *server = server_start(test, NULL, NULL);

    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        assert_json(
            state(test, server, test_printf(test, "?token=%s", tokens[i])),
            "tokens", "[]");
}

/* A query is decoded; of two tokens the later counts. */
static void test_query(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const struct cJSON *found =
        state(test, server, "?token=x&token=xoxb%2D12345-67890-abcdefg");

    assert_json_text(found, "tokens.0.token", BOT_TOKEN);
    assert_json(state(test, server, "?limit=0&token=" BOT_TOKEN), "tokens",
                "[]");
}

static void assert_order(const struct cJSON *whole, const char *const *tokens)
{
    const struct cJSON *shown = json_at(whole, "tokens");
    const struct cJSON *token;

    cJSON_ArrayForEach (token, shown) {
        assert_json_text(token, "token", *tokens ? *tokens : "no more");
        tokens++;
    }
    assert_text(*tokens, NULL);
}

/* First what the scenario has, in its order, then what was issued. */
static void test_order_and_limit(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair user = life_exchange(test, server, USER_FORM);
    struct pair bot = life_exchange(test, server, BOT_FORM);
    struct pair more = life_refresh(test, server, bot.refresh);
    const char *const all[] = {BOT_TOKEN,    USER_TOKEN,   user.access,
                               user.refresh, bot.access,   more.access,
                               bot.refresh,  more.refresh, NULL};
    const char *const few[] = {BOT_TOKEN, USER_TOKEN, user.access, NULL};

    assert_order(state(test, server, ""), all);
    assert_order(state(test, server, "?limit=3"), few);
    assert_order(state(test, server, "?limit=999999999"), all);
    assert_order(state(test, server, "?limit=0"), &all[8]);
}

#define RUN_WORLD                                                              \
    "{\"description\":\"d\",\"extends\":\"default.json\"," STILL               \
    ",\"tokens\":[{\"generate\":4,\"type\":\"user\",\"app\":\"A0APP\","        \
    "\"team\":\"T0TEAM\",\"scope\":\"x\"},"                                    \
    "{\"token\":\"xoxp-generated-2\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","   \
    "\"state\":\"revoked\"}]}"

/* One that has an entry of its own too is shown once, as that says. */
static void test_generated(struct test *test)
{
    struct server *server = server_start_with(test, RUN_WORLD);
    const char *const all[] = {BOT_TOKEN,
                               USER_TOKEN,
                               "xoxp-generated-1",
                               "xoxp-generated-3",
                               "xoxp-generated-4",
                               "xoxp-generated-2",
                               NULL};

    assert_order(state(test, server, ""), all);
    assert_text(control_token_state(test, server, "", "xoxp-generated-2"),
                "revoked");
    (void)life_call(test, server, "auth.revoke", "xoxp-generated-3", "");
    assert_token(test, server, "xoxp-generated-3",
                 FACTS("legacy", "user", "UUSER3", "revoked", "null"));
    assert_token(test, server, "xoxp-generated-4",
                 FACTS("legacy", "user", "UUSER4", "active", "null"));
    assert_order(state(test, server, ""), all);
    assert_text(control_token_state(test, server, "", "xoxp-generated-5"),
                NULL);
    assert_order(state(test, server, "?limit=4"),
                 (const char *const[]){all[0], all[1], all[2], all[3], NULL});
}

/* Ten million tokens are not sent to whoever asks for the clock. */
static void test_limit_unasked(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"tokens\":[{\"generate\":10000000,\"type\":\"bot\","
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]"));

    assert_number(
        cJSON_GetArraySize(json_at(state(test, server, ""), "tokens")), 10000);
    assert_number(cJSON_GetArraySize(
                      json_at(state(test, server, "?limit=20000"), "tokens")),
                  20000);
    assert_text(
        control_token_state(test, server, "", "xoxb-generated-10000000"),
        "active");
}

/* What an installation after an uninstall has replaced is unknown. */
static void test_replaced(struct test *test)
{
    struct server *server = server_start(
        test, "scenarios/flows/reinstall-with-less-time.json", NULL);
    struct pair first =
        life_pair(test, life_redeem(test, server, "install-1"), "");
    struct pair second;

    (void)life_call(test, server, "apps.uninstall", BOT_TOKEN, APP_FORM);
    assert_text(control_token_state(test, server, "", first.access), "revoked");
    second = life_pair(test, life_redeem(test, server, "install-2"), "");
    assert_text(control_token_state(test, server, "", first.access), NULL);
    assert_text(control_token_state(test, server, "", BOT_TOKEN), NULL);
    assert_text(control_token_state(test, server, "", second.access), "active");
}

int run_state_tests(void)
{
    static const struct test_case cases[] = {
        {"state: clock, apps, teams, tokens and rules, with every field",
         test_whole_state, NULL},
        {"state: the secrets of apps, for who asks for them", test_secrets,
         NULL},
        {"state: a token is active, exchanged, spent, expired, revoked",
         test_life, NULL},
        {"state: a revoked authorization revokes all its tokens", test_revoked,
         NULL},
        {"state: an unknown token is none", test_unknown_token, NULL},
        {"state: a query is decoded, and its parts narrow together", test_query,
         NULL},
        {"state: tokens stand in order, up to the limit", test_order_and_limit,
         NULL},
        {"state: each generated token is shown once", test_generated, NULL},
        {"state: ten thousand tokens are shown unless more are asked for",
         test_limit_unasked, NULL},
        {"state: what a new installation replaced is unknown", test_replaced,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
