/*
 * The live page: the calls, what is shown of one, the filter, the keys, and
 * what can be made of a call. What else there is: test_page_world.c.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "page.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define RULE_LOSES                                                             \
    WORLD("\"rules\":[{\"name\":\"the accident\",\"stage\":\"after\","         \
          "\"when\":{\"method\":\"oauth.v2.exchange\"},\"times\":1,"           \
          "\"reply\":{\"error\":\"internal_error\"}}]")

/* An exchange that a rule spoils, one that is refused, one call that is ok. */
static struct server *start_with_three_calls(struct test *test)
{
    struct server *server = server_start_with(test, RULE_LOSES);

    (void)http_exchange(test, server, BOT_FORM);
    (void)http_exchange(test, server, BOT_FORM);
    (void)life_call(test, server, "auth.test", USER_TOKEN, "");
    return server;
}

/* ---- the list, and one call ---- */

static void test_calls_come(struct test *test)
{
    struct server *server = start_with_three_calls(test);

    page_open(test, server, "/");
    page_await_count(test, "3 of 3, 1 mistakes");
    browser_await(test, ".call.staged", "internal_error");
    browser_await(test, ".call.mistake", "token_already_exchanged");
    browser_await(test, ".call.ok", "auth.test");
    page_feed(test, server, 1);
    page_await_count(test, "4 of 4, 2 mistakes");
    browser_await(test, "#call-4", "invalid_auth");
    browser_await(test, "#call-4", "xoxb-...");
    browser_assert_quiet(test);
}

static void test_details(struct test *test)
{
    struct server *server = start_with_three_calls(test);

    page_open(test, server, "/");
    browser_click(test, "#call-1");
    browser_await(test, "#details h2", "oauth.v2.exchange");
    browser_await(test, "#details", "rule: the accident");
    browser_await(test, "#details", "took effect, untold");
    browser_await(test, "#details", CLIENT_ID);
    browser_await(test, "#details", "application/x-www-form-urlencoded");
    browser_await(test, "#details", "\"error\": \"internal_error\"");
    assert_lacks(browser_text(test, "#details"), BOT_TOKEN);
    browser_click(test, "#call-2");
    browser_await(test, "#details", "the token was exchanged before");
    assert_lacks(browser_text(test, "#details"), "committed");
    browser_assert_quiet(test);
}

/* Numbers too long for a browser stand there as they were sent. */
static void test_exact_answer(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"rules\":[{\"when\":{\"method\":\"auth.test\"},"
                    "\"reply\":{\"body\":\"{\\\"ok\\\":true,\\\"n\\\":"
                    "12345678901234567890,\\\"n\\\":1.50}\"}}]"));

    page_feed(test, server, 1);
    page_open(test, server, "/");
    browser_click(test, "#call-1");
    browser_await(test, "#details",
                  "{\"ok\":true,\"n\":12345678901234567890,\"n\":1.50}");
}

static void test_times(struct test *test)
{
    const struct browser_view view = {.zone = "Asia/Kolkata"};
    struct server *server = server_start_with(test, STILL_WORLD);

    page_feed(test, server, 1);
    page_open_as(test, server, "/", &view);
    browser_await(test, "#call-1", "05:30:00");
    browser_await(test, "#now", "05:30:00");
    browser_await(test, "#own", "2026-01-01T00:00:00Z");
    browser_click(test, "#call-1");
    browser_await(test, "#details", MIDNIGHT);
}

/* ---- the filter ---- */

static const struct filter_row {
    const char *filter;
    const char *shown;
} filters[] = {
    {"method:EXCHANGE", "2 of 3"},
    {"error:", "2 of 3"},
    {"-error:", "1 of 3"},
    {"error:already", "1 of 3"},
    {"rule:\"the acc\"", "1 of 3"},
    {"token:xoxp", "1 of 3"},
    {"method:oauth -error:internal", "1 of 3"},
    {"accident internal_error", "1 of 3"},
    {CLIENT_ID, "2 of 3"},
    {"nothing-like-it", "0 of 3"},
};

static void test_filter(struct test *test)
{
    struct server *server = start_with_three_calls(test);

    page_open(test, server, "/");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        browser_fill(test, "#filter", filters[i].filter);
        page_await_count(test, filters[i].shown);
    }
    browser_assert_quiet(test);
}

/* A view can be sent to a colleague. */
static void test_filter_in_address(struct test *test)
{
    struct server *server = start_with_three_calls(test);
    const char *url;

    page_open(test, server, "/");
    browser_fill(test, "#filter", "error:already");
    browser_click(test, "#call-2");
    browser_await(test, "#details h2", "oauth.v2.exchange");
    url = browser_url(test);
    assert_contains(url, "filter=error%3Aalready");
    browser_open(test, url);
    page_await_count(test, "1 of 3");
    browser_await(test, "#details h2", "oauth.v2.exchange");
}

/* ---- keys ---- */

static void await_chosen(struct test *test, const char *call)
{
    browser_await(test, "[aria-selected=true]", call);
}

static void test_keys(struct test *test)
{
    struct server *server = start_with_three_calls(test);

    page_open(test, server, "/");
    page_await_count(test, "3 of 3");
    browser_press(test, "k");
    await_chosen(test, "auth.test");
    browser_press(test, "k");
    await_chosen(test, "token_already_exchanged");
    browser_press(test, "j");
    await_chosen(test, "auth.test");
    browser_press(test, "Enter");
    browser_await(test, "#panel:focus", NULL);
    browser_press(test, "Escape");
    browser_await(test, "#details", "Choose a call");
    browser_press(test, "/");
    browser_await(test, "#filter:focus", NULL);
    browser_press(test, "j");
    page_await_count(test, "0 of 3");
    browser_press(test, "Escape");
    browser_await(test, "#list:focus", NULL);
    browser_press(test, "Escape");
    page_await_count(test, "3 of 3");
    browser_press(test, "?");
    browser_await(test, "#help", "previous call");
    browser_press(test, "Escape");
    browser_await_gone(test, "#help");
    browser_assert_quiet(test);
}

/* ---- a call once more ---- */

/* What is copied, pasted into a shell, makes the call again. */
static void test_copy_as_curl(struct test *test)
{
    struct server *server = start_with_three_calls(test);
    const char *command;

    page_open(test, server, "/");
    browser_click(test, "#call-2");
    browser_await(test, "#details h2", NULL);
    browser_press(test, "c");
    browser_await(test, "#toast", "Copied: curl");
    command = browser_clipboard(test);
    assert_contains(command, BOT_TOKEN);
    assert_contains(
        shell_run(test, test_printf(test, "%s -s --noproxy '*'", command))->out,
        "token_already_exchanged");
    page_await_count(test, "4 of 4, 2 mistakes");
}

/*
 * Targets and verbs may be anything; no word of them reaches the shell, and no
 * secret another host.
 */
static void test_copy_is_safe(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    struct raw_socket *raw = raw_connect(test, server);
    const char *command;

    raw_send(raw, "G|echo'`echo`' x:.evil.test/api/auth.test?a='$(echo)' "
                  "HTTP/1.1\r\nHost: localhost\r\nX-A: '`echo`\x1b[201~'\r\n"
                  "Authorization: Bearer " BOT_TOKEN "\r\n\r\n");
    (void)raw_await_head(raw);
    page_open(test, server, "/");
    browser_click(test, "#call-1");
    page_press(test, "Copy as curl");
    browser_await(test, "#toast", "Copied: curl");
    command = browser_clipboard(test);
    assert_contains(command, test_printf(test, "curl -g '%s/x:.evil.test/",
                                         server_origin(server)));
    assert_contains(command, "-X 'G|echo'\\''`echo`'\\'''");
    assert_contains(command, "-H 'x-a: '\\''`echo`\\u001b[201~'\\'''");
}

/* What is copied is taken, and gives the outcome again. */
static void test_copy_as_rule(struct test *test)
{
    struct server *server = start_with_three_calls(test);
    struct server *other = server_start(test, NULL, NULL);

    page_open(test, server, "/");
    browser_click(test, "#call-2");
    page_press(test, "Copy as rule");
    browser_await(test, "#toast", "Copied: a rule");
    control_patch(
        test, other,
        test_printf(test, "{\"rules\":[%s]}", browser_clipboard(test)));
    life_refused(http_exchange(test, other, BOT_FORM),
                 "token_already_exchanged");
    (void)life_exchange(test, other, BOT_FORM);
}

static void test_replay(struct test *test)
{
    struct server *server = start_with_three_calls(test);
    const struct cJSON *entry;

    page_open(test, server, "/");
    browser_click(test, "#call-3");
    page_press(test, "Replay");
    browser_await(test, "#toast", "Replayed: HTTP 200");
    page_await_count(test, "4 of 4, 1 mistakes");
    entry = control_journal(test, server, "?since=3&secrets=1");
    assert_json_text(entry, "requests.0.headers.authorization",
                     "Bearer " USER_TOKEN);
    assert_json(entry, "requests.0.error", NULL);
    browser_assert_quiet(test);
}

static void test_clear(struct test *test)
{
    struct server *server = start_with_three_calls(test);

    page_open(test, server, "/");
    page_await_count(test, "3 of 3");
    page_press(test, "Clear calls");
    page_await_count(test, "0 of 0");
    browser_await(test, "#empty", "/api/");
    page_feed(test, server, 1);
    page_await_count(test, "1 of 1");
}

int run_page_tests(void)
{
    static const struct test_case cases[] = {
        {"page: calls appear as they come, mistakes stand out", test_calls_come,
         NULL},
        {"page: a call is shown whole, masked, and why it went so",
         test_details, NULL},
        {"page: an answer is shown as it was sent", test_exact_answer, NULL},
        {"page: times are local, the mock's own beside", test_times, NULL},
        {"page: the filter knows fields, words and their absence", test_filter,
         NULL},
        {"page: filter and call stand in the address", test_filter_in_address,
         NULL},
        {"page: keys", test_keys, NULL},
        {"page: a call is copied as curl", test_copy_as_curl, NULL},
        {"page: what is copied as curl is safe to paste", test_copy_is_safe,
         NULL},
        {"page: a call is copied as a rule that gives its outcome again",
         test_copy_as_rule, NULL},
        {"page: a call is replayed", test_replay, NULL},
        {"page: the journal is emptied", test_clear, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
