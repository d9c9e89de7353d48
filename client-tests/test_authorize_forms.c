/*
 * Which form of the authorize page counts where browsers send no
 * Sec-Fetch-Site: by plain http beyond this machine. Chromium goes there
 * through the server as a proxy.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* They would go to slack.com by https alone. */
#define BEYOND "http://slack-gov.com/oauth/v2/authorize"

static const struct server *open_beyond(struct test *test)
{
    const struct server *server = server_start(test, NULL, NULL);
    const struct browser_view view = {.proxy = server_origin(server)};

    browser_open_as(test, server_origin(server), &view);
    return server;
}

/* How many of its forms the page at BEYOND got, with that origin alone. */
static int count_forms(struct test *test, const struct server *server,
                       const char *origin)
{
    const cJSON *requests =
        json_at(control_journal(test, server, "?secrets=1"), "requests");
    const cJSON *request;
    int count = 0;

    cJSON_ArrayForEach (request, requests) {
        if (strcmp(cJSON_GetStringValue(json_at(request, "http_method")),
                   "POST") != 0)
            continue;
        assert_null(json_at(request, "headers.sec-fetch-site"));
        assert_json_text(request, "headers.origin", origin);
        count++;
    }
    return count;
}

static void test_own_form(struct test *test)
{
    const struct server *server = open_beyond(test);
    const char *back = browser_serve(test, "<h2>Back</h2>");

    browser_goto(test, test_printf(test,
                                   BEYOND "?client_id=" CLIENT_ID
                                          "&scope=commands&redirect_uri=%s",
                                   back));
    browser_click(test, "#allow");
    browser_await(test, "h2", "Back");
    assert_contains(browser_url(test), "?code=");
    assert_number(count_forms(test, server, "http://slack-gov.com"), 1);
}

/* By its origin, or by none where its policy keeps that to itself. */
static void test_foreign_form(struct test *test)
{
    static const char form[] =
        "<!doctype html><meta name=referrer content=%s><form method=post "
        "action=" BEYOND "><input name=client_id value=" CLIENT_ID ">"
        "<input name=scope value=commands><input name=decision value=allow>"
        "<input name=redirect_uri value=http://127.0.0.1:1/>"
        "<button>Win</button></form>";
    const char *policy = test_row(test);
    const struct server *server = open_beyond(test);
    const char *site = browser_serve(test, test_printf(test, form, policy));
    const char *origin = test_printf(test, "%.*s", (int)strlen(site) - 1, site);

    browser_goto(test, site);
    browser_click(test, "role=button[name=\"Win\"]");
    browser_await(test, "#details", "from a page of another site");
    assert_number(
        count_forms(test, server,
                    strcmp(policy, "no-referrer") == 0 ? "null" : origin),
        1);
}

static const struct test_case cases[] = {
    {"authorize forms: the page's own counts", test_own_form, NULL},
    {"authorize forms: another site's does not, by its origin",
     test_foreign_form, "origin"},
    {"authorize forms: another site's does not, without an origin",
     test_foreign_form, "no-referrer"},
};

int run_authorize_forms_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
