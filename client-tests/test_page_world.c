/*
 * The live page: clock, installations with their chains of tokens, rules and
 * the next call's fault, sandboxes, deliveries.
 */
#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "event_world.h"
#include "http_client.h"
#include "life.h"
#include "page.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- the clock ---- */

static void test_clock(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    page_open(test, server, "/");
    browser_await(test, "#pace", "frozen");
    page_press(test, "+1 min");
    browser_await(test, "#own", "2026-01-01T00:01:00Z");
    page_press(test, "+1 h");
    browser_await(test, "#own", "2026-01-01T01:01:00Z");
    page_press(test, "+12 h");
    browser_await(test, "#own", "2026-01-01T13:01:00Z");
    browser_fill(test, "#date", "2030-06-01T12:00:05");
    page_press(test, "Set");
    browser_await(test, "#own", "2030-06-01T12:00:05Z");
    browser_click(test, "#freeze");
    browser_await(test, "#pace", "running");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "frozen",
                "false");
    browser_assert_quiet(test);
}

/* ---- tokens ---- */

#define CHAIN  ".chain:has-text(\"bot U0BOT\")"
#define PERSON ".chain:has-text(\"user U0USER\")"

/* From the exchange to the end: each state has its name. */
static void test_chain(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair;

    page_open(test, server, "/#view=installations");
    browser_await(test, CHAIN " .active", "legacy");
    pair = life_exchange(test, server, BOT_FORM);
    browser_await(test, CHAIN " .exchanged", "legacy");
    browser_await(test, CHAIN " .active", "12:00:00");
    browser_await(test, "#expiring", "expires in 12:00:00");
    (void)life_refresh(test, server, pair.refresh);
    browser_await(test, CHAIN " .grace", "00:01:00");
    browser_await(test, CHAIN " .expired", "legacy");
    page_press(test, "+1 min");
    browser_await(test, CHAIN " .spent", "refresh");
    page_press(test, "+12 h");
    browser_await(test, CHAIN " .expired >> nth=2", "access");
    assert_number(browser_count(test, CHAIN " li"), 3);
    browser_assert_quiet(test);
}

/* Masked it is shown, whole it can be used. */
static void test_copy_token(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    page_open(test, server, "/#view=installations");
    browser_click(test, CHAIN " >> text=xoxb-...");
    browser_await(test, "#toast", "Copied: xoxb-...");
    assert_text(browser_clipboard(test), BOT_TOKEN);
    assert_lacks(browser_text(test, "body"), BOT_TOKEN);
}

static void test_revoke(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    page_open(test, server, "/#view=installations");
    browser_click(test, PERSON " >> text=Revoke");
    browser_await(test, PERSON " .revoked", "legacy");
    control_assert_state(test, server, USER_TOKEN, "revoked");
    control_assert_state(test, server, BOT_TOKEN, "active");
}

/* By the method, so that the app is told, and persons' tokens end too. */
static void test_uninstall(struct test *test)
{
    struct server *server = event_start(test, "http://127.0.0.1:9/none", NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    page_open(test, server, "/#view=installations");
    browser_click(test, "article >> text=Uninstall");
    browser_await(test, CHAIN " .revoked >> nth=2", NULL);
    browser_await(test, PERSON " .revoked", NULL);
    browser_await_gone(test, "article >> text=Uninstall");
    control_assert_state(test, server, pair.access, "revoked");
    control_assert_state(test, server, pair.refresh, "revoked");
    event_advance(test, server, 1);
    page_press(test, "Deliveries");
    browser_await(test, "#deliveries", "tokens_revoked");
    browser_await(test, "#deliveries", "app_uninstalled");
    browser_assert_quiet(test);
}

/* The last access token expired: no token can ask for apps.uninstall. */
static void test_uninstall_expired(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    (void)life_call(test, server, "auth.revoke", USER_TOKEN, "");
    pair = life_refresh(test, server, pair.refresh);
    life_advance(test, server, "43200");
    page_open(test, server, "/#view=installations");
    browser_await(test, CHAIN " .active", "refresh");
    browser_click(test, "article >> text=Uninstall");
    browser_await_gone(test, "article >> text=Uninstall");
    control_assert_state(test, server, pair.refresh, "revoked");
    browser_assert_quiet(test);
}

/* Nothing is called meanwhile: time alone ends it. */
static void test_expiry(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"tokens\":[{\"token\":\"xoxe.xoxb-1-short\","
                    "\"refresh_token\":\"xoxe-1-short\",\"expires_in\":2,"
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"scope\":"
                    "\"commands\",\"bot_user\":\"U0SHORT\"}]"));

    page_open(test, server, "/#view=installations");
    browser_await(test, ".chain:has-text(\"bot U0SHORT\") .expired", "access");
    browser_assert_quiet(test);
}

/* Another person: a chain of its own. */
static void test_install(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    page_open(test, server, "/#view=installations");
    page_press(test, "Install anew");
    browser_await(test, CHAIN " .active >> nth=2", "refresh");
    browser_choose(test, "#for", "a person");
    page_press(test, "Install anew");
    browser_await(test, PERSON " .active >> nth=2", "refresh");
    browser_assert_quiet(test);
}

/* ---- rules ---- */

static void arm(struct test *test, const char *what, const char *outcome)
{
    browser_choose(test, "#what", what);
    page_press(test, outcome);
    browser_await(test, "#toast",
                  test_printf(test, "The next %s: %s", what, outcome));
}

/* Each takes the place of the one before, and acts once. */
static void test_next_exchange(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    const struct http_reply *reply;

    page_open(test, server, "/#view=rules");
    arm(test, "exchange", "429");
    reply = http_exchange(test, server, BOT_FORM);
    assert_number(reply->status, 429);
    browser_await(test, "#rules", "acted 1 ×");
    arm(test, "exchange", "503");
    reply = http_exchange(test, server, BOT_FORM);
    assert_number(reply->status, 503);
    arm(test, "exchange", "garbage");
    reply = http_exchange(test, server, BOT_FORM);
    assert_null(reply->json);
    arm(test, "exchange", "slow");
    arm(test, "exchange", "reset");
    arm(test, "exchange", "lost after commit");
    assert_json(control_do(test, server, "GET /_mock/state", NULL), "rules",
                "[{\"name\":\"next exchange\",\"fired\":0}]");
    browser_assert_quiet(test);
}

static void test_next_refresh(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    page_open(test, server, "/#view=rules");
    arm(test, "refresh", "503");
    arm(test, "call", "429");
    assert_number(life_call(test, server, "auth.test", pair.access, "")->status,
                  429);
    assert_number(life_try_refresh(test, server, pair.refresh)->status, 503);
    (void)life_refresh(test, server, pair.refresh);
}

static void test_drop_rules(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"name\":\"busy\",\"when\":{\"method\":"
                    "\"auth.test\"},\"reply\":{\"error\":\"ratelimited\"}}]"));

    page_feed(test, server, 2);
    page_open(test, server, "/#view=rules");
    browser_await(test, "#rules", "acted 2 ×");
    page_press(test, "Drop all");
    browser_await(test, "#rules", "None");
    life_token_is(test, server, BOT_TOKEN, NULL);
}

static void assert_limited(struct test *test, const struct server *server)
{
    assert_number(life_call(test, server, "auth.test", BOT_TOKEN, "")->status,
                  429);
}

/* A rule that came by a PATCH comes back too. */
static void test_switch_patched(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);

    page_open(test, server, "/#view=rules");
    arm(test, "call", "429");
    page_press(test, "Switch off next call");
    browser_await(test, "#rules button", "Switch on");
    life_token_is(test, server, BOT_TOKEN, NULL);
    page_press(test, "Switch on next call");
    browser_await(test, "#rules button", "Switch off");
    assert_limited(test, server);
    life_token_is(test, server, BOT_TOKEN, NULL);
}

static void test_switch_off(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"name\":\"busy\",\"when\":{\"method\":"
                    "\"auth.test\"},\"reply\":{\"error\":\"ratelimited\"}},"
                    "{\"when\":{\"method\":\"api.test\"},\"reply\":{}}]"));

    page_open(test, server, "/#view=rules");
    browser_await(test, "#rules", "busy");
    browser_await(test, ".row:has-text(\"rules[1]\")", "without a name");
    page_press(test, "Switch off busy");
    browser_await(test, "#rules button", "Switch on");
    life_token_is(test, server, BOT_TOKEN, NULL);
    browser_reload(test);
    browser_await(test, "#rules button", "Switch on");
    browser_click(test, "#clear");
    page_await_count(test, "0 of 0");
    page_press(test, "Switch on busy");
    browser_await(test, "#rules button", "Switch off");
    assert_limited(test, server);
    page_press(test, "Switch off busy");
    browser_await(test, "#rules button", "Switch on");
    control_do(test, server, "POST /_mock/reset", NULL);
    browser_await(test, "#rules button", "Switch off");
    assert_limited(test, server);
    browser_assert_quiet(test);
}

/* ---- the world as it is ---- */

/* What is copied is a scenario of all that has come to be. */
static void test_copy_world(struct test *test)
{
    struct server *server = server_start_with(test, STILL_WORLD);
    struct server *other = server_start(test, NULL, NULL);
    struct pair pair = life_exchange(test, server, BOT_FORM);

    page_open(test, server, "/");
    page_press(test, "Copy world");
    browser_await(test, "#toast", "Copied: a scenario");
    control_do(test, other, "PUT /_mock/scenario", browser_clipboard(test));
    control_assert_state(test, other, BOT_TOKEN, "exchanged");
    (void)life_refresh(test, other, pair.refresh);
    browser_assert_quiet(test);
}

/* ---- sandboxes, deliveries ---- */

static void test_sandboxes(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request call = {.target = "/sandbox/one/api/api.nothing",
                                      .headers = {FORM},
                                      .body = ""};

    page_open(test, server, "/#view=sandboxes");
    browser_await(test, "#sandboxes", "None.");
    control_do(test, server, "PUT /_mock/sandboxes/one", NULL);
    browser_await(test, "#sandboxes", "0 calls");
    (void)http_send(test, server, &call);
    browser_click(test, "#sandboxes a");
    browser_await(test, "#where", "slackmock/one");
    page_await_count(test, "1 of 1, 1 mistakes");
    (void)http_send(test, server, &call);
    page_await_count(test, "2 of 2, 2 mistakes");
    browser_await_gone(test, "nav >> text=Sandboxes");
    browser_click(test, "#where a");
    page_press(test, "Sandboxes");
    browser_await(test, "#sandboxes", "2 calls, 2 mistakes");
    browser_assert_quiet(test);
}

static void test_deliveries(struct test *test)
{
    struct server *server = event_start(test, "http://127.0.0.1:9/none", NULL);

    page_open(test, server, "/#view=deliveries");
    browser_await(test, "#deliveries", "None");
    event_uninstall(test, server, "");
    browser_await(test, "#deliveries", "tokens_revoked");
    browser_await(test, "#deliveries", "http://127.0.0.1:9/none");
    browser_await(test, "#deliveries", "waiting until 01/01/2030, 00:0");
    browser_await(test, "#deliveries pre", "\"type\": \"event_callback\"");
    event_advance(test, server, 1);
    browser_await(test, "#deliveries", "app_uninstalled");
    browser_assert_accessible(test);
    browser_assert_quiet(test);
}

int run_page_world_tests(void)
{
    static const struct test_case cases[] = {
        {"page: the clock is read, moved, frozen and set", test_clock, NULL},
        {"page: a chain of tokens from its exchange to its end", test_chain,
         NULL},
        {"page: a token is copied whole", test_copy_token, NULL},
        {"page: a token is revoked", test_revoke, NULL},
        {"page: an app is uninstalled", test_uninstall, NULL},
        {"page: an app is uninstalled by what refresh tokens can do",
         test_uninstall_expired, NULL},
        {"page: a token expires as time goes by", test_expiry, NULL},
        {"page: an app is installed anew", test_install, NULL},
        {"page: the next exchange fails, as asked", test_next_exchange, NULL},
        {"page: so do the next refresh and the next call", test_next_refresh,
         NULL},
        {"page: rules have counts, and are dropped", test_drop_rules, NULL},
        {"page: a rule is switched off and on", test_switch_off, NULL},
        {"page: so is one for the next call", test_switch_patched, NULL},
        {"page: the world is copied as a scenario", test_copy_world, NULL},
        {"page: sandboxes, and the page of one", test_sandboxes, NULL},
        {"page: deliveries of events", test_deliveries, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
