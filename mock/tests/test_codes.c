/*
 * What a code of an authorize page is good for, and for how long
 * (docs.slack.dev, "Installing with OAuth"; live reports).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "mock/webhook.h"

#define V2                "/oauth/v2/authorize"
#define V2_USER           "/oauth/v2_user/authorize"
#define V1                "/oauth/authorize"
#define REDIRECT          "&redirect_uri=" BACK
#define CLIENT_AND_SECRET CLIENT "&" SECRET
#define ALL               CLIENT_AND_SECRET REDIRECT
#define ONE_URI           APP("\"redirect_uris\":[\"" BACK "\"]")
#define TWO_URIS          APP("\"redirect_uris\":[\"" BACK "\",\"https://a.example/\"]")

static const char *redeem(struct life *life, const char *form, const char *code)
{
    return life_call(life, "oauth.v2.access", NULL,
                     browser_form(life, form, code));
}

static void assert_begins(const char *body, const char *start)
{
    char shown[256];

    snprintf(shown, sizeof shown, "%.*s", (int)strlen(start), body);
    assert_string_equal(shown, start);
}

static void assert_ok(const char *body)
{
    if (!strstr(body, "\"ok\":true"))
        print_error("%s\n", body);
    assert_non_null(strstr(body, "\"ok\":true"));
}

static void bot_scopes_give_a_bot_token_alone(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *body;

    browser_install(life, V2, ASKING "&scope=commands,chat:write", code);
    body = redeem(life, ALL, code);
    assert_begins(body,
                  "{\"ok\":true,\"app_id\":\"A0APP\",\"authed_user\":{"
                  "\"id\":\"U0USER\"},\"scope\":\"commands,chat:write\","
                  "\"token_type\":\"bot\",\"access_token\":\"xoxe.xoxb-1-");
    assert_non_null(strstr(body, "\"bot_user_id\":\"U0BOT\""));
}

static void user_scopes_give_nothing_at_the_top(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *body;

    browser_install(life, V2, ASKING "&user_scope=chat:write,users:read", code);
    body = redeem(life, ALL, code);
    assert_begins(
        body,
        "{\"ok\":true,\"app_id\":\"A0APP\",\"authed_user\":{\"id\":\"U0USER\","
        "\"scope\":\"chat:write,users:read\",\"token_type\":\"user\","
        "\"access_token\":\"xoxe.xoxp-1-");
    assert_non_null(strstr(body, "},\"team\":{\"id\":\"T0TEAM\",\"name\":"
                                 "\"Example\"},\"enterprise\":null,"
                                 "\"is_enterprise_install\":false}"));
    assert_null(strstr(body, "bot_user_id"));
}

static void an_incoming_webhook_comes_last_with_its_channel(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2,
                    ASKING "&scope=incoming-webhook&channel=%23alerts", code);
    assert_non_null(
        strstr(redeem(life, ALL, code),
               "\"is_enterprise_install\":false,\"incoming_webhook\":{"
               "\"channel\":\"#alerts\",\"channel_id\":\"C0CHANNEL\","
               "\"configuration_url\":\"https://example.slack.com/services/"
               "B0WEBHOOK\",\"url\":\"http://localhost/services/T0TEAM/"
               "B0WEBHOOK/SLACKMOCKFAKE\"}}"));
}

#define HOOKED                                                                 \
    BASE ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","  \
         "\"bot\":{\"user\":\"U0BOT\",\"scope\":\"incoming-webhook\"},"        \
         "\"incoming_webhook\":\"#alerts\"}]}"

/* What is posted to the URL of the last reply. */
static const char *post_to_webhook(struct life *life)
{
    static const char message[] = "{\"text\":\"hi\"}";
    const struct request_header type = {"Content-Type", "application/json"};
    struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .headers = &type,
        .header_count = 1,
        .body = message,
        .body_length = strlen(message),
        .host_time = HOST_TIME,
    };
    char path[128];
    const char *url = strstr(buffer_text(&life->world->reply.body),
                             "\"url\":\"http://localhost/services/");

    assert_non_null(url);
    url += strlen("\"url\":\"http://localhost/services/");
    snprintf(path, sizeof path, "%.*s", (int)strcspn(url, "\""), url);
    request.method = path;
    webhook_handle(life->world->mock, &request, &life->world->reply);
    return buffer_text(&life->world->reply.body);
}

static void a_scenarios_code_may_bring_a_webhook_that_takes_posts(void **state)
{
    struct life *life = *state;

    world_load(life->world, HOOKED);
    assert_non_null(strstr(redeem(life, CLIENT "&" SECRET, "c"),
                           "\"incoming_webhook\":{\"channel\":\"#alerts\","));
    assert_string_equal(post_to_webhook(life), "ok");
}

static void without_its_scope_there_is_no_webhook(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2, ASKING "&scope=commands&channel=%23x", code);
    assert_null(strstr(redeem(life, ALL, code), "incoming_webhook"));
}

static void a_code_serves_once(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_ok(redeem(life, ALL, code));
    assert_refused(redeem(life, ALL, code), "invalid_code");
}

static void a_code_is_good_for_ten_minutes_of_the_mocks_clock(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2, ASKING "&scope=commands", code);
    life_pass(life, 599);
    browser_install(life, V2, ASKING "&scope=commands", code);
    life_pass(life, 599);
    assert_ok(redeem(life, ALL, code));
    browser_install(life, V2, ASKING "&scope=commands", code);
    life_pass(life, 600);
    assert_refused(redeem(life, ALL, code), "invalid_code");
}

static void a_failed_exchange_burns_nothing(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_refused(redeem(life, CLIENT "&client_secret=x" REDIRECT, code),
                   "bad_client_secret");
    assert_refused(
        redeem(life, CLIENT_AND_SECRET "&redirect_uri=http://localhost/", code),
        "bad_redirect_uri");
    assert_refused(redeem(life, ALL "&code_verifier=x", code),
                   "invalid_code_verifier");
    assert_ok(redeem(life, ALL, code));
}

static void another_redirect_uri_is_refused(void **state)
{
    struct life *life = *state;
    char code[128];

    world_load(life->world, ONE_URI);
    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_refused(redeem(life, ALL "/", code), "bad_redirect_uri");
    assert_non_null(strstr(life->world->reply.record.hint, BACK));
}

static void the_redirect_uri_may_be_left_out_with_one_configured(void **state)
{
    struct life *life = *state;
    char code[128];

    world_load(life->world, ONE_URI);
    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_ok(redeem(life, CLIENT_AND_SECRET, code));
}

static void the_redirect_uri_must_be_sent_with_several_configured(void **state)
{
    struct life *life = *state;
    char code[128];

    world_load(life->world, TWO_URIS);
    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_refused(redeem(life, CLIENT_AND_SECRET, code), "bad_redirect_uri");
    browser_install(life, V2, CLIENT "&scope=commands", code);
    assert_refused(redeem(life, CLIENT_AND_SECRET, code), "bad_redirect_uri");
}

static void a_redirect_uri_sent_only_here_must_be_the_one_used(void **state)
{
    struct life *life = *state;
    char code[128];

    world_load(life->world, ONE_URI);
    browser_install(life, V2, CLIENT "&scope=commands", code);
    assert_refused(redeem(life, ALL "2", code), "bad_redirect_uri");
    assert_ok(redeem(life, ALL, code));
}

static void another_apps_code_is_unknown(void **state)
{
    struct life *life = *state;
    char code[128];

    world_load(life->world, TWO_APPS);
    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_refused(redeem(life, "client_id=1.2&client_secret=s" REDIRECT, code),
                   "invalid_code");
}

static void a_code_of_the_legacy_page_is_for_oauth_access_alone(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V1, ASKING "&scope=commands", code);
    assert_refused(redeem(life, ALL, code), "oauth_authorization_url_mismatch");
}

static void a_code_of_the_user_page_passes_at_oauth_v2_access(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2_USER, ASKING "&scope=chat:write", code);
    assert_ok(redeem(life, ALL, code));
}

static void a_scenarios_code_may_be_bound_too(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
                    "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\"},\"redirect_uri\":"
                    "\"" BACK "\",\"code_challenge\":"
                    "\"ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU\"}]}");
    assert_refused(redeem(life, CLIENT_AND_SECRET "&redirect_uri=x", "c"),
                   "bad_redirect_uri");
    assert_refused(redeem(life, ALL, "c"), "invalid_code_verifier");
    assert_ok(redeem(life, ALL "&code_verifier=secretpassword", "c"));
}

static void installing_anew_adds_scopes_up_and_keeps_the_token(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *body;

    world_load(life->world, APP("\"token_rotation\":false"));
    browser_install(life, V2, ASKING "&scope=users:read", code);
    body = redeem(life, ALL, code);
    assert_non_null(strstr(body, "\"scope\":\"commands,chat:write,users:read\""
                                 ",\"token_type\":\"bot\",\"access_token\":"
                                 "\"" BOT_TOKEN "\""));
    assert_ok(life_call(life, "apps.uninstall", BOT_TOKEN, CLIENT_AND_SECRET));
    browser_install(life, V2, ASKING "&scope=users:read", code);
    body = redeem(life, ALL, code);
    assert_non_null(strstr(body, "\"scope\":\"users:read\""));
    assert_null(strstr(body, BOT_TOKEN));
    assert_token_is(life, BOT_TOKEN, "invalid_auth");
}

static void codes_outlive_a_change_of_the_scenario(void **state)
{
    struct life *life = *state;
    const char *patch = "{\"refresh_grace\":1}";
    const struct request request = {
        .verb = VERB_PATCH,
        .verb_name = "PATCH",
        .method = "scenario",
        .body = patch,
        .body_length = strlen(patch),
        .host_time = HOST_TIME,
    };
    char code[128];

    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_ok(world_control(life->world, &request));
    assert_ok(redeem(life, ALL, code));
}

static void many_codes_push_out_the_oldest(void **state)
{
    struct life *life = *state;
    char first[128], last[128];
    int number;

    browser_install(life, V2, ASKING "&scope=commands", first);
    for (number = 0; number < 1000; number++)
        browser_install(life, V2, ASKING "&scope=commands", last);
    assert_refused(redeem(life, ALL, first), "invalid_code");
    assert_ok(redeem(life, ALL, last));
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(bot_scopes_give_a_bot_token_alone);
    ADD(user_scopes_give_nothing_at_the_top);
    ADD(an_incoming_webhook_comes_last_with_its_channel);
    ADD(a_scenarios_code_may_bring_a_webhook_that_takes_posts);
    ADD(without_its_scope_there_is_no_webhook);
    ADD(a_code_serves_once);
    ADD(a_code_is_good_for_ten_minutes_of_the_mocks_clock);
    ADD(a_failed_exchange_burns_nothing);
    ADD(another_redirect_uri_is_refused);
    ADD(the_redirect_uri_may_be_left_out_with_one_configured);
    ADD(the_redirect_uri_must_be_sent_with_several_configured);
    ADD(a_redirect_uri_sent_only_here_must_be_the_one_used);
    ADD(another_apps_code_is_unknown);
    ADD(a_code_of_the_legacy_page_is_for_oauth_access_alone);
    ADD(a_code_of_the_user_page_passes_at_oauth_v2_access);
    ADD(a_scenarios_code_may_be_bound_too);
    ADD(installing_anew_adds_scopes_up_and_keeps_the_token);
    ADD(codes_outlive_a_change_of_the_scenario);
    ADD(many_codes_push_out_the_oldest);
    return run_list("codes", &list);
}
