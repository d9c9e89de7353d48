/*
 * The live page as it looks, and as it bears much: axe-core and screenshots in
 * both schemes, two thousand calls at once, a server that is started again.
 * The screenshots are in build/page.
 */
#include <stdlib.h>

#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "page.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* ---- looks ---- */

static const struct look {
    const char *scheme;
    int width;
} looks[] = {{"light", 400}, {"light", 1400}, {"dark", 400}, {"dark", 1400}};

static const char *const views[] = {"calls", "installations", "rules",
                                    "sandboxes", "deliveries"};

static void show_something(struct test *test, const struct server *server)
{
    struct pair pair = life_exchange(test, server, BOT_FORM);

    (void)http_exchange(test, server, BOT_FORM);
    (void)life_refresh(test, server, pair.refresh);
    (void)life_call(test, server, "oauth.v2.exchange", NULL,
                    APP_FORM "&refresh_token=xoxe-1-lost");
    (void)life_call(test, server, "chat.postMessage", pair.access,
                    "channel=C1&text=hello");
    page_feed(test, server, 3);
    control_do(test, server, "PUT /_mock/sandboxes/test-1", NULL);
}

/* One wide enough shows the list and what is beside it. */
static void look_at(struct test *test, const struct look *look,
                    const char *view)
{
    const char *build = getenv("BUILD");

    browser_evaluate(
        test, test_printf(test, "location.hash = 'view=%s&call=2'", view));
    browser_await(test, test_printf(test, "section[data-view=%s] h2", view),
                  NULL);
    browser_assert_accessible(test);
    browser_screenshot(test, test_printf(test, "%s/page/%s-%d-%s.png",
                                         build && *build ? build : "build",
                                         look->scheme, look->width, view));
}

static void test_look(struct test *test)
{
    const struct look *look = test_row(test);
    const struct browser_view view = {.width = look->width,
                                      .scheme = look->scheme};
    struct server *server = server_start_with(
        test,
        WORLD(STILL ",\"rules\":[{\"name\":\"third call\",\"when\":{"
                    "\"method\":\"auth.test\",\"call\":2},\"reply\":{\"error\":"
                    "\"ratelimited\"}}]"));

    show_something(test, server);
    page_open_as(test, server, "/", &view);
    page_await_count(test, "8 of 8");
    browser_assert_accessible(test);
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        look_at(test, look, views[i]);
    browser_press(test, "?");
    browser_assert_accessible(test);
    browser_assert_quiet(test);
}

static const int widths[] = {320, 2560};

#define LONG_NAME                                                              \
    "A name that goes on and on and on, with a Donaudampfschifffahrtskapitaen"

/* Nothing stands out of the page sideways, however long names are. */
static void test_widths(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"apps\":[{\"id\":\"A0APP\",\"name\":\"" LONG_NAME "\"}],"
                    "\"teams\":[{\"id\":\"T0TEAM\",\"name\":\"" LONG_NAME
                    "\"}],\"rules\":[{\"name\":\"" LONG_NAME "\",\"when\":{"
                    "\"method\":\"x\"},\"reply\":{}}]"));

    show_something(test, server);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        const struct browser_view view = {.width = widths[i]};

        for (size_t j = 0; j < sizeof views / sizeof *views; j++) {
            page_open_as(test, server,
                         test_printf(test, "/#call=1&view=%s", views[j]),
                         &view);
            assert_json(browser_evaluate(
                            test,
                            "({ over: document.documentElement.scrollWidth > "
                            "innerWidth || ['list', 'panel'].some((id) => "
                            "document.getElementById(id).scrollWidth > "
                            "document.getElementById(id).clientWidth + 1) })"),
                        "over", "false");
        }
    }
}

/* ---- much ---- */

#define MANY 2000

static void test_burst(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--journal", "2000"));
    const char *all =
        test_printf(test, "%d of %d, %d mistakes", MANY, MANY, MANY);

    page_open(test, server, "/");
    page_feed(test, server, MANY);
    page_await_count(test, all);
    browser_await(test, test_printf(test, "#call-%d", MANY), "auth.test");
    assert_true(browser_count(test, ".call") < 60);
    assert_lacks(browser_text(test, "#shown"), "missed");
    browser_assert_quiet(test);
}

/* A journal of five, and a page that is kept from reading it for twenty. */
static void test_missed(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--journal", "5"));

    page_open(test, server, "/");
    page_feed(test, server, 1);
    page_await_count(test, "1 of 1");
    browser_evaluate(test, "{ const now = fetch; const turn = new Promise("
                           "(come) => { globalThis.read = come; }); "
                           "globalThis.fetch = (...all) => "
                           "turn.then(() => now(...all)); }");
    page_feed(test, server, 20);
    browser_evaluate(test, "read()");
    page_await_count(test, "6 of 6, 6 mistakes, 15 missed: more than --journal "
                           "keeps");
    browser_assert_quiet(test);
}

/* The list stays where the reader is, and says how many are new. */
static void test_scrolled_away(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    page_feed(test, server, 100);
    page_open(test, server, "/");
    browser_await(test, "#call-100", NULL);
    browser_evaluate(test, "document.getElementById('list').scrollTop = 0");
    browser_await(test, "#call-1", NULL);
    page_feed(test, server, 2);
    browser_await(test, "#newest", "2 new");
    browser_await(test, "#call-1", NULL);
    browser_click(test, "#newest");
    browser_await(test, "#call-102", NULL);
    browser_assert_quiet(test);
}

/* On the same port; the machine's own complaint stays in the console. */
static void test_restart(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *address =
        test_printf(test, "127.0.0.1:%d", server_port(server));

    page_feed(test, server, 3);
    page_open(test, server, "/");
    page_await_count(test, "3 of 3");
    server_signal(server, 15);
    server_end(server);
    browser_await(test, "#link", "connecting");
    server = server_start(test, NULL, ARGUMENTS("--listen", address));
    browser_await(test, "#link", "live");
    page_await_count(test, "0 of 0");
    page_feed(test, server, 1);
    page_await_count(test, "1 of 1");
}

int run_page_look_tests(void)
{
    static const struct test_case cases[] = {
        {"page: light, 400 pixels", test_look, &looks[0]},
        {"page: light, 1400 pixels", test_look, &looks[1]},
        {"page: dark, 400 pixels", test_look, &looks[2]},
        {"page: dark, 1400 pixels", test_look, &looks[3]},
        {"page: it fits 320 and 2560 pixels", test_widths, NULL},
        {"page: 2,000 calls at once all appear", test_burst, NULL},
        {"page: it says how many calls a full journal lost", test_missed, NULL},
        {"page: a list that is scrolled away stays", test_scrolled_away, NULL},
        {"page: a server that is started again is found", test_restart, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
