/*
 * Real installers, unmodified: @slack/oauth alone, and Bolt in three languages.
 * A person adds the app to Slack, and what the installer stored, the page that
 * it showed, and the server's state and journal agree.
 */
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bolt_app.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "person.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"
#include "tls_client.h"

/* What an installer's own page says of a failure, by its sources. */
struct page {
    int status;
    const char *reason;
};

struct installer {
    const char *name;
    enum client client;
    const char *call;
    bool knows_slack_alone; /* its authorize URL is at slack.com */
    struct page denied;
    struct page stranger; /* the browser lacks the cookie */
    struct page refused;  /* the exchange of the code was */
    struct page reused;   /* the same way back a second time */
    /* The reply to the exchange was lost: what it makes of that, and how often
     * it asked. */
    struct page lost;
    int lost_calls;
};

#define JS_PAGES                                                               \
    .denied = {500, "slack_oauth_installer_authorization_error"},              \
    .stranger = {400, "slack_oauth_invalid_state"},                            \
    .refused = {500, "slack_webapi_platform_error"},                           \
    .reused = {500, "slack_webapi_platform_error"},                            \
    .lost = {500, "slack_webapi_platform_error"}, .lost_calls = 2

/* A state is good once here, and a lost reply is asked for once more. */
#define PYTHON_PAGES                                                           \
    .denied = {200, "access_denied"}, .stranger = {400, "invalid_browser"},    \
    .refused = {401, "invalid_code"}, .reused = {401, "invalid_state"},        \
    .lost = {401, "invalid_code"}, .lost_calls = 2

static const struct installer installers[] = {
    {.name = "@slack/oauth",
     .client = CLIENT_BOLT_JS,
     .call = "provider.listen",
     JS_PAGES},
    {.name = "@slack/oauth 3",
     .client = CLIENT_BOLT_JS_4,
     .call = "provider.listen",
     JS_PAGES},
    {.name = "Bolt for JavaScript",
     .client = CLIENT_BOLT_JS,
     .call = "bolt.listen",
     JS_PAGES},
    {.name = "Bolt for JavaScript 4",
     .client = CLIENT_BOLT_JS_4,
     .call = "bolt.listen",
     JS_PAGES},
    {.name = "Bolt for Python",
     .client = CLIENT_BOLT_PYTHON,
     .call = "bolt.listen",
     PYTHON_PAGES},
    {.name = "Bolt for Python, async",
     .client = CLIENT_BOLT_PYTHON_ASYNC,
     .call = "bolt.listen",
     PYTHON_PAGES},
    {.name = "Bolt for Java",
     .client = CLIENT_BOLT_JAVA,
     .call = "bolt.listen",
     .knows_slack_alone = true,
     .denied = {200, "access_denied"},
     .stranger = {200, "invalid_state"},
     .refused = {200, "bad_redirect_uri"},
     .reused = {200, "invalid_code"},
     .lost = {200, "unexpected end of stream"},
     .lost_calls = 1},
};

/* A world, an app in it, and a person who is about to install it. */
struct scene {
    const struct installer *installer;
    struct server *server;
    struct bolt_app app;
    struct person person;
};

static struct scene begin(struct test *test, const char *keys)
{
    struct scene scene = {.installer = test_row(test)};
    bool by_proxy = scene.installer->knows_slack_alone;
    const char *world =
        test_file(test, "world.json", test_printf(test, WORLD("%s"), keys));

    client_skip_if_missing(test, scene.installer->client);
    if (by_proxy)
        tls_skip_without(test);
    scene.server = server_start(
        test, world,
        by_proxy ? ARGUMENTS("--ca-dir", test_path(test, "authority")) : NULL);
    scene.app = bolt_app_start(test, scene.installer->client,
                               scene.installer->call, scene.server);
    scene.person = person_at(test, scene.server);
    if (by_proxy)
        scene.person.certificate = test_path(test, "authority/ca.pem");
    person_adds(&scene.person, scene.app.origin);
    return scene;
}

static void see_page(const struct scene *scene, const char *way_back,
                     struct page wanted)
{
    const struct http_reply *reply = person_follows(&scene->person, way_back);

    assert_contains(reply->body, wanted.reason ? wanted.reason : "Thank you!");
    assert_number(reply->status, wanted.status);
}

static void see_installed(const struct scene *scene, const char *way_back)
{
    see_page(scene, way_back, (struct page){200, NULL});
    assert_non_null(bolt_app_installation(&scene->app));
}

/* How many exchanges took effect, of how many. */
static void see_exchanges(const struct scene *scene, int all, int committed)
{
    const cJSON *requests =
        json_at(control_journal(scene->app.test, scene->server,
                                "?method=oauth.v2.access"),
                "requests");
    const cJSON *request;
    int effects = 0;

    assert_number(cJSON_GetArraySize(requests), all);
    cJSON_ArrayForEach (request, requests) {
        const char *effect = cJSON_GetStringValue(json_at(request, "effect"));

        effects += strcmp(effect, "committed") == 0;
    }
    assert_number(effects, committed);
}

/* ---- Allow ---- */

static void test_allow(struct test *test)
{
    struct scene scene = begin(test, "\"seed\":1");
    const struct http_reply *page = person_looks(&scene.person);
    const cJSON *installation;
    const char *url;

    assert_number(page->status, 200);
    assert_contains(page->body, "Example App");
    assert_contains(page->body, "<li>chat:write</li>");
    url = person_presses(&scene.person, "allow");
    assert_int_equal(
        strncmp(url, scene.app.redirect_uri, strlen(scene.app.redirect_uri)),
        0);
    see_installed(&scene, url);
    installation = bolt_app_installation(&scene.app);
    assert_json_text(installation, "app_id", "A0APP");
    assert_json_text(installation, "team_id", "T0TEAM");
    assert_json_text(installation, "user_id", "U0USER");
    assert_json_text(installation, "bot_id", "B0BOT");
    assert_json_text(installation, "bot_user_id", "U0BOT");
    assert_json_text(installation, "bot_scopes", "commands,chat:write");
    /* What the person granted before is granted still. */
    assert_json_text(installation, "user_scopes", "chat:write,users:read");
    control_assert_state(test, scene.server,
                         bolt_app_token(&scene.app, "bot_token"), "active");
    control_assert_state(test, scene.server,
                         bolt_app_token(&scene.app, "user_token"), "active");
    see_exchanges(&scene, 1, 1);
}

static void test_consent_allow(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"allow\"");

    see_installed(&scene, person_is_led(&scene.person));
}

/* ---- Cancel ---- */

static void see_denied(const struct scene *scene, const char *way_back)
{
    const cJSON *journal;

    see_page(scene, way_back, scene->installer->denied);
    assert_null(bolt_app_installation(&scene->app));
    see_exchanges(scene, 0, 0);
    journal =
        control_journal(scene->app.test, scene->server, "?error=access_denied");
    assert_json(journal, "count", "1");
    assert_contains(cJSON_GetStringValue(json_at(journal, "requests.0.path")),
                    "/oauth/v2/authorize");
}

static void test_cancel(struct test *test)
{
    struct scene scene = begin(test, "\"seed\":1");

    see_denied(&scene, person_presses(&scene.person, "cancel"));
}

static void test_consent_deny(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"deny\"");

    see_denied(&scene, person_is_led(&scene.person));
}

/* ---- what goes wrong ---- */

static void test_stranger(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"allow\"");

    scene.person.cookie = NULL;
    see_page(&scene, person_is_led(&scene.person), scene.installer->stranger);
    assert_null(bolt_app_installation(&scene.app));
    see_exchanges(&scene, 0, 0);
}

/* The page refuses, and leads nowhere. */
static void test_wrong_redirect(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"allow\"");
    const struct http_reply *page;

    control_patch(test, scene.server,
                  "{\"apps\":[{\"id\":\"A0APP\",\"redirect_uris\":"
                  "[\"http://127.0.0.1:1/elsewhere\"]}]}");
    if (!strstr(scene.person.page, "redirect_uri=")) {
        /* Without one the first that is configured is meant. */
        assert_int_equal(strncmp(person_is_led(&scene.person),
                                 "http://127.0.0.1:1/elsewhere?code=", 34),
                         0);
        return;
    }
    page = person_looks(&scene.person);
    assert_number(page->status, 400);
    assert_contains(page->body, "<code id=\"error\">bad_redirect_uri</code>");
    assert_null(http_header(page, "Location"));
    assert_null(bolt_app_installation(&scene.app));
}

/* The code went to another URI than the one that is sent with it. */
static void test_wrong_redirect_later(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"allow\"");
    const char *way_back;

    control_patch(test, scene.server,
                  test_printf(test,
                              "{\"apps\":[{\"id\":\"A0APP\",\"redirect_uris\":"
                              "[\"%s/below\",\"%s\"]}]}",
                              scene.app.redirect_uri, scene.app.redirect_uri));
    scene.person.page =
        test_printf(test, "%.*s&redirect_uri=%s/below",
                    (int)(strstr(scene.person.page, "&redirect_uri=")
                              ? strstr(scene.person.page, "&redirect_uri=") -
                                    scene.person.page
                              : (long)strlen(scene.person.page)),
                    scene.person.page, scene.app.redirect_uri);
    way_back = person_is_led(&scene.person);
    see_page(&scene,
             test_printf(test, "%s%s", scene.app.redirect_uri,
                         strchr(way_back, '?')),
             scene.installer->refused);
    assert_null(bolt_app_installation(&scene.app));
    see_exchanges(&scene, 1, 0);
    assert_json_text(
        control_journal(test, scene.server, "?method=oauth.v2.access"),
        "requests.0.error", "bad_redirect_uri");
}

static void test_twice(struct test *test)
{
    struct scene scene = begin(test, "\"consent\":\"allow\"");
    const char *way_back = person_is_led(&scene.person);
    const char *token;
    bool asks = strcmp(scene.installer->reused.reason, "invalid_state") != 0;

    see_installed(&scene, way_back);
    token = bolt_app_token(&scene.app, "bot_token");
    see_page(&scene, way_back, scene.installer->reused);
    see_exchanges(&scene, asks ? 2 : 1, 1);
    assert_text(bolt_app_token(&scene.app, "bot_token"), token);
    control_assert_state(test, scene.server, token, "active");
}

/* The accident of an installation: it took effect, and nobody was told. */
static void test_lost(struct test *test)
{
    struct scene scene = begin(
        test, "\"consent\":\"allow\",\"rules\":[{\"name\":\"lost\",\"when\":{"
              "\"method\":\"oauth.v2.access\"},\"times\":1,\"stage\":"
              "\"after\",\"reply\":{\"fault\":\"close\"}}]");

    see_page(&scene, person_is_led(&scene.person), scene.installer->lost);
    assert_null(bolt_app_installation(&scene.app));
    see_exchanges(&scene, scene.installer->lost_calls, 1);
    /* The person adds the app again, and all is well. */
    person_adds(&scene.person, scene.app.origin);
    see_installed(&scene, person_is_led(&scene.person));
}

static const struct test_case kinds[] = {
    {"Allow installs it, and the token is alive", test_allow, NULL},
    {"Cancel leads back, and nothing is installed", test_cancel, NULL},
    {"consent allow asks nobody", test_consent_allow, NULL},
    {"consent deny asks nobody", test_consent_deny, NULL},
    {"another browser's way back is refused", test_stranger, NULL},
    {"a redirect URI that is not configured", test_wrong_redirect, NULL},
    {"a code that went to another redirect URI", test_wrong_redirect_later,
     NULL},
    {"a code used twice", test_twice, NULL},
    {"the reply to the exchange is lost", test_lost, NULL},
};

#define KINDS      (sizeof kinds / sizeof kinds[0])
#define INSTALLERS (sizeof installers / sizeof installers[0])

int run_installers_tests(void)
{
    struct test_case cases[INSTALLERS * KINDS];
    char *names[INSTALLERS * KINDS];
    size_t count = 0;
    int failed;

    for (size_t row = 0; row < INSTALLERS; row++)
        for (size_t i = 0; i < KINDS; i++, count++) {
            names[count] =
                text_printf("%s: %s", installers[row].name, kinds[i].name);
            cases[count] = (struct test_case){names[count], kinds[i].run,
                                              &installers[row]};
        }
    failed = test_cases_run(cases, count);
    while (count > 0)
        free(names[--count]);
    return failed;
}
