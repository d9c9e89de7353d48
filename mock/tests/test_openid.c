/*
 * Sign in with Slack: codes, id_tokens, userInfo, and the documents that
 * libraries fetch first. The signature itself is lent to the core.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "mock/mock.h"

#define OPENID  "/openid/connect/authorize"
#define V2      "/oauth/v2/authorize"
#define V2_USER "/oauth/v2_user/authorize"
#define ALL     CLIENT "&" SECRET "&redirect_uri=" BACK
#define PUBLIC  APP("\"pkce\":true")
#define CHALLENGE                                                              \
    "&code_challenge=ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU"              \
    "&code_challenge_method=S256"

static bool sign(const unsigned char *digest,
                 unsigned char signature[SIGNATURE_SIZE])
{
    memset(signature, digest[0], SIGNATURE_SIZE);
    return true;
}

static void load(struct life *life, const char *scenario)
{
    life->world->sign = sign;
    world_load(life->world, scenario);
}

static const char *redeem(struct life *life, const char *form, const char *code)
{
    return life_call(life, "openid.connect.token", NULL,
                     browser_form(life, form, code));
}

static void a_sign_in_gives_token_and_id_token(void **state)
{
    struct life *life = *state;
    char code[128];
    const char *body;

    load(life, BASE ",\"clock\":{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":"
                    "true},\"pairs\":[{\"access_token\":\"xoxe.xoxp-1-A\","
                    "\"refresh_token\":\"xoxe-1-A\"}]}");
    browser_install(life, OPENID, ASKING "&scope=openid&nonce=n1", code);
    body = redeem(life, ALL, code);
    assert_non_null(strstr(body, "{\"ok\":true,\"access_token\":"
                                 "\"xoxe.xoxp-1-A\",\"token_type\":\"Bearer\","
                                 "\"id_token\":\"eyJhbGciOiJSUzI1NiIs"));
    assert_non_null(strstr(body, "\",\"refresh_token\":\"xoxe-1-A\","
                                 "\"expires_in\":43200}"));
    assert_non_null(strstr(browser_claims(body),
                           "{\"iss\":\"http://localhost\",\"sub\":\"U0USER\","
                           "\"aud\":\"4123121235.9872358710\",\"exp\":"
                           "1767225900,\"iat\":1767225600,\"auth_time\":"
                           "1767225600,\"nonce\":\"n1\",\"at_hash\":\""));
    assert_non_null(strstr(browser_claims(body),
                           "\",\"https://slack.com/team_id\":\"T0TEAM\","
                           "\"https://slack.com/user_id\":\"U0USER\""));
}

static void without_a_nonce_there_is_no_claim(void **state)
{
    struct life *life = *state;
    char code[128];

    load(life, BASE "}");
    browser_install(life, OPENID, ASKING "&scope=openid+email+profile", code);
    assert_null(strstr(browser_claims(redeem(life, ALL, code)), "nonce"));
}

static void email_and_profile_open_more_claims(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char code[128];
    const char *body;

    load(life, BASE ",\"teams\":[{\"id\":\"T0TEAM\"}],\"tokens\":[{\"token\":"
                    "\"xoxp-12345-67890-1928471-abcdefg\",\"scope\":\"\"}]}");
    browser_install(life, OPENID, ASKING "&scope=openid,email", code);
    life_read_pair(redeem(life, ALL, code), &pair);
    body = life_call(life, "openid.connect.userInfo", pair.access, "");
    assert_non_null(strstr(body, "{\"ok\":true,\"sub\":\"U0USER\","
                                 "\"https://slack.com/user_id\":\"U0USER\","
                                 "\"https://slack.com/team_id\":\"T0TEAM\","
                                 "\"email\":\"U0USER@example.com\","
                                 "\"email_verified\":true"));
    assert_null(strstr(body, "given_name"));
    browser_install(life, OPENID, ASKING "&scope=openid,profile", code);
    life_read_pair(redeem(life, ALL, code), &pair);
    assert_non_null(
        strstr(life_call(life, "openid.connect.userInfo", pair.access, ""),
               "\"given_name\":\"U0USER\""));
}

static void user_info_needs_openid_and_a_person(void **state)
{
    struct life *life = *state;

    assert_non_null(
        strstr(life_call(life, "openid.connect.userInfo", USER_TOKEN, ""),
               "\"error\":\"missing_scope\",\"needed\":\"openid\""));
    assert_refused(life_call(life, "openid.connect.userInfo", BOT_TOKEN, ""),
                   "not_allowed_token_type");
}

static void codes_of_other_pages_are_refused(void **state)
{
    struct life *life = *state;
    char code[128];

    load(life, BASE "}");
    browser_install(life, V2, ASKING "&user_scope=openid", code);
    assert_refused(redeem(life, ALL, code), "oauth_authorization_url_mismatch");
}

static void a_sign_in_with_rotation_is_refreshed_here_too(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char code[128];
    char form[512];
    const char *body;

    load(life, BASE "}");
    browser_install(life, OPENID, ASKING "&scope=openid", code);
    life_read_pair(redeem(life, ALL, code), &pair);
    snprintf(form, sizeof form,
             CLIENT "&" SECRET "&grant_type=refresh_token&refresh_token=%s",
             pair.refresh);
    body = life_call(life, "openid.connect.token", NULL, form);
    life_read_pair(body, &pair);
    assert_non_null(
        strstr(body, "\"token_type\":\"Bearer\",\"refresh_token\":"));
    assert_token_is(life, pair.access, NULL);
}

static void user_access_gives_an_id_token_only_to_openid(void **state)
{
    struct life *life = *state;
    char code[128];

    load(life, BASE "}");
    browser_install(life, V2_USER, ASKING "&scope=openid&nonce=n2", code);
    assert_non_null(
        strstr(browser_claims(life_call(life, "oauth.v2.user.access", NULL,
                                        browser_form(life, ALL, code))),
               "\"nonce\":\"n2\""));
    browser_install(life, V2_USER, ASKING "&scope=chat:write", code);
    assert_null(strstr(life_call(life, "oauth.v2.user.access", NULL,
                                 browser_form(life, ALL, code)),
                       "id_token"));
}

static void a_public_client_sends_its_verifier_alone(void **state)
{
    struct life *life = *state;
    char code[128];

    load(life, PUBLIC);
    browser_install(life, OPENID, ASKING "&scope=openid" CHALLENGE, code);
    assert_refused(redeem(life, ALL "&code_verifier=secretpassword", code),
                   "internal_error");
    assert_refused(
        redeem(life, CLIENT "&redirect_uri=" BACK "&code_verifier=x", code),
        "invalid_grant");
    assert_non_null(strstr(redeem(life,
                                  CLIENT "&redirect_uri=" BACK
                                         "&code_verifier=secretpassword",
                                  code),
                           "\"ok\":true"));
}

static void a_confidential_client_needs_its_secret(void **state)
{
    struct life *life = *state;
    char code[128];

    load(life, BASE "}");
    browser_install(life, OPENID, ASKING "&scope=openid" CHALLENGE, code);
    assert_refused(redeem(life,
                          CLIENT "&redirect_uri=" BACK
                                 "&code_verifier=secretpassword",
                          code),
                   "bad_client_secret");
}

static void without_tls_nothing_is_signed_and_nothing_burnt(void **state)
{
    struct life *life = *state;
    char code[128];

    browser_install(life, OPENID, ASKING "&scope=openid", code);
    assert_refused(redeem(life, ALL, code), "internal_error");
    assert_non_null(strstr(life->world->reply.record.hint, "without TLS"));
    assert_false(life->world->reply.record.committed);
}

static void the_discovery_document_names_the_mock_as_it_was_named(void **state)
{
    struct life *life = *state;
    const struct request_header host = {"Host", "127.0.0.1:8080"};
    struct request request = {
        .verb = VERB_GET,
        .verb_name = "GET",
        .method = "",
        .headers = &host,
        .header_count = 1,
        .is_secure = true,
        .sandbox = "box/more",
        .sandbox_length = 3,
        .host_time = HOST_TIME,
    };
    struct reply *reply = &life->world->reply;

    assert_true(mock_show_page(life->world->mock, &request,
                               "/.well-known/openid-configuration", reply));
    assert_non_null(strstr(
        buffer_text(&reply->body),
        "{\"issuer\":\"https://127.0.0.1:8080/sandbox/box\","
        "\"authorization_endpoint\":\"https://127.0.0.1:8080/sandbox/box/"
        "openid/connect/authorize\",\"token_endpoint\":"
        "\"https://127.0.0.1:8080/sandbox/box/api/openid.connect.token\""));
    assert_true(mock_show_page(life->world->mock, &request,
                               "/openid/connect/keys", reply));
    assert_non_null(strstr(buffer_text(&reply->body),
                           "{\"keys\":[{\"e\":\"AQAB\",\"n\":\""));
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_sign_in_gives_token_and_id_token);
    ADD(without_a_nonce_there_is_no_claim);
    ADD(email_and_profile_open_more_claims);
    ADD(user_info_needs_openid_and_a_person);
    ADD(codes_of_other_pages_are_refused);
    ADD(a_sign_in_with_rotation_is_refreshed_here_too);
    ADD(user_access_gives_an_id_token_only_to_openid);
    ADD(a_public_client_sends_its_verifier_alone);
    ADD(a_confidential_client_needs_its_secret);
    ADD(without_tls_nothing_is_signed_and_nothing_burnt);
    ADD(the_discovery_document_names_the_mock_as_it_was_named);
    return run_list("OpenID", &list);
}
