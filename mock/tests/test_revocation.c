/* auth.revoke and apps.uninstall: what they end, and what they leave. */

#include "check.h"
#include "life.h"

static void revoking_a_rotated_token_ends_that_token_alone(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    life_exchange(life, EXCHANGE_BOT, &first);
    assert_string_equal(life_call(life, "auth.revoke", first.access, ""),
                        "{\"ok\":true,\"revoked\":true}");
    assert_token_is(life, first.access, "token_revoked");
    assert_token_is(life, BOT_TOKEN, NULL);
    life_refresh(life, first.refresh, &second);
    assert_token_is(life, second.access, NULL);
}

static void revoking_a_refresh_token_ends_that_token_alone(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(life_call(life, "auth.revoke", pair.refresh, ""),
                        "{\"ok\":true,\"revoked\":true}");
    assert_refused(life_try_refresh(life, pair.refresh),
                   "invalid_refresh_token");
    assert_token_is(life, pair.access, NULL);
}

static void revoking_a_legacy_token_ends_the_authorization(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    assert_token_is(life, BOT_TOKEN, "token_revoked");
    assert_token_is(life, pair.access, "token_revoked");
    assert_refused(life_try_refresh(life, pair.refresh),
                   "invalid_refresh_token");
    assert_refused(life_call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "authorization_not_found");
    assert_token_is(life, USER_TOKEN, NULL);
}

static void revoking_an_untouched_legacy_token_ends_it(void **state)
{
    struct life *life = *state;

    life_call(life, "auth.revoke", BOT_TOKEN, "");
    assert_refused(life_call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "authorization_not_found");
}

static void a_test_revokes_nothing(void **state)
{
    struct life *life = *state;

    assert_string_equal(life_call(life, "auth.revoke", BOT_TOKEN, "test=1"),
                        "{\"ok\":true,\"revoked\":false}");
    assert_string_equal(life_call(life, "auth.revoke", BOT_TOKEN, "test=true"),
                        "{\"ok\":true,\"revoked\":false}");
    assert_token_is(life, BOT_TOKEN, NULL);
}

static void uninstalling_ends_everything_of_that_team(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(
        life_call(life, "apps.uninstall", pair.access, CLIENT "&" SECRET),
        "{\"ok\":true}");
    assert_token_is(life, pair.access, "account_inactive");
    assert_token_is(life, BOT_TOKEN, "account_inactive");
    assert_token_is(life, USER_TOKEN, "token_revoked");
    assert_refused(life_try_refresh(life, pair.refresh),
                   "invalid_refresh_token");
    assert_refused(life_call(life, "oauth.v2.exchange", NULL, EXCHANGE_USER),
                   "authorization_not_found");
}

static void another_apps_client_cannot_uninstall(void **state)
{
    struct life *life = *state;

    world_load(life->world, TWO_APPS);
    assert_refused(life_call(life, "apps.uninstall", BOT_TOKEN,
                             "client_id=1.2&client_secret=s"),
                   "client_id_token_mismatch");
    assert_token_is(life, BOT_TOKEN, NULL);
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(revoking_a_rotated_token_ends_that_token_alone);
    ADD(revoking_a_refresh_token_ends_that_token_alone);
    ADD(revoking_a_legacy_token_ends_the_authorization);
    ADD(revoking_an_untouched_legacy_token_ends_it);
    ADD(a_test_revokes_nothing);
    ADD(uninstalling_ends_everything_of_that_team);
    ADD(another_apps_client_cannot_uninstall);
    return run_list("revocation", &list);
}
