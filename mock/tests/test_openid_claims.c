/*
 * What Sign in with Slack tells of a person: names and orders are those of a
 * real id_token and of the pages of Slack's methods.
 */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "browser.h"
#include "check.h"
#include "methods/openid_key.h"

#define OPENID "/openid/connect/authorize"
#define ALL    CLIENT "&" SECRET "&redirect_uri=" BACK
#define WORLD                                                                  \
    "\"clock\":{\"at\":\"2026-01-01T00:00:00Z\",\"frozen\":true},"             \
    "\"tokens\":[{\"token\":\"" USER_TOKEN "\",\"scope\":\"\"}],\"pairs\":"    \
    "[{\"access_token\":\"xoxe.xoxp-1-A\",\"refresh_token\":\"xoxe-1-A\"}]"
#define IMAGE(size)                                                            \
    "\"https://slack.com/user_image_" size                                     \
    "\":\"https://example.com/U0USER.png\","
#define TEAM_IMAGE(size)                                                       \
    "\"https://slack.com/team_image_" size                                     \
    "\":\"https://example.com/T0TEAM.png\","
#define EMAIL                                                                  \
    "\"email\":\"U0USER@example.com\",\"email_verified\":true,"                \
    "\"date_email_verified\":1609459200,"
#define NAME                                                                   \
    "\"name\":\"U0USER\",\"picture\":\"https://example.com/U0USER.png\","      \
    "\"given_name\":\"U0USER\",\"family_name\":\"\","
#define TEAM                                                                   \
    "\"https://slack.com/team_name\":\"Example\","                             \
    "\"https://slack.com/team_domain\":\"example\","
#define IMAGES                                                                 \
    IMAGE("24")                                                                \
    IMAGE("32")                                                                \
    IMAGE("48")                                                                \
    IMAGE("72")                                                                \
    IMAGE("192")                                                               \
    IMAGE("512")                                                               \
    TEAM_IMAGE("34")                                                           \
    TEAM_IMAGE("44")                                                           \
    TEAM_IMAGE("68")                                                           \
    TEAM_IMAGE("88")                                                           \
    TEAM_IMAGE("102")                                                          \
    TEAM_IMAGE("132")                                                          \
    TEAM_IMAGE("230") "\"https://slack.com/team_image_default\":true}"

static bool sign(const unsigned char *digest,
                 unsigned char signature[SIGNATURE_SIZE])
{
    memset(signature, digest[0], SIGNATURE_SIZE);
    return true;
}

/* The body of openid.connect.token in a world with more keys. */
static const char *sign_in(struct life *life, const char *keys,
                           const char *scope)
{
    char text[1024];
    char code[128];

    life->world->sign = sign;
    snprintf(text, sizeof text, WITH(WORLD "%s"), keys);
    world_load(life->world, text);
    snprintf(text, sizeof text, ASKING "&scope=%s", scope);
    browser_install(life, OPENID, text, code);
    return life_call(life, "openid.connect.token", NULL,
                     browser_form(life, ALL, code));
}

static const char *user_info(struct life *life)
{
    return life_call(life, "openid.connect.userInfo", "xoxe.xoxp-1-A", "");
}

/* ---- the id_token ---- */

static void its_header_names_algorithm_type_and_key(void **state)
{
    assert_string_equal(
        browser_token_header(sign_in(*state, "", "openid")),
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" OPENID_KEY_ID "\"}");
}

static void at_hash_is_the_left_half_of_the_tokens_digest(void **state)
{
    static const char name[] = "\"at_hash\":\"";
    const char *claims = browser_claims(sign_in(*state, "", "openid"));
    const char *hash = strstr(claims, name);
    unsigned char digest[SHA256_SIZE];
    struct buffer half = BUFFER_INIT;
    char wanted[32];

    sha256("xoxe.xoxp-1-A", strlen("xoxe.xoxp-1-A"), digest);
    base64_url_encode(digest, SHA256_SIZE / 2, &half);
    snprintf(wanted, sizeof wanted, "%s", buffer_text(&half));
    buffer_free(&half);
    assert_number(strlen(wanted), 22);
    assert_non_null(hash);
    assert_memory_equal(hash + strlen(name), wanted, 22);
    assert_int_equal(hash[strlen(name) + 22], '"');
}

static void it_lives_for_300_seconds_from_the_sign_in(void **state)
{
    assert_non_null(strstr(browser_claims(sign_in(*state, "", "openid")),
                           "\"exp\":1767225900,\"iat\":1767225600,"
                           "\"auth_time\":1767225600,"));
}

static void openid_alone_tells_nothing_but_ids(void **state)
{
    const char *claims = browser_claims(sign_in(*state, "", "openid"));
    const char *last = "\"https://slack.com/user_id\":\"U0USER\"}";

    assert_string_equal(claims + strlen(claims) - strlen(last), last);
}

static void the_id_token_tells_of_the_person_in_its_order(void **state)
{
    const char *claims =
        browser_claims(sign_in(*state, "", "openid,email,profile"));
    const char *start = strstr(claims, "\"email\"");

    assert_non_null(start);
    assert_string_equal(start, EMAIL "\"locale\":\"en-US\"," NAME TEAM IMAGES);
}

/* ---- userInfo ---- */

static void user_info_tells_of_the_person_in_its_order(void **state)
{
    struct life *life = *state;

    sign_in(life, "", "openid,email,profile");
    assert_string_equal(user_info(life),
                        "{\"ok\":true,\"sub\":\"U0USER\","
                        "\"https://slack.com/user_id\":\"U0USER\","
                        "\"https://slack.com/team_id\":\"T0TEAM\"," EMAIL NAME
                        "\"locale\":\"en-US\"," TEAM IMAGES);
}

static void user_info_tells_of_the_organisation(void **state)
{
    struct life *life = *state;

    sign_in(life,
            ",\"teams\":[{\"id\":\"T0TEAM\",\"enterprise\":{\"id\":\"E0ORG\","
            "\"name\":\"Org\"}}]",
            "openid,profile");
    assert_non_null(strstr(user_info(life),
                           TEAM "\"https://slack.com/enterprise_id\":"
                                "\"E0ORG\",\"https://slack.com/"
                                "enterprise_name\":\"Org\",\"https://"
                                "slack.com/enterprise_domain\":"
                                "\"e0org\","));
}

static void a_token_in_the_header_beats_one_in_the_body(void **state)
{
    struct life *life = *state;

    sign_in(life, "", "openid");
    assert_non_null(strstr(life_call(life, "openid.connect.userInfo",
                                     "xoxe.xoxp-1-A", "token=" BOT_TOKEN),
                           "\"sub\":\"U0USER\""));
    assert_refused(life_call(life, "openid.connect.userInfo", BOT_TOKEN,
                             "token=xoxe.xoxp-1-A"),
                   "not_allowed_token_type");
    assert_non_null(strstr(
        life_call(life, "openid.connect.userInfo", NULL, "token=xoxe.xoxp-1-A"),
        "\"sub\":\"U0USER\""));
}

/* ---- what libraries fetch first ---- */

static void
the_discovery_document_has_slacks_fields_in_their_order(void **state)
{
    assert_string_equal(
        browser_get(*state, "/.well-known/openid-configuration", ""),
        "{\"issuer\":\"http://localhost\",\"authorization_endpoint\":"
        "\"http://localhost/openid/connect/authorize\",\"token_endpoint\":"
        "\"http://localhost/api/openid.connect.token\",\"userinfo_endpoint\":"
        "\"http://localhost/api/openid.connect.userInfo\",\"jwks_uri\":"
        "\"http://localhost/openid/connect/keys\",\"scopes_supported\":"
        "[\"openid\",\"profile\",\"email\"],\"response_types_supported\":"
        "[\"code\"],\"response_modes_supported\":[\"form_post\"],"
        "\"grant_types_supported\":[\"authorization_code\"],"
        "\"subject_types_supported\":[\"public\"],"
        "\"id_token_signing_alg_values_supported\":[\"RS256\"],"
        "\"claims_supported\":[\"sub\",\"auth_time\",\"iss\"],"
        "\"claims_parameter_supported\":false,"
        "\"request_parameter_supported\":false,"
        "\"request_uri_parameter_supported\":true,"
        "\"token_endpoint_auth_methods_supported\":[\"client_secret_post\","
        "\"client_secret_basic\"]}");
}

static void one_key_is_published_without_its_use(void **state)
{
    assert_string_equal(browser_get(*state, "/openid/connect/keys", ""),
                        "{\"keys\":[{\"e\":\"AQAB\",\"n\":\"" OPENID_KEY_MODULUS
                        "\",\"kty\":\"RSA\",\"kid\":\"" OPENID_KEY_ID
                        "\",\"alg\":\"RS256\"}]}");
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(its_header_names_algorithm_type_and_key);
    ADD(at_hash_is_the_left_half_of_the_tokens_digest);
    ADD(it_lives_for_300_seconds_from_the_sign_in);
    ADD(openid_alone_tells_nothing_but_ids);
    ADD(the_id_token_tells_of_the_person_in_its_order);
    ADD(user_info_tells_of_the_person_in_its_order);
    ADD(user_info_tells_of_the_organisation);
    ADD(a_token_in_the_header_beats_one_in_the_body);
    ADD(the_discovery_document_has_slacks_fields_in_their_order);
    ADD(one_key_is_published_without_its_use);
    return run_list("OpenID claims", &list);
}
