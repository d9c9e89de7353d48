/*
 * The live page and those who mean ill: what clients send is shown as text,
 * another site neither reads nor presses anything, and the control token.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "page.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- what clients send ---- */

#define MARKUP "%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D1%22%3E"

static void call_with(struct test *test, const struct server *server,
                      const char *form)
{
    const struct http_request request = {
        .target = "/api/auth.test",
        .headers = {FORM, "Authorization: Bearer <b>bold</b>"},
        .body = form,
    };

    (void)http_send(test, server, &request);
}

static void test_markup(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    call_with(test, server, "name=" MARKUP "&rtl=%E2%80%AEexe.gnp&nul=a%00b");
    (void)http_send(
        test, server,
        &(struct http_request){.target = "/api/<b>x</b>?<b>=1",
                               .headers = {"User-Agent: <b>\xe2\x80\xae</b>",
                                           "Authorization: <b>basic</b>"}});
    page_open(test, server, "/");
    browser_click(test, "#call-2");
    browser_await(test, "#details", "<b>\\u202e</b>");
    browser_await(test, "#call-2", "<b>x</b>");
    assert_number(browser_count(test, "#list b, #details b"), 0);
    browser_click(test, "#call-1");
    browser_await(test, "#details", "<img src=x onerror=\"document.title=1\">");
    browser_await(test, "#details", "\\u202eexe.gnp");
    browser_await(test, "#details", "a\\u0000b");
    assert_number(browser_count(test, "img, #details b"), 0);
    assert_json_text(browser_evaluate(test, "({title: document.title})"),
                     "title", "slackmock");
    browser_assert_quiet(test);
}

static void test_names_with_markup(struct test *test)
{
    struct server *server = server_start_with(
        test,
        WORLD("\"apps\":[{\"id\":\"A0APP\",\"name\":\"<i>App</i>\"}],"
              "\"teams\":[{\"id\":\"T0TEAM\",\"name\":\"<u>\\u202eTeam\"}],"
              "\"rules\":[{\"name\":\"<s>rule\\u2066</s>\",\"reply\":{"
              "\"error\":\"<q>no</q>\",\"undocumented\":true,"
              "\"headers\":{\"X-A\":\"<em>\"}}}]"));

    page_feed(test, server, 1);
    page_open(test, server, "/#view=installations");
    browser_await(test, "#chains", "<i>App</i> in <u>\\u202eTeam");
    browser_await(test, "#install", "<u>\\u202eTeam");
    page_press(test, "Rules");
    browser_await(test, "#rules", "<s>rule\\u2066</s>");
    browser_await(test, "#list", "<s>rule\\u2066</s>");
    browser_click(test, "#call-1");
    browser_await(test, "#details", "<q>no</q>");
    page_press(test, "Copy as rule");
    browser_await(test, "#toast", "Copied");
    assert_number(browser_count(test, "i, s, u, q, em"), 0);
    browser_assert_quiet(test);
}

#define MUCH (900 * 1024)
#define STEP 100000 /* the first; each next one is twice as long */

/* All of it can be seen, but not all at once. */
static void test_much(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const int text_length = MUCH - 1 - (int)strlen("text=");
    char *much = calloc(1, MUCH);

    if (!much)
        abort();
    memset(much, 'm', MUCH - 1);
    memcpy(much, "text=", strlen("text="));
    memcpy(much + MUCH - 4, "end", strlen("end"));
    call_with(test, server, much);
    free(much);
    page_open(test, server, "/");
    browser_click(test, "#call-1");
    for (int step = STEP, shown = STEP; shown < text_length;
         step *= 2, shown += step)
        browser_click(test, test_printf(test, "#details >> text=Show %d more",
                                        text_length - shown));
    browser_await(test, "#details pre", "mmend");
    browser_await_gone(test, "#details >> text=more characters");
    browser_assert_quiet(test);
}

/* ---- another site ---- */

/* The answers that a page of that site gets, by what it tried. */
static const char *attack(struct test *test, const struct server *server)
{
    return test_printf(
        test,
        "<!doctype html><title>Elsewhere</title><iframe src='%s/'></iframe>"
        "<iframe name=sink></iframe>"
        "<form method=post enctype=text/plain target=sink"
        " action='%s/_mock/clock'>"
        "<input name='{\"advance\":43200,\"a\":\"' value='\"}'></form>"
        "<script src='%s/_mock/page/page.js'></script>"
        "<p>nothing</p><script type=module>"
        "const mock = '%s'; const got = [];"
        "const attempt = async (path, options) => { try {"
        "  const reply = await fetch(mock + path, options);"
        "  got.push(path + ' ' + reply.status + ' ' + reply.type);"
        "} catch { got.push(path + ' refused'); } };"
        "await attempt('/_mock/state');"
        "await attempt('/_mock/events');"
        "await attempt('/_mock/requests?secrets=1');"
        "await attempt('/', { headers: { Accept: 'text/html' } });"
        "await attempt('/_mock/reset', { method: 'POST', mode: 'no-cors' });"
        "await attempt('/_mock/rules', { method: 'DELETE' });"
        "await new Promise((loaded) => {"
        "  document.querySelector('[name=sink]').onload = loaded;"
        "  document.forms[0].submit(); });"
        "got.push('form sent');"
        "document.querySelector('p').textContent = got.join('\\n');"
        "</script>",
        server_origin(server), server_origin(server), server_origin(server),
        server_origin(server));
}

static void test_other_site(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD(STILL ",\"rules\":[{\"name\":\"stays\",\"reply\":{}}]"));
    const struct cJSON *state;
    const char *got;

    page_feed(test, server, 1);
    browser_open(test, browser_serve(test, attack(test, server)));
    browser_await(test, "p", "form sent");
    got = browser_text(test, "p");
    assert_contains(got, "/_mock/state refused");
    assert_contains(got, "/_mock/events refused");
    assert_contains(got, "/_mock/requests?secrets=1 refused");
    assert_contains(got, "/ refused");
    assert_contains(got, "/_mock/reset 0 opaque");
    assert_contains(got, "/_mock/rules refused");
    assert_lacks(browser_text(test, "body"), "installations");
    state = control_do(test, server, "GET /_mock/state", NULL);
    assert_json(state, "rules.0.name", "\"stays\"");
    assert_json_text(state, "clock", MIDNIGHT);
    assert_json(control_journal(test, server, ""), "count", "1");
    assert_json(browser_evaluate(
                    test, "(() => { try { return { seen: frames[0].document"
                          ".querySelectorAll('nav').length } } catch { return "
                          "{ seen: 'no' } } })()"),
                "seen", "\"no\"");
}

/* ---- the control token ---- */

static void test_control_token(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--control-token", "opensesame"));

    browser_open(test, test_printf(test, "%s/", server_origin(server)));
    browser_fill(test, "#token", "wrong");
    page_press(test, "Continue");
    browser_await(test, "#why", "Another token");
    browser_fill(test, "#token", "opensesame");
    page_press(test, "Continue");
    browser_await(test, "#link", "live");
    page_feed(test, server, 1);
    page_await_count(test, "1 of 1");
    browser_reload(test);
    browser_await(test, "#link", "live");
    page_await_count(test, "1 of 1");
    assert_lacks(browser_url(test), "opensesame");
}

/* Off beyond loopback, and it says why. */
static void test_off(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--listen", "0.0.0.0:0"));

    browser_open(
        test, test_printf(test, "http://127.0.0.1:%d/", server_port(server)));
    browser_await(test, "body", "--control-token");
}

int run_page_guard_tests(void)
{
    static const struct test_case cases[] = {
        {"page: markup, marks of direction and NUL are shown as text",
         test_markup, NULL},
        {"page: so are the names of a world", test_names_with_markup, NULL},
        {"page: a megabyte is shown step by step", test_much, NULL},
        {"page: another site reads nothing and presses nothing",
         test_other_site, NULL},
        {"page: the control token is asked for, and kept for the tab",
         test_control_token, NULL},
        {"page: off beyond loopback it says why", test_off, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
