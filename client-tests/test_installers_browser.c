/*
 * A person with a browser: Chromium follows "Add to Slack" of a real Bolt app,
 * presses the buttons of the authorize page, and comes back to the app. And the
 * whole circle, from there to the events that tell of the end.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bolt_app.h"
#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "event_world.h"
#include "files.h"
#include "http_client.h"
#include "http_reply.h"
#include "life.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

#define TWELVE_HOURS 43200

struct row {
    const char *name;
    enum client client;
    bool knows_slack_alone; /* its authorize URL is at slack.com */
    const char *denied;     /* what its page says of a denial */
    bool deletes;           /* what the events name, by its own handlers */
};

static const struct row rows[] = {
    {"Bolt for JavaScript", CLIENT_BOLT_JS, false,
     "slack_oauth_installer_authorization_error", false},
    {"Bolt for JavaScript 4", CLIENT_BOLT_JS_4, false,
     "slack_oauth_installer_authorization_error", false},
    {"Bolt for Python", CLIENT_BOLT_PYTHON, false, "access_denied", true},
    {"Bolt for Python, async", CLIENT_BOLT_PYTHON_ASYNC, false, "access_denied",
     true},
    {"Bolt for Java", CLIENT_BOLT_JAVA, true, "access_denied", true},
};

/* The app's own page is open in the browser. */
static struct bolt_app begin(struct test *test)
{
    const struct row *row = test_row(test);
    const struct server *server;
    struct bolt_app app;
    struct browser_view view = {0};

    client_skip_if_missing(test, row->client);
    if (row->knows_slack_alone)
        tls_skip_without(test);
    server = server_start_with(
        test, WORLD("\"seed\":1,\"clock\":{\"at\":\"2030-01-01T00:00:00Z\","
                    "\"frozen\":true}"));
    app = bolt_app_start(test, row->client, "bolt.listen", server);
    if (row->knows_slack_alone)
        view.proxy = server_origin(server);
    browser_open_as(test, test_printf(test, "%s/slack/install", app.origin),
                    &view);
    return app;
}

/* From the app's page to Slack's, and by a button back. */
static void press(struct test *test, const char *button, const char *title)
{
    browser_click(test, "role=link[name=\"Add to Slack\"]");
    browser_await(test, "#app", "Example App");
    browser_await(test, "#bot-scopes", "chat:write");
    browser_click(test, button);
    browser_await(test, "h2", title);
}

static void test_allow(struct test *test)
{
    struct bolt_app app = begin(test);

    press(test, "#allow", "Thank you!");
    assert_json_text(bolt_app_installation(&app), "bot_user_id", "U0BOT");
    control_assert_state(test, app.server, bolt_app_token(&app, "bot_token"),
                         "active");
}

static void test_cancel(struct test *test)
{
    const struct row *row = test_row(test);
    struct bolt_app app = begin(test);

    press(test, "#cancel", "Something Went Wrong");
    assert_contains(browser_text(test, "p"), row->denied);
    assert_null(bolt_app_installation(&app));
    assert_json(control_journal(test, app.server, "?method=oauth.v2.access"),
                "count", "0");
}

/* Neither the page nor its policy complains, and it can be used by anybody. */
static void test_page(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);

    browser_open(test,
                 test_printf(test,
                             "%s/oauth/v2/authorize?client_id=" CLIENT_ID
                             "&scope=commands,incoming-webhook&user_scope="
                             "chat:write&redirect_uri=http://127.0.0.1:1/",
                             server_origin(server)));
    browser_await(test, "#app", "Example App");
    assert_number(browser_count(test, "script"), 0);
    browser_assert_accessible(test);
    browser_assert_quiet(test);
}

static void test_refusal(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);

    browser_open(test, test_printf(test,
                                   "%s/oauth/v2/authorize?client_id=" CLIENT_ID
                                   "&scope=commands&redirect_uri="
                                   "https://evil.example/%%22%%3E%%3Cscript"
                                   "%%3Edocument.title=1%%3C/script%%3E",
                                   server_origin(server)));
    browser_await(test, "#error", "bad_redirect_uri");
    browser_await(test, "#details", "evil.example/\"><script>");
    assert_number(browser_count(test, "script"), 0);
    browser_assert_accessible(test);
}

/* ---- what a person decides beside that ---- */

/* An authorize page that leads back to a page of this browser's own. */
struct decision {
    const struct server *server;
    const char *back;
};

static struct decision decide(struct test *test, const char *keys,
                              const char *query)
{
    struct decision decision = {server_start_with(test, keys), NULL};

    browser_open(test, server_origin(decision.server));
    decision.back = browser_serve(test, "<h2>Back</h2>");
    browser_goto(test, test_printf(test,
                                   "%s/oauth/v2/authorize?client_id=" CLIENT_ID
                                   "&state=s1&redirect_uri=%s&%s",
                                   server_origin(decision.server),
                                   decision.back, query));
    browser_await(test, "#app", "Example App");
    return decision;
}

/* What oauth.v2.access makes of the code that came back. */
static const cJSON *redeem(struct test *test, const struct decision *decision)
{
    const char *url;
    const char *code;

    browser_click(test, "#allow");
    browser_await(test, "h2", "Back");
    url = browser_url(test);
    code = strstr(url, "?code=");
    if (!code) {
        fail_msg("no code in %s", url);
        return NULL;
    }
    assert_contains(url, "&state=s1");
    code += strlen("?code=");
    return life_call(test, decision->server, "oauth.v2.access", NULL,
                     test_printf(test, APP_FORM "&redirect_uri=%s&code=%.*s",
                                 decision->back, (int)strcspn(code, "&"), code))
        ->json;
}

/* One box is left as it is, the other is unticked. */
static void test_optional(struct test *test)
{
    const struct decision decision =
        decide(test,
               WORLD("\"apps\":[{\"id\":\"A0APP\",\"bot_optional\":"
                     "[\"files:read\",\"pins:read\"]}]"),
               "scope=commands,files:read,pins:read");
    const cJSON *granted;

    browser_click(test, "role=checkbox[name=\"pins:read (optional)\"]");
    granted = redeem(test, &decision);
    assert_json_text(granted, "scope", "commands,chat:write,files:read");
    assert_json(control_do(test, decision.server,
                           test_printf(test, "GET /_mock/state?token=%s",
                                       cJSON_GetStringValue(
                                           json_at(granted, "access_token"))),
                           NULL),
                "tokens.0.state", "\"active\"");
}

/* The channel that was chosen is that of the webhook, which takes a message. */
static void test_channel(struct test *test)
{
    const struct decision decision =
        decide(test, WORLD("\"seed\":1"), "scope=commands,incoming-webhook");
    const cJSON *granted;
    struct http_request message = {
        .headers = {"Content-Type: application/json"},
        .body = "{\"text\":\"Hello\"}",
    };

    browser_fill(test, "#channel", "#random");
    granted = redeem(test, &decision);
    assert_json_text(granted, "incoming_webhook.channel", "#random");
    message.target =
        cJSON_GetStringValue(json_at(granted, "incoming_webhook.url"));
    assert_non_null(message.target);
    assert_text(http_send_to(test, "", &message)->body, "ok");
}

/* The workspace that was chosen is the one that has the app. */
static void test_team(struct test *test)
{
    const struct decision decision = decide(
        test, WORLD("\"teams\":[{\"id\":\"T0OTHER\",\"name\":\"Other\"}]"),
        "scope=commands");

    browser_choose(test, "#team", "Other");
    assert_json_text(redeem(test, &decision), "team.id", "T0OTHER");
}

/* ---- the circle ---- */

/* The app answers a command with a token that it refreshed for it. */
static const char *live_on(const struct bolt_app *app, const char *old)
{
    const cJSON *outcome;
    const char *token;

    event_advance(app->test, app->server, TWELVE_HOURS);
    life_token_is(app->test, app->server, old, "token_expired");
    outcome = bolt_app_ask(app, "bolt.command", "", ",\"advance\":43200");
    assert_json(outcome, "status", "200");
    assert_json_text(outcome, "listener.outcome", "returned");
    assert_json_text(outcome, "listener.body.user_id", "U0BOT");
    token = bolt_app_token(app, "bot_token");
    assert_string_not_equal(token, old);
    return token;
}

static void uninstall(const struct bolt_app *app, const char *token)
{
    const cJSON *outcome =
        bolt_app_ask(app, "apps.uninstall",
                     test_printf(app->test, ",\"token\":\"%s\"", token), "");

    assert_json_text(outcome, "outcome", "returned");
    event_await_state(app->test, app->server, "url_verification", "delivered");
    event_await_state(app->test, app->server, "tokens_revoked", "delivered");
    event_advance(app->test, app->server, 1);
    event_await_state(app->test, app->server, "app_uninstalled", "delivered");
}

/* What the app's own listeners got, or did. */
static void see_end(const struct bolt_app *app)
{
    const struct row *row = test_row(app->test);
    const cJSON *heard = bolt_app_ask(
        app, "bolt.heard",
        row->deletes ? ",\"count\":3,\"deletions\":3" : ",\"count\":2", "");

    if (!row->deletes) {
        assert_json_text(heard, "heard.0.event.type", "tokens_revoked");
        assert_json(heard, "heard.0.event.tokens",
                    "{\"oauth\":[\"U0USER\"],\"bot\":[\"U0BOT\"]}");
        assert_json_text(heard, "heard.1.event.type", "app_uninstalled");
        return;
    }
    assert_json(heard, "statuses", "[200,200,200]");
    assert_json(heard, "deleted",
                "[\"U0USER of T0TEAM\",\"bot of T0TEAM\",\"all of T0TEAM\"]");
    assert_null(bolt_app_installation(app));
}

static void test_circle(struct test *test)
{
    struct bolt_app app = begin(test);
    const char *first;
    const char *second;

    bolt_app_subscribe(&app);
    press(test, "#allow", "Thank you!");
    first = bolt_app_token(&app, "bot_token");
    second = live_on(&app, first);
    uninstall(&app, second);
    see_end(&app);
    control_assert_state(test, app.server, second, "revoked");
    life_token_is(test, app.server, second, "account_inactive");
}

static const struct test_case kinds[] = {
    {"Allow", test_allow, NULL},
    {"Cancel", test_cancel, NULL},
    {"from Add to Slack by twelve hours and a refresh to both events",
     test_circle, NULL},
};

static const struct test_case pages[] = {
    {"Chromium: the page is quiet and accessible", test_page, NULL},
    {"Chromium: a refusal shows what was sent and runs nothing of it",
     test_refusal, NULL},
    {"Chromium: an unticked scope is not granted", test_optional, NULL},
    {"Chromium: the webhook posts to the channel that was chosen", test_channel,
     NULL},
    {"Chromium: the workspace that was chosen has the app", test_team, NULL},
};

#define KINDS (sizeof kinds / sizeof kinds[0])
#define ROWS  (sizeof rows / sizeof rows[0])

int run_installers_browser_tests(void)
{
    struct test_case cases[ROWS * KINDS];
    char *names[ROWS * KINDS];
    size_t count = 0;
    int failed;

    for (size_t row = 0; row < ROWS; row++)
        for (size_t i = 0; i < KINDS; i++, count++) {
            names[count] = text_printf("Chromium and %s: %s", rows[row].name,
                                       kinds[i].name);
            cases[count] =
                (struct test_case){names[count], kinds[i].run, &rows[row]};
        }
    failed = test_cases_run(cases, count);
    failed += test_cases_run(pages, sizeof pages / sizeof pages[0]);
    while (count > 0)
        free(names[--count]);
    return failed;
}
