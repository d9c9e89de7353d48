/*
 * Public clients (docs.slack.dev, "Using PKCE"): who must send what, and what
 * becomes of their tokens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "check.h"

#define V2       "/oauth/v2/authorize"
#define REDIRECT "&redirect_uri=" BACK
#define DESKTOP  "&redirect_uri=myapp://cb"
#define WEB      "&redirect_uri=https://a.example/cb"
#define PUBLIC(keys)                                                           \
    APP("\"pkce\":true,\"redirect_uris\":[\"myapp://cb\",\"" BACK              \
        "\",\"https://a.example/cb\"]" keys)
#define CHALLENGE                                                              \
    "&code_challenge=ldMBaaWcQYtSATMV_IG8mf3wp7A6EW80arYoSW80ntU"              \
    "&code_challenge_method=S256"
#define VERIFIER "&code_verifier=secretpassword"
#define DAY      (24 * HOUR)

static const char *redeem(struct life *life, const char *form, const char *code)
{
    return life_call(life, "oauth.v2.access", NULL,
                     browser_form(life, form, code));
}

/* Installs for a person; the code. */
static const char *install(struct life *life, const char *query)
{
    static char code[128];
    char form[1024];

    snprintf(form, sizeof form, CLIENT "&user_scope=chat:write%s", query);
    browser_install(life, V2, form, code);
    return code;
}

static void assert_ok(const char *body)
{
    if (!strstr(body, "\"ok\":true"))
        print_error("%s\n", body);
    assert_non_null(strstr(body, "\"ok\":true"));
}

static void a_verifier_takes_the_place_of_the_secret(void **state)
{
    struct life *life = *state;

    world_load(life->world, PUBLIC(""));
    assert_ok(redeem(life, CLIENT WEB VERIFIER, install(life, WEB CHALLENGE)));
}

static void a_wrong_verifier_is_refused_and_burns_nothing(void **state)
{
    struct life *life = *state;
    const char *code;

    world_load(life->world, PUBLIC(""));
    code = install(life, WEB CHALLENGE);
    assert_refused(redeem(life, CLIENT WEB "&code_verifier=x", code),
                   "invalid_code_verifier");
    assert_ok(redeem(life, CLIENT WEB VERIFIER, code));
}

static void an_absent_verifier_is_a_wrong_one(void **state)
{
    struct life *life = *state;
    const char *code;

    world_load(life->world, PUBLIC(""));
    code = install(life, WEB CHALLENGE);
    assert_refused(redeem(life, CLIENT WEB, code), "invalid_code_verifier");
    assert_refused(redeem(life, CLIENT "&" SECRET WEB, code),
                   "invalid_code_verifier");
}

static void a_verifier_without_a_challenge_is_a_wrong_one(void **state)
{
    struct life *life = *state;

    world_load(life->world, PUBLIC(""));
    assert_refused(redeem(life, CLIENT WEB VERIFIER, install(life, WEB)),
                   "invalid_code_verifier");
}

static void an_app_that_is_not_public_needs_its_secret(void **state)
{
    struct life *life = *state;

    assert_refused(redeem(life, CLIENT REDIRECT VERIFIER,
                          install(life, REDIRECT CHALLENGE)),
                   "pkce_not_allowed");
    assert_non_null(strstr(life->world->reply.record.hint, "public client"));
    assert_refused(redeem(life, CLIENT REDIRECT, install(life, REDIRECT)),
                   "bad_client_secret");
}

static void a_public_app_may_use_its_secret_without_pkce(void **state)
{
    struct life *life = *state;

    world_load(life->world, PUBLIC(""));
    assert_ok(redeem(life, CLIENT "&" SECRET WEB, install(life, WEB)));
    assert_refused(redeem(life, CLIENT WEB, install(life, WEB)),
                   "bad_client_secret");
}

static void secret_and_verifier_together_are_both_checked(void **state)
{
    struct life *life = *state;
    const char *code;

    world_load(life->world, PUBLIC(""));
    code = install(life, WEB CHALLENGE);
    assert_refused(redeem(life, CLIENT "&client_secret=x" WEB VERIFIER, code),
                   "bad_client_secret");
    assert_refused(redeem(life, CLIENT "&" SECRET WEB "&code_verifier=x", code),
                   "invalid_code_verifier");
    assert_ok(redeem(life, CLIENT "&" SECRET WEB VERIFIER, code));
}

static void desktop_tokens_rotate_even_with_rotation_off(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, PUBLIC(",\"token_rotation\":false"));
    life_read_pair(
        redeem(life, CLIENT DESKTOP VERIFIER, install(life, DESKTOP CHALLENGE)),
        &pair);
    assert_non_null(
        strstr(buffer_text(&life->world->reply.body), "\"expires_in\":43200"));
    life_read_pair(redeem(life, CLIENT REDIRECT VERIFIER,
                          install(life, REDIRECT CHALLENGE)),
                   &pair);
}

static void server_tokens_rotate_only_with_rotation_on(void **state)
{
    struct life *life = *state;
    const char *body;

    world_load(life->world, PUBLIC(",\"token_rotation\":false"));
    body = redeem(life, CLIENT WEB VERIFIER, install(life, WEB CHALLENGE));
    assert_ok(body);
    assert_null(strstr(body, "refresh_token"));
}

static const char *refresh(struct life *life, const char *token)
{
    snprintf(life->form, sizeof life->form,
             CLIENT "&grant_type=refresh_token&refresh_token=%s", token);
    return life_call(life, "oauth.v2.access", NULL, life->form);
}

static void a_public_app_refreshes_without_secret_and_verifier(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, PUBLIC(",\"token_rotation\":false"));
    life_read_pair(
        redeem(life, CLIENT DESKTOP VERIFIER, install(life, DESKTOP CHALLENGE)),
        &pair);
    life_read_pair(refresh(life, pair.refresh), &pair);
    assert_token_is(life, pair.access, NULL);
}

static void a_wrong_secret_is_refused_at_a_refresh_too(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, PUBLIC(""));
    life_exchange(life, EXCHANGE_BOT, &pair);
    snprintf(life->form, sizeof life->form,
             CLIENT "&client_secret=x&grant_type=refresh_token"
                    "&refresh_token=%s",
             pair.refresh);
    assert_refused(life_call(life, "oauth.v2.access", NULL, life->form),
                   "bad_client_secret");
}

static void refresh_tokens_of_public_apps_die_after_30_days(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, PUBLIC(""));
    life_exchange(life, EXCHANGE_USER, &pair);
    life_pass(life, 30 * DAY);
    assert_refused(refresh(life, pair.refresh), "invalid_refresh_token");
}

static void each_refresh_begins_the_30_days_anew(void **state)
{
    struct life *life = *state;
    struct pair pair;
    int round;

    world_load(life->world, PUBLIC(""));
    life_exchange(life, EXCHANGE_USER, &pair);
    for (round = 0; round < 3; round++) {
        life_pass(life, 30 * DAY - 1);
        life_read_pair(refresh(life, pair.refresh), &pair);
    }
}

static void refresh_tokens_of_other_apps_never_die_of_age(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_USER, &pair);
    life_pass(life, 400 * DAY);
    life_refresh(life, pair.refresh, &pair);
}

static void a_hex_challenge_fits_too_by_choice(void **state)
{
    struct life *life = *state;

    world_load(life->world, BASE ",\"choices\":{\"hex_code_challenge\":true}}");
    assert_ok(redeem(life, CLIENT "&" SECRET REDIRECT VERIFIER,
                     install(life, REDIRECT
                             "&code_challenge_method=S256&code_challenge="
                             "95d30169a59c418b52013315fc81bc99"
                             "fdf0a7b03a116f346ab628496f349ed5")));
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(a_verifier_takes_the_place_of_the_secret);
    ADD(a_wrong_verifier_is_refused_and_burns_nothing);
    ADD(an_absent_verifier_is_a_wrong_one);
    ADD(a_verifier_without_a_challenge_is_a_wrong_one);
    ADD(an_app_that_is_not_public_needs_its_secret);
    ADD(a_public_app_may_use_its_secret_without_pkce);
    ADD(secret_and_verifier_together_are_both_checked);
    ADD(desktop_tokens_rotate_even_with_rotation_off);
    ADD(server_tokens_rotate_only_with_rotation_on);
    ADD(a_public_app_refreshes_without_secret_and_verifier);
    ADD(a_wrong_secret_is_refused_at_a_refresh_too);
    ADD(refresh_tokens_of_public_apps_die_after_30_days);
    ADD(each_refresh_begins_the_30_days_anew);
    ADD(refresh_tokens_of_other_apps_never_die_of_age);
    ADD(a_hex_challenge_fits_too_by_choice);
    return run_list("PKCE", &list);
}
