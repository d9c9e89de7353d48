/*
 * The life of a rotated token through the core's entrance; each test is named
 * after the rule that it proves.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "control.h"
#include "world.h"

#define BASE "{\"description\":\"d\",\"extends\":\"default.json\",\"seed\":1"
#define HOUR 3600

struct pair {
    char access[200];
    char refresh[200];
};

struct life {
    struct world *world;
    int64_t now; /* the host's time of the next call */
    char form[1024];
};

static int setup(void **state)
{
    struct life *life = calloc(1, sizeof *life);

    *state = life;
    life->now = HOST_TIME;
    return world_setup((void **)&life->world);
}

static int teardown(void **state)
{
    struct life *life = *state;
    struct world *world = life->world;

    free(life);
    return world_teardown((void **)&world);
}

/* A call with a form, and with a Bearer token unless it is NULL. */
static const char *call(struct life *life, const char *method,
                        const char *bearer, const char *form)
{
    char authorization[256];
    const struct request_header headers[] = {
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"Authorization", authorization},
    };
    const struct request request = {
        .verb = VERB_POST,
        .method = method,
        .headers = headers,
        .header_count = bearer ? 2 : 1,
        .body = form,
        .body_length = strlen(form),
        .host_time = life->now,
    };

    snprintf(authorization, sizeof authorization, "Bearer %s",
             bearer ? bearer : "");
    return world_call(life->world, &request);
}

static void pass(struct life *life, int64_t seconds)
{
    life->now += seconds * 1000;
}

static void copy_field(const char *body, const char *key, char *value,
                       size_t size)
{
    const char *start = strstr(body, key);

    assert_non_null(start);
    start += strlen(key);
    snprintf(value, size, "%.*s", (int)strcspn(start, "\""), start);
}

static void read_pair(const char *body, struct pair *pair)
{
    if (!strstr(body, "\"ok\":true"))
        print_error("%s\n", body);
    copy_field(body, "\"access_token\":\"", pair->access, sizeof pair->access);
    copy_field(body, "\"refresh_token\":\"", pair->refresh,
               sizeof pair->refresh);
}

static void exchange(struct life *life, const char *form, struct pair *pair)
{
    read_pair(call(life, "oauth.v2.exchange", NULL, form), pair);
}

static const char *try_refresh(struct life *life, const char *refresh_token)
{
    snprintf(life->form, sizeof life->form,
             CLIENT "&" SECRET "&grant_type=refresh_token&refresh_token=%s",
             refresh_token);
    return call(life, "oauth.v2.access", NULL, life->form);
}

static void refresh(struct life *life, const char *refresh_token,
                    struct pair *pair)
{
    read_pair(try_refresh(life, refresh_token), pair);
}

static void assert_refused(const char *body, const char *error)
{
    char wanted[96];

    snprintf(wanted, sizeof wanted, "{\"ok\":false,\"error\":\"%s\"}", error);
    assert_string_equal(body, wanted);
}

static void assert_token_is(struct life *life, const char *token,
                            const char *error)
{
    const char *body = call(life, "auth.test", token, "");

    if (error)
        assert_refused(body, error);
    else
        assert_memory_equal(body, "{\"ok\":true,", 11);
}

static void the_legacy_token_works_until_the_first_refresh(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    exchange(life, EXCHANGE_BOT, &first);
    assert_token_is(life, BOT_TOKEN, NULL);
    refresh(life, first.refresh, &second);
    assert_token_is(life, BOT_TOKEN, "token_expired");
    assert_refused(call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "token_already_exchanged");
}

static void an_access_token_dies_with_its_last_second(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    life->now += 12 * HOUR * 1000 - 1;
    assert_token_is(life, pair.access, NULL);
    life->now += 1;
    assert_token_is(life, pair.access, "token_expired");
}

static void a_refresh_token_does_not_expire_by_time(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    exchange(life, EXCHANGE_BOT, &first);
    pass(life, 400 * 24 * HOUR);
    refresh(life, first.refresh, &second);
    assert_token_is(life, second.access, NULL);
}

static void a_refresh_leaves_the_old_access_token_alive(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    assert_token_is(life, first.access, NULL);
    assert_token_is(life, second.access, NULL);
}

static void a_refresh_token_serves_once_after_its_grace(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    pass(life, 60);
    assert_refused(try_refresh(life, first.refresh), "invalid_refresh_token");
    refresh(life, second.refresh, &third);
}

static void reuse_within_the_grace_kills_the_first_successor(void **state)
{
    struct life *life = *state;
    struct pair first, second, third, fourth;

    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    pass(life, 59);
    refresh(life, first.refresh, &third);
    assert_string_not_equal(second.refresh, third.refresh);
    assert_refused(try_refresh(life, second.refresh), "invalid_refresh_token");
    refresh(life, third.refresh, &fourth);
}

static void the_grace_starts_at_the_first_use(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    pass(life, 40);
    refresh(life, first.refresh, &second);
    pass(life, 20);
    assert_refused(try_refresh(life, first.refresh), "invalid_refresh_token");
}

static void the_grace_can_be_set(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    world_load(life->world, BASE ",\"refresh_grace\":0}");
    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    assert_refused(try_refresh(life, first.refresh), "invalid_refresh_token");
}

static void at_most_two_access_tokens_are_active(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    exchange(life, EXCHANGE_BOT, &first);
    refresh(life, first.refresh, &second);
    refresh(life, second.refresh, &third);
    assert_token_is(life, first.access, "token_revoked");
    assert_token_is(life, second.access, NULL);
    assert_token_is(life, third.access, NULL);
}

static void an_expired_token_does_not_count_among_the_two(void **state)
{
    struct life *life = *state;
    struct pair first, second, third;

    exchange(life, EXCHANGE_BOT, &first);
    pass(life, 11 * HOUR);
    refresh(life, first.refresh, &second);
    pass(life, HOUR);
    refresh(life, second.refresh, &third);
    assert_token_is(life, first.access, "token_expired");
    assert_token_is(life, second.access, NULL);
    assert_token_is(life, third.access, NULL);
}

static void bot_and_user_are_separate_chains(void **state)
{
    struct life *life = *state;
    struct pair bot, user, next;
    const char *body;

    exchange(life, EXCHANGE_BOT, &bot);
    exchange(life, EXCHANGE_USER, &user);
    refresh(life, bot.refresh, &next);
    refresh(life, next.refresh, &next);
    assert_token_is(life, user.access, NULL);
    assert_token_is(life, USER_TOKEN, NULL);
    body = try_refresh(life, user.refresh);
    assert_non_null(strstr(body, "\"token_type\":\"user\""));
    assert_non_null(strstr(body, "\"user_id\":\"U0USER\""));
    assert_null(strstr(body, "authed_user"));
}

static void a_refresh_is_flat_and_in_order(void **state)
{
    struct life *life = *state;
    struct pair pair;
    char shape[1024];
    const char *body;

    exchange(life, EXCHANGE_BOT, &pair);
    body = try_refresh(life, pair.refresh);
    read_pair(body, &pair);
    snprintf(shape, sizeof shape,
             "{\"ok\":true,\"app_id\":\"A0APP\",\"scope\":"
             "\"commands,chat:write\",\"token_type\":\"bot\","
             "\"access_token\":\"%s\",\"bot_user_id\":\"U0BOT\","
             "\"refresh_token\":\"%s\",\"expires_in\":43200,"
             "\"team\":{\"id\":\"T0TEAM\",\"name\":\"Example\"},"
             "\"enterprise\":null,\"is_enterprise_install\":false}",
             pair.access, pair.refresh);
    assert_string_equal(body, shape);
}

static void revoking_a_rotated_token_ends_that_token_alone(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    exchange(life, EXCHANGE_BOT, &first);
    assert_string_equal(call(life, "auth.revoke", first.access, ""),
                        "{\"ok\":true,\"revoked\":true}");
    assert_token_is(life, first.access, "token_revoked");
    assert_token_is(life, BOT_TOKEN, NULL);
    refresh(life, first.refresh, &second);
    assert_token_is(life, second.access, NULL);
}

static void revoking_a_refresh_token_ends_that_token_alone(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(call(life, "auth.revoke", pair.refresh, ""),
                        "{\"ok\":true,\"revoked\":true}");
    assert_refused(try_refresh(life, pair.refresh), "invalid_refresh_token");
    assert_token_is(life, pair.access, NULL);
}

static void revoking_a_legacy_token_ends_the_authorization(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    call(life, "auth.revoke", BOT_TOKEN, "");
    assert_token_is(life, BOT_TOKEN, "token_revoked");
    assert_token_is(life, pair.access, "token_revoked");
    assert_refused(try_refresh(life, pair.refresh), "invalid_refresh_token");
    assert_refused(call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "authorization_not_found");
    assert_token_is(life, USER_TOKEN, NULL);
}

static void revoking_an_untouched_legacy_token_ends_it(void **state)
{
    struct life *life = *state;

    call(life, "auth.revoke", BOT_TOKEN, "");
    assert_refused(call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT),
                   "authorization_not_found");
}

static void a_test_revokes_nothing(void **state)
{
    struct life *life = *state;

    assert_string_equal(call(life, "auth.revoke", BOT_TOKEN, "test=1"),
                        "{\"ok\":true,\"revoked\":false}");
    assert_string_equal(call(life, "auth.revoke", BOT_TOKEN, "test=true"),
                        "{\"ok\":true,\"revoked\":false}");
    assert_token_is(life, BOT_TOKEN, NULL);
}

static void uninstalling_ends_everything_of_that_team(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(
        call(life, "apps.uninstall", pair.access, CLIENT "&" SECRET),
        "{\"ok\":true}");
    assert_token_is(life, pair.access, "account_inactive");
    assert_token_is(life, BOT_TOKEN, "account_inactive");
    assert_token_is(life, USER_TOKEN, "token_revoked");
    assert_refused(try_refresh(life, pair.refresh), "invalid_refresh_token");
    assert_refused(call(life, "oauth.v2.exchange", NULL, EXCHANGE_USER),
                   "authorization_not_found");
}

#define TWO_APPS                                                               \
    BASE ",\"apps\":[{\"id\":\"A2\",\"client_id\":\"1.2\","                    \
         "\"client_secret\":\"s\"}]}"

static void another_apps_client_cannot_uninstall(void **state)
{
    struct life *life = *state;

    world_load(life->world, TWO_APPS);
    assert_refused(call(life, "apps.uninstall", BOT_TOKEN,
                        "client_id=1.2&client_secret=s"),
                   "client_id_token_mismatch");
    assert_token_is(life, BOT_TOKEN, NULL);
}

static void another_apps_client_cannot_refresh(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, TWO_APPS);
    exchange(life, EXCHANGE_BOT, &pair);
    snprintf(life->form, sizeof life->form,
             "client_id=1.2&client_secret=s&grant_type=refresh_token"
             "&refresh_token=%s",
             pair.refresh);
    assert_refused(call(life, "oauth.v2.access", NULL, life->form),
                   "invalid_refresh_token");
}

#define CODE(keys)                                                             \
    BASE ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\",\"team\":\"T0TEAM\","  \
         "\"bot\":{\"user\":\"U0BOT\",\"scope\":\"commands\"}," keys "}]}"
#define USER_PART "\"user\":{\"user\":\"U9\",\"scope\":\"chat:write\"}"

static const char *redeem(struct life *life)
{
    return call(life, "oauth.v2.access", NULL, CLIENT "&" SECRET "&code=c");
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
    bot = strstr(body, "},\"scope\":\"commands\",\"token_type\":\"bot\","
                       "\"access_token\":\"xoxe.xoxb-1-");
    assert_non_null(bot);
    assert_non_null(strstr(bot, "\"bot_user_id\":\"U0BOT\",\"refresh_token\":"
                                "\"xoxe-1-"));
    assert_non_null(strstr(bot, "\"expires_in\":31892,\"team\":{"));
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
    exchange(life, EXCHANGE_BOT, &old);
    read_pair(redeem(life), &new);
    assert_refused(try_refresh(life, old.refresh), "invalid_refresh_token");
    assert_token_is(life, old.access, NULL);
    refresh(life, new.refresh, &new);
}

static void
after_an_uninstall_and_a_new_install_old_tokens_are_unknown(void **state)
{
    struct life *life = *state;
    struct pair old, new;

    world_load(life->world, CODE("\"expires_in\":100"));
    exchange(life, EXCHANGE_BOT, &old);
    call(life, "apps.uninstall", old.access, CLIENT "&" SECRET);
    read_pair(redeem(life), &new);
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

static void an_installation_rotated_already_can_be_refreshed(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world,
               BASE ",\"tokens\":[{\"token\":\"xoxe.xoxb-1-x\","
                    "\"refresh_token\":\"xoxe-1-x\",\"expires_in\":3600,"
                    "\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"scope\":"
                    "\"commands\",\"bot_user\":\"U0BOT\"}]}");
    assert_token_is(life, "xoxe.xoxb-1-x", NULL);
    pass(life, HOUR);
    assert_token_is(life, "xoxe.xoxb-1-x", "token_expired");
    refresh(life, "xoxe-1-x", &pair);
    assert_token_is(life, pair.access, NULL);
}

static void expires_in_is_the_apps(void **state)
{
    struct life *life = *state;
    struct pair pair;
    const char *body;

    world_load(life->world,
               BASE ",\"apps\":[{\"id\":\"A0APP\",\"expires_in\":600}]}");
    body = call(life, "oauth.v2.exchange", NULL, EXCHANGE_BOT);
    assert_non_null(strstr(body, "\"expires_in\":600,"));
    read_pair(body, &pair);
    pass(life, 600);
    assert_token_is(life, pair.access, "token_expired");
}

/* Walks a chain of 40 refreshes and looks back at its dead access tokens. */
static void sixteen_dead_tokens_are_remembered(void **state)
{
    struct life *life = *state;
    struct pair pairs[40];
    int number;

    exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 40; number++) {
        pass(life, 10 * HOUR);
        refresh(life, pairs[number - 1].refresh, &pairs[number]);
    }
    /* 39 and 38 are active; 37 to 22 are the 16 dead ones. */
    assert_token_is(life, pairs[38].access, NULL);
    assert_token_is(life, pairs[37].access, "token_expired");
    assert_token_is(life, pairs[22].access, "token_expired");
    assert_token_is(life, pairs[21].access, "invalid_auth");
}

/* Time alone makes dead ones of the last two. */
static void sixteen_are_remembered_when_time_has_passed(void **state)
{
    struct life *life = *state;
    struct pair pairs[40];
    int number;

    exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 40; number++)
        refresh(life, pairs[number - 1].refresh, &pairs[number]);
    pass(life, 13 * HOUR);
    assert_token_is(life, pairs[39].access, "token_expired");
    assert_token_is(life, pairs[24].access, "token_revoked");
    assert_token_is(life, pairs[23].access, "invalid_auth");
}

/* None of a long chain is dead within the grace, and all are after it. */
static void sixteen_spent_tokens_are_remembered(void **state)
{
    struct life *life = *state;
    struct pair pairs[201];
    int number;

    exchange(life, EXCHANGE_BOT, &pairs[0]);
    for (number = 1; number < 201; number++)
        refresh(life, pairs[number - 1].refresh, &pairs[number]);
    assert_string_equal(call(life, "auth.revoke", pairs[0].refresh, "test=1"),
                        "{\"ok\":true,\"revoked\":false}");
    pass(life, 61);
    assert_refused(call(life, "auth.revoke", pairs[199].refresh, "test=1"),
                   "token_expired");
    assert_refused(call(life, "auth.revoke", pairs[184].refresh, "test=1"),
                   "token_expired");
    assert_refused(call(life, "auth.revoke", pairs[183].refresh, "test=1"),
                   "invalid_auth");
}

static void the_credential_rules_of_a_method_that_authenticates(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    assert_refused(call(life, "auth.test", NULL, ""), "not_authed");
    assert_refused(call(life, "auth.test", "", ""), "not_authed");
    assert_refused(call(life, "auth.test", NULL, "token="), "not_authed");
    assert_refused(call(life, "auth.test", "nobody", ""), "invalid_auth");
    assert_token_is(life, pair.refresh, "invalid_auth");
    assert_non_null(strstr(call(life, "auth.test", NULL, "token=" BOT_TOKEN),
                           "\"ok\":true"));
    assert_non_null(strstr(call(life, "auth.test", BOT_TOKEN, "token=nobody"),
                           "\"ok\":true"));
    assert_refused(call(life, "apps.uninstall", NULL, ""), "not_authed");
    assert_non_null(strstr(call(life, "apps.uninstall", BOT_TOKEN, SECRET),
                           "missing required field: client_id"));
}

static void auth_test_says_whose_token_it_is(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        call(life, "auth.test", BOT_TOKEN, ""),
        "{\"ok\":true,\"url\":\"https://example.slack.com/\",\"team\":"
        "\"Example\",\"user\":\"bot\",\"team_id\":\"T0TEAM\",\"user_id\":"
        "\"U0BOT\",\"bot_id\":\"B0BOT\",\"is_enterprise_install\":false}");
    assert_string_equal(
        call(life, "auth.test", USER_TOKEN, ""),
        "{\"ok\":true,\"url\":\"https://example.slack.com/\",\"team\":"
        "\"Example\",\"user\":\"user\",\"team_id\":\"T0TEAM\",\"user_id\":"
        "\"U0USER\",\"is_enterprise_install\":false}");
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

    setup((void **)&life);
    snprintf(body, sizeof body, "%s",
             call(life, "oauth.v2.access", NULL, row->form));
    teardown((void **)&life);
    assert_refused(body, row->error);
}

static void a_bearer_token_has_no_business_at_access(void **state)
{
    struct life *life = *state;

    assert_refused(
        call(life, "oauth.v2.access", "nobody", CLIENT "&" SECRET "&code=c"),
        "invalid_auth");
    assert_refused(
        call(life, "oauth.v2.access", BOT_TOKEN, CLIENT "&" SECRET "&code=c"),
        "not_allowed_token_type");
}

static void a_stub_is_authenticated_and_then_answered(void **state)
{
    struct life *life = *state;

    world_load(life->world,
               BASE ",\"stubs\":{\"chat.postMessage\":{\"channel\":\"C1\","
                    "\"ts\":\"1.000100\",\"ok\":true,\"message\":{\"n\":1.5,"
                    "\"list\":[null,false]}}}}");
    assert_refused(call(life, "chat.postMessage", NULL, ""), "not_authed");
    assert_string_equal(call(life, "chat.postMessage", BOT_TOKEN, ""),
                        "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.000100\","
                        "\"message\":{\"n\":1.5,\"list\":[null,false]}}");
    assert_non_null(
        strstr(call(life, "chat.update", BOT_TOKEN, ""), "unknown_method"));
}

static const char *control(struct life *life, const char *body)
{
    const struct request request = {
        .verb = VERB_POST,
        .method = "clock",
        .body = body,
        .body_length = strlen(body),
        .host_time = life->now,
    };

    control_handle(life->world->sandboxes, life->world->mock, &request,
                   &life->world->reply);
    return buffer_text(&life->world->reply.body);
}

static void twelve_hours_pass_on_request(void **state)
{
    struct life *life = *state;
    struct pair pair;

    exchange(life, EXCHANGE_BOT, &pair);
    assert_string_equal(control(life, "{\"advance\":43200}"),
                        "{\"ok\":true,\"clock\":\"2026-01-01T12:00:00.000Z\","
                        "\"frozen\":false}");
    assert_token_is(life, pair.access, "token_expired");
}

static void a_frozen_clock_moves_only_when_told(void **state)
{
    struct life *life = *state;

    control(life, "{\"set\":\"2030-05-05T05:05:05Z\",\"frozen\":true}");
    pass(life, HOUR);
    assert_string_equal(control(life, "{\"advance\":0.5}"),
                        "{\"ok\":true,\"clock\":\"2030-05-05T05:05:05.500Z\","
                        "\"frozen\":true}");
}

static void a_wrong_clock_changes_nothing(void **state)
{
    struct life *life = *state;

    assert_string_equal(
        control(life, "{\"set\":\"tomorrow\",\"advance\":-1,\"frozn\":true}"),
        "{\"ok\":false,\"error\":\"invalid_request\",\"message\":\"well-formed,"
        " but wrong; nothing has changed\",\"mistakes\":[\"body: $.set: found "
        "\\\"tomorrow\\\", "
        "wanted a time such as \\\"2026-01-01T00:00:00Z\\\"\",\"body: "
        "$.advance: found -1, wanted a number of seconds, not below "
        "0\",\"body: "
        "$.frozn: unknown key; did you mean \\\"frozen\\\"?\"]}");
    assert_number(life->world->reply.status, 422);
    assert_non_null(strstr(control(life, "{}"), "2026-01-01T00:00:00.000Z"));
    control(life, "{");
    assert_number(life->world->reply.status, 400);
}

#define ADD(function) add_test_with(&list, function, setup, teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(the_legacy_token_works_until_the_first_refresh);
    ADD(an_access_token_dies_with_its_last_second);
    ADD(a_refresh_token_does_not_expire_by_time);
    ADD(a_refresh_leaves_the_old_access_token_alive);
    ADD(a_refresh_token_serves_once_after_its_grace);
    ADD(reuse_within_the_grace_kills_the_first_successor);
    ADD(the_grace_starts_at_the_first_use);
    ADD(the_grace_can_be_set);
    ADD(at_most_two_access_tokens_are_active);
    ADD(an_expired_token_does_not_count_among_the_two);
    ADD(bot_and_user_are_separate_chains);
    ADD(a_refresh_is_flat_and_in_order);
    ADD(revoking_a_rotated_token_ends_that_token_alone);
    ADD(revoking_a_refresh_token_ends_that_token_alone);
    ADD(revoking_a_legacy_token_ends_the_authorization);
    ADD(revoking_an_untouched_legacy_token_ends_it);
    ADD(a_test_revokes_nothing);
    ADD(uninstalling_ends_everything_of_that_team);
    ADD(another_apps_client_cannot_uninstall);
    ADD(another_apps_client_cannot_refresh);
    ADD(an_installation_nests_the_persons_pair);
    ADD(a_code_serves_once);
    ADD(a_new_install_kills_earlier_refresh_tokens);
    ADD(after_an_uninstall_and_a_new_install_old_tokens_are_unknown);
    ADD(without_rotation_an_installation_gives_a_legacy_token);
    ADD(an_installation_rotated_already_can_be_refreshed);
    ADD(expires_in_is_the_apps);
    ADD(sixteen_dead_tokens_are_remembered);
    ADD(sixteen_are_remembered_when_time_has_passed);
    ADD(sixteen_spent_tokens_are_remembered);
    ADD(the_credential_rules_of_a_method_that_authenticates);
    ADD(auth_test_says_whose_token_it_is);
    add_rows(&list, it_is_refused, access_rows);
    ADD(a_bearer_token_has_no_business_at_access);
    ADD(a_stub_is_authenticated_and_then_answered);
    ADD(twelve_hours_pass_on_request);
    ADD(a_frozen_clock_moves_only_when_told);
    ADD(a_wrong_clock_changes_nothing);
    return run_list("lifecycle", &list);
}
