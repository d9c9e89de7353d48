/*
 * Which events the end of tokens sets off, in which order, and how a URL is
 * verified: facts of Slack's Events API page and of reports.
 */
#include <string.h>

#include "check.h"
#include "event_life.h"

/* ---- which ---- */

static void uninstalling_names_all_then_says_so_a_second_later(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world, WITH(APP));
    event_uninstall(life);
    assert_string_equal(event_send_all(life, &sent),
                        " tokens_revoked {\"oauth\":[\"U0USER\"],"
                        "\"bot\":[\"U0BOT\"]");
    assert_number(event_next_wait(life), 1000);
    life_pass(life, 1);
    assert_string_equal(event_send_all(life, &sent), " app_uninstalled");
    assert_number(event_next_wait(life), -1);
}

static void revoking_one_of_two_tokens_names_its_user(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world, WITH(APP_WITHOUT_ROTATION));
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    life_pass(life, 10);
    assert_string_equal(event_send_all(life, &sent),
                        " tokens_revoked {\"oauth\":[],\"bot\":[\"U0BOT\"]");
}

static void revoking_the_last_token_uninstalls(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world, WITH(APP_WITHOUT_ROTATION));
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    life_call(life, "auth.revoke", USER_TOKEN, "");
    life_pass(life, 10);
    assert_string_equal(event_send_all(life, &sent),
                        " tokens_revoked {\"oauth\":[],\"bot\":[\"U0BOT\"]"
                        " tokens_revoked {\"oauth\":[\"U0USER\"],\"bot\":[]"
                        " app_uninstalled");
}

static void revoking_a_rotated_token_sends_nothing(void **state)
{
    struct life *life = *state;
    struct pair pair;

    world_load(life->world, WITH(APP));
    life_exchange(life, EXCHANGE_BOT, &pair);
    life_call(life, "auth.revoke", pair.access, "");
    assert_number(event_next_wait(life), -1);
}

static void exchange_refresh_and_expiry_send_nothing(void **state)
{
    struct life *life = *state;
    struct pair first, second;

    world_load(life->world, WITH(APP));
    life_exchange(life, EXCHANGE_BOT, &first);
    life_refresh(life, first.refresh, &second);
    life_pass(life, 13 * HOUR);
    assert_token_is(life, second.access, "token_expired");
    assert_number(event_next_wait(life), -1);
}

static void a_new_install_and_the_limit_of_two_tokens_send_nothing(void **state)
{
    struct life *life = *state;
    struct pair pair;
    int round;

    world_load(life->world,
               WITH(APP ",\"codes\":[{\"code\":\"c\",\"app\":\"A0APP\","
                        "\"team\":\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\"}}]"));
    life_exchange(life, EXCHANGE_BOT, &pair);
    for (round = 0; round < 3; round++)
        life_refresh(life, pair.refresh, &pair);
    assert_non_null(strstr(
        life_call(life, "oauth.v2.access", NULL, CLIENT "&" SECRET "&code=c"),
        "\"ok\":true"));
    assert_number(event_next_wait(life), -1);
}

static void an_organisation_is_named_at_the_top(void **state)
{
    struct life *life = *state;
    struct sending sending;

    world_load(life->world,
               WITH(APP ",\"teams\":[{\"id\":\"E0ORG\",\"enterprise\":{\"id\":"
                        "\"E0ORG\",\"name\":\"Org\"}}],\"tokens\":[{\"token\":"
                        "\"" USER_TOKEN "\",\"team\":\"E0ORG\"},{\"token\":"
                        "\"" BOT_TOKEN "\",\"team\":\"E0ORG\"}]"));
    event_uninstall(life);
    assert_true(outbox_take(event_outbox(life), life->now, &sending));
    event_settle(life, &sending, PROBLEM_NONE, 200);
    assert_true(outbox_take(event_outbox(life), life->now, &sending));
    assert_non_null(strstr(sending.body,
                           "\"team_id\":\"E0ORG\",\"enterprise_id\":"
                           "\"E0ORG\",\"api_app_id\":\"A0APP\","));
    assert_null(strstr(sending.body, "authorizations"));
}

static void a_test_of_auth_revoke_sends_nothing(void **state)
{
    struct life *life = *state;

    world_load(life->world, WITH(APP));
    life_call(life, "auth.revoke", BOT_TOKEN, "test=1");
    assert_number(event_next_wait(life), -1);
}

static void an_app_without_a_url_is_told_nothing(void **state)
{
    struct life *life = *state;

    world_load(life->world, WITH("\"seed\":1"));
    event_uninstall(life);
    assert_number(event_next_wait(life), -1);
}

static void rotated_tokens_are_named_too_and_each_holder_once(void **state)
{
    struct life *life = *state;
    struct pair pair;
    struct sent sent;

    world_load(life->world, WITH(APP));
    life_exchange(life, EXCHANGE_BOT, &pair);
    event_uninstall(life);
    assert_string_equal(event_send_all(life, &sent),
                        " tokens_revoked {\"oauth\":[\"U0USER\"],"
                        "\"bot\":[\"U0BOT\"]");
}

/* ---- the url ---- */

static void a_url_is_verified_before_its_first_event_alone(void **state)
{
    struct life *life = *state;
    struct sending first, second;
    struct sent sent;

    world_load(life->world, WITH(APP_WITHOUT_ROTATION));
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    assert_true(outbox_take(event_outbox(life), life->now, &first));
    assert_non_null(strstr(first.body, "\"type\":\"url_verification\""));
    assert_false(outbox_take(event_outbox(life), life->now, &second));
    assert_number(event_next_wait(life), -1);
    event_settle(life, &first, PROBLEM_NONE, 200);
    event_send_all(life, &sent);
    assert_number(sent.count, 1);
    life_call(life, "auth.revoke", USER_TOKEN, "");
    event_send_all(life, &sent);
    assert_number(sent.count, 1);
}

static void events_go_out_though_the_challenge_is_not_answered(void **state)
{
    struct life *life = *state;
    struct sending sending;
    struct sent sent;
    struct delivery_outcome outcome = {
        .status = 200, .answer = "ok", .answer_length = 2};

    world_load(life->world, WITH(APP));
    event_uninstall(life);
    assert_true(outbox_take(event_outbox(life), life->now, &sending));
    outcome.ticket = sending.ticket;
    outbox_settle(event_outbox(life), &outcome, life->now);
    assert_non_null(strstr(event_deliveries(life),
                           "\"note\":\"the answer is not the challenge"));
    event_send_all(life, &sent);
    assert_number(sent.count, 1);
}

#define ADD(test) add_test_with(&list, test, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(uninstalling_names_all_then_says_so_a_second_later);
    ADD(revoking_one_of_two_tokens_names_its_user);
    ADD(revoking_the_last_token_uninstalls);
    ADD(revoking_a_rotated_token_sends_nothing);
    ADD(exchange_refresh_and_expiry_send_nothing);
    ADD(a_new_install_and_the_limit_of_two_tokens_send_nothing);
    ADD(an_organisation_is_named_at_the_top);
    ADD(a_test_of_auth_revoke_sends_nothing);
    ADD(an_app_without_a_url_is_told_nothing);
    ADD(rotated_tokens_are_named_too_and_each_holder_once);
    ADD(a_url_is_verified_before_its_first_event_alone);
    ADD(events_go_out_though_the_challenge_is_not_answered);
    return run_list("events", &list);
}
