/*
 * The methods beside oauth.v2.access that give tokens, and the small ones.
 * Bodies are those of Slack's reference pages and of live reports.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define V2      "/oauth/v2/authorize"
#define V2_USER "/oauth/v2_user/authorize"
#define V1      "/oauth/authorize"
#define ALL     CLIENT "&" SECRET "&redirect_uri=" BACK
#define FROZEN                                                                 \
    BASE ",\"clock\":{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":true}"
#define TOKENS                                                                 \
    ",\"pairs\":[{\"access_token\":\"xoxe.xoxp-1-A\",\"refresh_token\":"       \
    "\"xoxe-1-A\"}]"

static const char *redeem(struct life *life, const char *method,
                          const char *form, const char *code)
{
    return life_call(life, method, NULL, browser_form(life, form, code));
}

/* The body of an exchange of a new code of the user page. */
static const char *user_access(struct life *life, const char *choices)
{
    char scenario[512];
    char code[128];

    snprintf(scenario, sizeof scenario, BASE TOKENS ",\"choices\":{%s}}",
             choices);
    world_load(life->world, scenario);
    browser_install(life, V2_USER, ASKING "&scope=chat:write", code);
    return redeem(life, "oauth.v2.user.access", ALL, code);
}

static void user_access_answers_the_fields_of_all_reports(void **state)
{
    assert_string_equal(
        user_access(*state, ""),
        "{\"ok\":true,\"app_id\":\"A0APP\",\"authed_user\":{\"id\":\"U0USER\","
        "\"scope\":\"chat:write,users:read\",\"access_token\":\"xoxe.xoxp-1-"
        "A\","
        "\"token_type\":\"user\"},\"scope\":\"chat:write,users:read\",\"token_"
        "type\":"
        "\"user\",\"access_token\":\"xoxe.xoxp-1-A\",\"user_id\":\"U0USER\","
        "\"refresh_token\":\"xoxe-1-A\",\"expires_in\":43200,\"team\":{\"id\":"
        "\"T0TEAM\",\"name\":\"Example\"},\"enterprise\":null,"
        "\"is_enterprise_install\":false}");
}

static void user_access_can_have_the_shape_of_the_schema(void **state)
{
    assert_string_equal(
        user_access(*state, "\"user_access_shape\":\"schema\""),
        "{\"ok\":true,\"access_token\":\"xoxe.xoxp-1-A\",\"token_type\":"
        "\"user\",\"scope\":\"chat:write,users:read\",\"user_id\":\"U0USER\","
        "\"app_id\":"
        "\"A0APP\",\"is_enterprise_install\":false,\"refresh_token\":"
        "\"xoxe-1-A\",\"expires_in\":43200,\"team\":{\"id\":\"T0TEAM\","
        "\"name\":\"Example\"},\"enterprise\":null}");
}

static void user_access_can_have_the_shape_of_the_sample(void **state)
{
    assert_string_equal(
        user_access(*state, "\"user_access_shape\":\"sample\""),
        "{\"ok\":true,\"access_token\":\"xoxe.xoxp-1-A\",\"token_type\":"
        "\"user\",\"authed_user\":{\"id\":\"U0USER\",\"scope\":\"chat:write,"
        "users:read\"},"
        "\"team\":{\"id\":\"T0TEAM\"}}");
}

static void user_access_refreshes_too(void **state)
{
    struct life *life = *state;
    struct pair pair;

    user_access(life, "");
    life_read_pair(life_call(life, "oauth.v2.user.access", NULL,
                             CLIENT "&" SECRET "&grant_type=refresh_token"
                                    "&refresh_token=xoxe-1-A"),
                   &pair);
    assert_token_is(life, pair.access, NULL);
}

static void user_access_refuses_codes_of_other_pages(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V2, ASKING "&user_scope=chat:write", code);
    assert_refused(redeem(life, "oauth.v2.user.access", ALL, code),
                   "oauth_authorization_url_mismatch");
}

static void user_access_refuses_a_code_that_gives_a_person_nothing(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
                    "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\"}}]}");
    assert_refused(redeem(life, "oauth.v2.user.access", CLIENT "&" SECRET, "c"),
                   "no_user_scopes");
}

static void a_classic_app_gets_tokens_that_never_expire(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *body;

    browser_install(life, V1, ASKING "&scope=bot,commands", code);
    body = redeem(life, "oauth.access", ALL, code);
    assert_string_equal(
        body,
        "{\"ok\":true,\"access_token\":\"" USER_TOKEN "\",\"scope\":"
        "\"chat:write,users:read,identify,bot,commands\",\"user_id\":\"U0USER\""
        ",\"team_name\":\"Example\",\"team_id\":\"T0TEAM\",\"enterprise_id\":"
        "null,\"bot\":{\"bot_user_id\":\"U0BOT\",\"bot_access_token\":"
        "\"" BOT_TOKEN "\"}}");
}

static void oauth_access_tells_of_the_webhook_in_its_own_order(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V1, ASKING "&scope=incoming-webhook&channel=%23a",
                    code);
    assert_non_null(
        strstr(redeem(life, "oauth.access", ALL, code),
               "\"enterprise_id\":null,\"incoming_webhook\":{\"url\":"
               "\"http://localhost/services/T0TEAM/B0WEBHOOK/SLACKMOCKFAKE\","
               "\"channel\":\"#a\",\"configuration_url\":"
               "\"https://example.slack.com/services/B0WEBHOOK\"}}"));
}

static void oauth_access_says_that_a_code_was_used(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, V1, ASKING "&scope=commands", code);
    redeem(life, "oauth.access", ALL, code);
    assert_refused(redeem(life, "oauth.access", ALL, code),
                   "code_already_used");
    browser_install(life, V2, ASKING "&scope=commands", code);
    assert_refused(redeem(life, "oauth.access", ALL, code),
                   "oauth_authorization_url_mismatch");
}

static void a_configuration_token_rotates_once_for_12_hours(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               FROZEN ",\"tokens\":[{\"token\":\"xoxe.xoxp-1-C\","
                      "\"refresh_token\":\"xoxe-1-C\",\"expires_in\":60,"
                      "\"app\":\"A0APP\",\"team\":\"T0TEAM\"}]" TOKENS "}");
    assert_string_equal(
        life_call(life, "tooling.tokens.rotate", NULL,
                  "refresh_token=xoxe-1-C"),
        "{\"ok\":true,\"token\":\"xoxe.xoxp-1-A\",\"refresh_token\":"
        "\"xoxe-1-A\",\"team_id\":\"T0TEAM\",\"user_id\":\"U0USER\",\"iat\":"
        "1767225600,\"exp\":1767268800}");
    assert_refused(life_call(life, "tooling.tokens.rotate", NULL,
                             "refresh_token=xoxe-1-C"),
                   "invalid_refresh_token");
    assert_token_is(life, "xoxe.xoxp-1-A", NULL);
}

static void api_test_tells_what_was_sent_in_its_order(void **state)
{
    struct life *life = *state;

    assert_string_equal(life_call(life, "api.test", NULL, ""),
                        "{\"ok\":true,\"args\":{}}");
    assert_string_equal(life_call(life, "api.test", NULL, "foo=1&bar=x"),
                        "{\"ok\":true,\"args\":{\"foo\":\"1\",\"bar\":\"x\"}}");
    assert_string_equal(
        life_call(life, "api.test", NULL, "error=my_error&foo=bar"),
        "{\"ok\":false,\"error\":\"my_error\",\"args\":{\"error\":\"my_error\","
        "\"foo\":\"bar\"}}");
}

static void api_test_tells_of_a_query_of_json_and_of_the_token(void **state)
{
    static const char json[] = "{\"foo\":\"1\",\"token\":\"xoxb-1\"}";
    const struct request_header type = {"Content-Type",
                                        "application/json; charset=utf-8"};
    const struct request by_query = {.verb = VERB_GET,
                                     .method = "api.test",
                                     .query = "b=2&a=1&token=xoxb-1",
                                     .query_length = 20,
                                     .host_time = HOST_TIME};
    const struct request by_json = {.verb = VERB_POST,
                                    .method = "api.test",
                                    .headers = &type,
                                    .header_count = 1,
                                    .body = json,
                                    .body_length = strlen(json),
                                    .host_time = HOST_TIME};
    struct life *life = *state;

    assert_string_equal(world_call(life->world, &by_query),
                        "{\"ok\":true,\"args\":{\"b\":\"2\",\"a\":\"1\","
                        "\"token\":\"xoxb-1\"}}");
    assert_string_equal(
        world_call(life->world, &by_json),
        "{\"ok\":true,\"args\":{\"foo\":\"1\",\"token\":\"xoxb-1\"}}");
    assert_null(strstr(world_journal(life->world, ""), "\"xoxb-1\""));
}

static void auth_teams_list_has_the_tokens_team_on_one_page(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        life_call(life, "auth.teams.list", BOT_TOKEN, ""),
        "{\"ok\":true,\"teams\":[{\"name\":\"Example\",\"id\":\"T0TEAM\"}],"
        "\"response_metadata\":{\"next_cursor\":\"\"}}");
    assert_non_null(strstr(life_call(life, "auth.teams.list", BOT_TOKEN,
                                     "include_icon=true&limit=1000"),
                           "\"icon\":{\"image_34\":\"https://example.slack.com/"
                           "icon.png\""));
    assert_refused(life_call(life, "auth.teams.list", BOT_TOKEN, "limit=1001"),
                   "invalid_limit");
    assert_refused(life_call(life, "auth.teams.list", BOT_TOKEN, "limit=0"),
                   "invalid_limit");
    assert_refused(life_call(life, "auth.teams.list", BOT_TOKEN, "cursor=x"),
                   "invalid_cursor");
    assert_refused(life_call(life, "auth.teams.list", NULL, ""), "not_authed");
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(user_access_answers_the_fields_of_all_reports);
    ADD(user_access_can_have_the_shape_of_the_schema);
    ADD(user_access_can_have_the_shape_of_the_sample);
    ADD(user_access_refreshes_too);
    ADD(user_access_refuses_codes_of_other_pages);
    ADD(user_access_refuses_a_code_that_gives_a_person_nothing);
    ADD(a_classic_app_gets_tokens_that_never_expire);
    ADD(oauth_access_tells_of_the_webhook_in_its_own_order);
    ADD(oauth_access_says_that_a_code_was_used);
    ADD(a_configuration_token_rotates_once_for_12_hours);
    ADD(api_test_tells_what_was_sent_in_its_order);
    ADD(api_test_tells_of_a_query_of_json_and_of_the_token);
    ADD(auth_teams_list_has_the_tokens_team_on_one_page);
    return run_list("other grants", &list);
}
