/* oauth.v2.access: codes of an installation, and what is refused. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "life.h"

#define CODE(keys)                                                             \
    BASE ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","  \
         "\"bot\":{\"user\":\"U0BOT\",\"scope\":\"commands\"}," keys "}]}"
#define USER_PART "\"user\":{\"user\":\"U9\",\"scope\":\"chat:write\"}"

static const char *redeem(struct life *life)
{
    return life_call(life, "oauth.v2.access", NULL,
                     CLIENT "&" SECRET "&code=c");
}

static void an_installation_nests_the_persons_pair(void **state)
{
    struct life *life = *state;
    const char *body, *bot;

    world_load(life->world, CODE(USER_PART ",\"expires_in\":31892"));
    body = redeem(life);
    assert_ptr_equal(strstr(body, "{\"ok\":true,\"app_id\":\"A0APP\","
                                  "\"authed_user\":{\"id\":\"U9\",\"scope\":"
                                  "\"chat:write\",\"token_type\":\"user\","
                                  "\"access_token\":\"xoxe.xoxp-1-"),
                     body);
    bot = strstr(body, "},\"scope\":\"commands,chat:write\","
                       "\"token_type\":\"bot\","
                       "\"access_token\":\"xoxe.xoxb-1-");
    assert_non_null(bot);
    assert_non_null(strstr(bot, "\"bot_user_id\":\"U0BOT\",\"refresh_token\":"
                                "\"xoxe-1-"));
    assert_non_null(strstr(bot, "\"expires_in\":31892,\"team\":{"));
}

/* The token is no argument of this method. */
static void an_installation_may_come_with_a_token_of_its_own(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, CODE(USER_PART));
    life_exchange(life, EXCHANGE_BOT, &pair);
    life_read_pair(life_call(life, "oauth.v2.access", NULL,
                             CLIENT "&" SECRET "&code=c&token=" BOT_TOKEN),
                   &pair);
    assert_string_equal(reply_header(&life->world->reply, "X-OAuth-Scopes"),
                        "commands,chat:write");
}

static void a_code_serves_once(void **state)
{
    struct life *life = *state;

    world_load(life->world, CODE(USER_PART));
    assert_non_null(strstr(redeem(life), "\"ok\":true"));
    assert_refused(redeem(life), "invalid_code");
}

static void a_new_install_kills_earlier_refresh_tokens(void **state)
{
    struct life *life = *state;
    struct pair old, new;

    world_load(life->world, CODE("\"expires_in\":100"));
    life_exchange(life, EXCHANGE_BOT, &old);
    life_read_pair(redeem(life), &new);
    assert_refused(life_try_refresh(life, old.refresh),
                   "invalid_refresh_token");
    assert_token_is(life, old.access, NULL);
    life_refresh(life, new.refresh, &new);
}

static void
after_an_uninstall_and_a_new_install_old_tokens_are_unknown(void **state)
{
    struct life *life = *state;
    struct pair old, new;

    world_load(life->world, CODE("\"expires_in\":100"));
    life_exchange(life, EXCHANGE_BOT, &old);
    life_call(life, "apps.uninstall", old.access, CLIENT "&" SECRET);
    life_read_pair(redeem(life), &new);
    assert_token_is(life, new.access, NULL);
    assert_token_is(life, old.access, "invalid_auth");
    assert_token_is(life, BOT_TOKEN, "invalid_auth");
    assert_token_is(life, USER_TOKEN, "token_revoked");
}

static void without_rotation_an_installation_gives_a_legacy_token(void **state)
{
    struct life *life = *state;
    const char *body;

    world_load(life->world,
               BASE ",\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false}],"
                    "\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
                    "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\",\"scope\":"
                    "\"commands\"}}]}");
    body = redeem(life);
    assert_non_null(strstr(body, "\"access_token\":\"xoxb-"));
    assert_null(strstr(body, "refresh_token"));
    assert_null(strstr(body, "expires_in"));
}

struct access_row {
    const char *name;
    const char *form;
    const char *error;
};

static struct access_row access_rows[] = {
    {"access: an unknown grant", CLIENT "&" SECRET "&grant_type=password",
     "invalid_grant_type"},
    {"access: an empty code is looked at before the client",
     "client_id=1&code=", "invalid_code"},
    {"access: no code at all", CLIENT "&" SECRET, "invalid_code"},
    {"access: no client", "code=c", "invalid_client_id"},
    {"access: a wrong secret", CLIENT "&client_secret=x&code=c",
     "bad_client_secret"},
    {"access: no secret", CLIENT "&code=c", "bad_client_secret"},
    {"access: an unknown code", CLIENT "&" SECRET "&code=c", "invalid_code"},
    {"access: a refresh without a secret",
     CLIENT "&grant_type=refresh_token&refresh_token=x", "pkce_not_allowed"},
    {"access: a refresh with an empty secret",
     CLIENT "&client_secret=&grant_type=refresh_token&refresh_token=x",
     "bad_client_secret"},
    {"access: no refresh token", CLIENT "&" SECRET "&grant_type=refresh_token",
     "invalid_refresh_token"},
    {"access: an unknown refresh token",
     CLIENT "&" SECRET "&grant_type=refresh_token&refresh_token=x",
     "invalid_refresh_token"},
    {"access: a legacy token as refresh token",
     CLIENT "&" SECRET "&grant_type=refresh_token&refresh_token=" BOT_TOKEN,
     "invalid_refresh_token"},
};

static void it_is_refused(void **state)
{
    const struct access_row *row = *state;
    struct life *life;
    char body[256];

    life_setup((void **)&life);
    snprintf(body, sizeof body, "%s",
             life_call(life, "oauth.v2.access", NULL, row->form));
    life_teardown((void **)&life);
    assert_refused(body, row->error);
}

static void a_bearer_token_has_no_business_at_access(void **state)
{
    struct life *life = *state;

    assert_refused(life_call(life, "oauth.v2.access", "nobody",
                             CLIENT "&" SECRET "&code=c"),
                   "invalid_auth");
    assert_refused(life_call(life, "oauth.v2.access", BOT_TOKEN,
                             CLIENT "&" SECRET "&code=c"),
                   "not_allowed_token_type");
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(an_installation_nests_the_persons_pair);
    ADD(an_installation_may_come_with_a_token_of_its_own);
    ADD(a_code_serves_once);
    ADD(a_new_install_kills_earlier_refresh_tokens);
    ADD(after_an_uninstall_and_a_new_install_old_tokens_are_unknown);
    ADD(without_rotation_an_installation_gives_a_legacy_token);
    add_rows(&list, it_is_refused, access_rows);
    ADD(a_bearer_token_has_no_business_at_access);
    return run_list("access", &list);
}
