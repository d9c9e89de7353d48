/*
 * The authorize pages: what is asked, and the way back. Texts and orders are
 * those of live reports.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define V2      "/oauth/v2/authorize"
#define V2_USER "/oauth/v2_user/authorize"
#define V1      "/oauth/authorize"
#define DENIED                                                                 \
    "&error_description=The+user+has+denied+access+to+the+scope%28s%29+"       \
    "requested+by+the+client+application."

static void the_page_says_who_asks_for_what(void **state)
{
    struct life *life = *state;
    const char *page = browser_get(
        life, V2, ASKING "&scope=commands,chat:write&user_scope=users:read");

    assert_number(life->world->reply.status, 200);
    assert_non_null(strstr(page, "<b id=\"app\">Example App</b>"));
    assert_non_null(strstr(page, "<ul id=\"bot-scopes\">\n<li>commands</li>\n"
                                 "<li>chat:write</li>\n</ul>"));
    assert_non_null(
        strstr(page, "<ul id=\"user-scopes\">\n<li>users:read</li>\n</ul>"));
    assert_non_null(strstr(page, "<option value=\"T0TEAM\" selected>Example<"));
    assert_non_null(strstr(page, "<button id=\"allow\" name=\"decision\""));
    assert_non_null(strstr(page, "<button id=\"cancel\" name=\"decision\""));
    assert_non_null(
        strstr(page, "<form method=\"post\" action=\"authorize\">"));
    assert_null(strstr(page, "<script"));
    assert_null(browser_location(life));
}

static void the_page_lets_a_browser_run_nothing(void **state)
{
    struct life *life = *state;
    const char *policy;

    browser_get(life, V2, ASKING "&scope=commands");
    policy = reply_header(&life->world->reply, "Content-Security-Policy");
    assert_non_null(policy);
    assert_memory_equal(policy, "default-src 'none'; style-src 'sha256-", 38);
    assert_non_null(strstr(policy, "base-uri 'none'"));
    assert_non_null(strstr(policy, "frame-ancestors 'none'"));
    assert_null(
        reply_header(&life->world->reply, "Access-Control-Allow-Origin"));
}

static void nothing_that_was_sent_is_reflected_unescaped(void **state)
{
    static const char *const queries[] = {
        ASKING "x\"'><script>&scope=commands",
        CLIENT "&scope=commands&redirect_uri=\"'><script>",
        ASKING "&scope=\"'><script>",
        ASKING "&scope=commands&nonce=\"'><script>&team=\"'><script>",
        "client_id=\"'><script>",
        ASKING "&scope=commands&code_challenge=\"'><script>",
    };
    struct life *life = *state;
    size_t number;

    for (number = 0; number < sizeof queries / sizeof *queries; number++) {
        const char *page = browser_get(life, V2, queries[number]);

        assert_null(strstr(page, "<script"));
        assert_null(strstr(page, "\"'>"));
    }
}

static void allow_leads_back_with_code_and_state(void **state)
{
    struct life *life = *state;
    const char *location;

    browser_post(life, V2, ASKING "&scope=commands&decision=allow");
    assert_number(life->world->reply.status, 302);
    location = browser_leads(life);
    assert_non_null(location);
    assert_memory_equal(location, BACK "?code=1234567890.2345678901.", 51);
    assert_string_equal(location + strlen(location) - 9, "&state=s1");
}

static void an_absent_state_comes_back_empty(void **state)
{
    struct life *life = *state;
    const char *location;

    browser_post(life, V2,
                 CLIENT "&redirect_uri=" BACK "&scope=commands&decision=allow");
    location = browser_leads(life);
    assert_string_equal(location + strlen(location) - 7, "&state=");
}

static void a_query_of_the_redirect_uri_stays_before_ours(void **state)
{
    struct life *life = *state;

    browser_post(life, V2,
                 CLIENT "&redirect_uri=" BACK "%3Fa%3D1&state=%26%20x"
                        "&scope=commands&decision=cancel");
    assert_string_equal(browser_leads(life),
                        BACK "?a=1&error=access_denied&state=%26+x" DENIED);
}

static void cancel_leads_back_with_error_state_and_description(void **state)
{
    struct life *life = *state;

    browser_post(life, V2, ASKING "&scope=commands&decision=cancel");
    assert_number(life->world->reply.status, 302);
    assert_string_equal(browser_leads(life),
                        BACK "?error=access_denied&state=s1" DENIED);
}

static void cancel_on_the_legacy_page_has_no_description(void **state)
{
    struct life *life = *state;

    browser_post(life, V1, ASKING "&scope=commands&decision=cancel");
    assert_string_equal(browser_leads(life),
                        BACK "?error=access_denied&state=s1");
}

static void a_denial_may_come_without_a_description(void **state)
{
    struct life *life = *state;

    world_load(life->world, BASE ",\"consent\":\"deny_silently\"}");
    browser_get(life, V2, ASKING "&scope=commands");
    assert_string_equal(browser_leads(life),
                        BACK "?error=access_denied&state=s1");
}

static void a_link_presses_no_button(void **state)
{
    struct life *life = *state;

    browser_get(life, V2, ASKING "&scope=commands&decision=allow");
    assert_number(life->world->reply.status, 200);
    assert_null(browser_location(life));
}

static void consent_decides_for_headless_tests(void **state)
{
    struct life *life = *state;

    world_load(life->world, BASE ",\"consent\":\"allow\"}");
    browser_get(life, V2, ASKING "&scope=commands");
    assert_non_null(strstr(browser_leads(life), "?code="));
    world_load(life->world, BASE ",\"consent\":\"deny\"}");
    browser_get(life, V2, ASKING "&scope=commands");
    assert_non_null(strstr(browser_leads(life), "?error=access_denied"));
}

static void the_person_picks_a_team_unless_the_query_names_one(void **state)
{
    struct life *life = *state;
    const char *page;

    world_load(life->world, BASE ",\"teams\":[{\"id\":\"T2\"}]}");
    page = browser_get(life, V2, ASKING "&scope=commands");
    assert_non_null(strstr(page, "<option value=\"T0TEAM\" selected>"));
    assert_non_null(strstr(page, "<option value=\"T2\">"));
    page = browser_get(life, V2, ASKING "&scope=commands&team=T2");
    assert_non_null(strstr(page, "<option value=\"T2\" selected>"));
    page = browser_get(life, V2, ASKING "&scope=commands&team=T9");
    assert_non_null(strstr(page, "<option value=\"T0TEAM\" selected>"));
}

static void
without_a_redirect_uri_the_first_configured_one_is_used(void **state)
{
    struct life *life = *state;

    world_load(life->world, APP("\"redirect_uris\":[\"https://a.example/1\","
                                "\"https://a.example/2\"]"));
    browser_post(life, V2, CLIENT "&scope=commands&decision=cancel");
    assert_memory_equal(browser_leads(life), "https://a.example/1?", 20);
}

static void
an_app_without_redirect_uris_takes_loopback_with_a_hint(void **state)
{
    struct life *life = *state;

    browser_get(life, V2, ASKING "&scope=commands");
    assert_non_null(strstr(life->world->reply.record.hint, "redirect_uris"));
    browser_get(life, V2,
                CLIENT "&scope=commands&redirect_uri=https://a.example/");
    assert_page_refused(life, "bad_redirect_uri");
    browser_get(life, V2, CLIENT "&scope=commands");
    assert_page_refused(life, "bad_redirect_uri");
    assert_non_null(strstr(
        buffer_text(&life->world->reply.body),
        "redirect_uri did not match any configured URIs. Passed URI: <"));
}

static void strict_redirects_refuse_http(void **state)
{
    struct life *life = *state;

    world_load(life->world, BASE ",\"choices\":{\"strict_redirects\":true}}");
    browser_get(life, V2, ASKING "&scope=commands");
    assert_page_refused(life, "bad_redirect_uri");
}

static void scopes_are_parted_by_commas_or_blanks(void **state)
{
    struct life *life = *state;
    const char *page =
        browser_get(life, V2, ASKING "&scope=a+b,%20c,,a&user_scope=");

    assert_non_null(strstr(page, "<li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>"));
}

static void what_slacks_own_links_carry_is_left_out(void **state)
{
    struct life *life = *state;
    const char *page = browser_get(
        life, V2,
        ASKING "&scope=a&granular_bot_scope=1&single_channel=0&tracked=1"
               "&install_redirect=&user_default=0&response_type=code"
               "&resource=x");

    assert_number(life->world->reply.status, 200);
    assert_null(strstr(page, "granular_bot_scope"));
    assert_null(strstr(page, "resource"));
}

static void the_page_for_a_persons_scopes_takes_them_in_either(void **state)
{
    struct life *life = *state;
    const char *page =
        browser_get(life, V2_USER, ASKING "&scope=a,b&user_scope=b,c");

    assert_null(strstr(page, "id=\"bot-scopes\""));
    assert_non_null(strstr(page, "<ul id=\"user-scopes\">\n<li>a</li>\n"
                                 "<li>b</li>\n<li>c</li>\n</ul>"));
}

static void an_incoming_webhook_asks_for_a_channel(void **state)
{
    struct life *life = *state;

    assert_non_null(
        strstr(browser_get(life, V2, ASKING "&scope=incoming-webhook"),
               "name=\"channel\""));
    assert_null(strstr(browser_get(life, V2, ASKING "&scope=commands"),
                       "name=\"channel\""));
    assert_null(
        strstr(browser_get(life, V2, ASKING "&scope=incoming-webhook.x"),
               "name=\"channel\""));
}

#define PUBLIC                                                                 \
    APP("\"pkce\":true,\"redirect_uris\":[\"myapp://cb\","                     \
        "\"http://localhost:3000/cb\",\"https://a.example/cb\"]")
#define CHALLENGE                                                              \
    "&code_challenge=ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU"              \
    "&code_challenge_method=S256"

static void desktop_redirects_work_with_pkce(void **state)
{
    struct life *life = *state;

    world_load(life->world, PUBLIC);
    browser_post(life, V2_USER,
                 CLIENT "&scope=chat:write&redirect_uri=myapp://cb" CHALLENGE
                        "&decision=allow");
    assert_memory_equal(browser_leads(life), "myapp://cb?code=", 16);
}

static void hex_challenges_are_a_choice(void **state)
{
    struct life *life = *state;

    world_load(life->world, BASE ",\"choices\":{\"hex_code_challenge\":true}}");
    browser_get(
        life, V2,
        ASKING
        "&scope=a&code_challenge_method=S256&code_challenge="
        "95d30169a59c418b52013315fc81bc99fdf0a7b03a116f346ab628496f349ed5");
    assert_number(life->world->reply.status, 200);
}

static void the_journal_has_pages_too(void **state)
{
    struct life *life = *state;

    browser_get(life, V2, ASKING "&scope=");
    assert_non_null(
        strstr(world_journal(life->world, ""), "\"error\":\"invalid_scope\""));
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_page_says_who_asks_for_what);
    ADD(the_page_lets_a_browser_run_nothing);
    ADD(nothing_that_was_sent_is_reflected_unescaped);
    ADD(allow_leads_back_with_code_and_state);
    ADD(an_absent_state_comes_back_empty);
    ADD(a_query_of_the_redirect_uri_stays_before_ours);
    ADD(cancel_leads_back_with_error_state_and_description);
    ADD(cancel_on_the_legacy_page_has_no_description);
    ADD(a_denial_may_come_without_a_description);
    ADD(a_link_presses_no_button);
    ADD(consent_decides_for_headless_tests);
    ADD(the_person_picks_a_team_unless_the_query_names_one);
    ADD(without_a_redirect_uri_the_first_configured_one_is_used);
    ADD(an_app_without_redirect_uris_takes_loopback_with_a_hint);
    ADD(strict_redirects_refuse_http);
    ADD(scopes_are_parted_by_commas_or_blanks);
    ADD(what_slacks_own_links_carry_is_left_out);
    ADD(the_page_for_a_persons_scopes_takes_them_in_either);
    ADD(an_incoming_webhook_asks_for_a_channel);
    ADD(desktop_redirects_work_with_pkce);
    ADD(hex_challenges_are_a_choice);
    ADD(the_journal_has_pages_too);
    return run_list("authorize pages", &list);
}
