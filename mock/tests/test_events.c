/*
 * Which events the end of tokens sets off, in which order, and what becomes of
 * a delivery: facts of Slack's Events API page and of reports.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "control/control.h"
#include "events/delivery.h"
#include "life.h"
#include "mock/outbox.h"

#define URL "http://127.0.0.1:3000/slack/events"
#define EVENTS                                                                 \
    "\"events\":{\"url\":\"" URL "\",\"signing_secret\":"                      \
    "\"8f742231b10e8888abcd99yyyzzz85a5\"}"
#define APP "\"apps\":[{\"id\":\"A0APP\"," EVENTS "}]"
#define APP_WITHOUT_ROTATION                                                   \
    "\"apps\":[{\"id\":\"A0APP\",\"token_rotation\":false," EVENTS "}]"
#define UNINSTALL CLIENT "&" SECRET

/* What is sent from now on until nothing is due any more, all answered. */
struct sent {
    char events[512]; /* `TYPE people/bots`, each behind a blank */
    int count;
};

static struct outbox *outbox_of(struct life *life)
{
    return sandboxes_outbox(life->world->sandboxes);
}

/* The text of a body between two pieces, as far as it fits. */
static void show_piece(struct sent *sent, const char *body, const char *head,
                       const char *tail)
{
    const char *start = strstr(body, head);
    const size_t used = strlen(sent->events);

    if (!start)
        return;
    start += strlen(head);
    snprintf(sent->events + used, sizeof sent->events - used, " %.*s",
             (int)(strstr(start, tail) - start), start);
}

static const char *challenge_of(const char *body)
{
    const char *start = strstr(body, "\"challenge\":\"");

    return start ? start + strlen("\"challenge\":\"") : NULL;
}

static void settle(struct life *life, const struct sending *sending,
                   enum delivery_problem problem, int status)
{
    const char *challenge = challenge_of(sending->body);
    const struct delivery_outcome outcome = {
        .ticket = sending->ticket,
        .problem = problem,
        .status = status,
        .answer = challenge ? challenge : "",
        .answer_length = challenge ? 52 : 0,
    };

    outbox_settle(outbox_of(life), &outcome, life->now);
}

static const char *send_all(struct life *life, struct sent *sent)
{
    struct sending sending;

    *sent = (struct sent){.count = 0};
    while (outbox_take(outbox_of(life), life->now, &sending)) {
        show_piece(sent, sending.body, "\"event\":{\"type\":\"", "\"");
        show_piece(sent, sending.body, "\"tokens\":", "}");
        sent->count++;
        settle(life, &sending, PROBLEM_NONE, 200);
    }
    return sent->events;
}

static int64_t next_wait(struct life *life)
{
    int64_t due = outbox_next_due(outbox_of(life), life->now);

    return due == INT64_MAX ? -1 : due - life->now;
}

static void uninstall(struct life *life)
{
    assert_string_equal(
        life_call(life, "apps.uninstall", USER_TOKEN, UNINSTALL),
        "{\"ok\":true}");
}

/* ---- which ---- */

static void uninstalling_names_all_then_says_so_a_second_later(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world, WITH(APP));
    uninstall(life);
    assert_string_equal(send_all(life, &sent),
                        " tokens_revoked {\"oauth\":[\"U0USER\"],"
                        "\"bot\":[\"U0BOT\"]");
    assert_number(next_wait(life), 1000);
    life_pass(life, 1);
    assert_string_equal(send_all(life, &sent), " app_uninstalled");
    assert_number(next_wait(life), -1);
}

static void revoking_one_of_two_tokens_names_its_user(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world, WITH(APP_WITHOUT_ROTATION));
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    life_pass(life, 10);
    assert_string_equal(send_all(life, &sent),
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
    assert_string_equal(send_all(life, &sent),
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
    assert_number(next_wait(life), -1);
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
    assert_number(next_wait(life), -1);
}

static void a_test_of_auth_revoke_sends_nothing(void **state)
{
    struct life *life = *state;

    world_load(life->world, WITH(APP));
    life_call(life, "auth.revoke", BOT_TOKEN, "test=1");
    assert_number(next_wait(life), -1);
}

static void an_app_without_a_url_is_told_nothing(void **state)
{
    struct life *life = *state;

    world_load(life->world, WITH("\"seed\":1"));
    uninstall(life);
    assert_number(next_wait(life), -1);
}

static void rotated_tokens_are_named_too_and_each_holder_once(void **state)
{
    struct life *life = *state;
    struct pair pair;
    struct sent sent;

    world_load(life->world, WITH(APP));
    life_exchange(life, EXCHANGE_BOT, &pair);
    uninstall(life);
    assert_string_equal(send_all(life, &sent),
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
    assert_true(outbox_take(outbox_of(life), life->now, &first));
    assert_non_null(strstr(first.body, "\"type\":\"url_verification\""));
    assert_false(outbox_take(outbox_of(life), life->now, &second));
    assert_number(next_wait(life), -1);
    settle(life, &first, PROBLEM_NONE, 200);
    send_all(life, &sent);
    assert_number(sent.count, 1);
    life_call(life, "auth.revoke", USER_TOKEN, "");
    send_all(life, &sent);
    assert_number(sent.count, 1);
}

static const char *deliveries(struct life *life)
{
    const struct request request = {
        .verb = VERB_GET, .method = "deliveries", .host_time = life->now};

    control_handle(life->world->sandboxes, life->world->mock, &request,
                   &life->world->reply);
    return life->world->reply.body.data;
}

static void events_go_out_though_the_challenge_is_not_answered(void **state)
{
    struct life *life = *state;
    struct sending sending;
    struct sent sent;
    struct delivery_outcome outcome = {
        .status = 200, .answer = "ok", .answer_length = 2};

    world_load(life->world, WITH(APP));
    uninstall(life);
    assert_true(outbox_take(outbox_of(life), life->now, &sending));
    outcome.ticket = sending.ticket;
    outbox_settle(outbox_of(life), &outcome, life->now);
    assert_non_null(
        strstr(deliveries(life), "\"note\":\"the answer is not the challenge"));
    send_all(life, &sent);
    assert_number(sent.count, 1);
}

/* ---- retries ---- */

static const char *header_of(const struct sending *sending, const char *name)
{
    size_t number;

    for (number = 0; number < sending->header_count; number++)
        if (strcmp(sending->headers[number].name, name) == 0)
            return sending->headers[number].value;
    return NULL;
}

/* Begins with the url verified. */
static void begin_event(struct life *life, struct sending *sending)
{
    uninstall(life);
    assert_true(outbox_take(outbox_of(life), life->now, sending));
    settle(life, sending, PROBLEM_NONE, 200);
    assert_true(outbox_take(outbox_of(life), life->now, sending));
    assert_null(header_of(sending, "X-Slack-Retry-Num"));
}

static void retries_come_at_once_after_a_minute_and_after_five(void **state)
{
    static const int seconds[] = {0, 60, 300};
    struct life *life = *state;
    struct sending sending;
    char number[2] = "1";
    struct sent sent;
    size_t retry;

    world_load(life->world, WITH(APP));
    begin_event(life, &sending);
    for (retry = 0; retry < 3; retry++) {
        settle(life, &sending, PROBLEM_TIMEOUT, 0);
        if (retry == 1) {
            assert_number(next_wait(life), 1000); /* of app_uninstalled */
            life_pass(life, 1);
            send_all(life, &sent);
            life->now -= 1000;
        }
        if (seconds[retry])
            assert_number(next_wait(life), seconds[retry] * 1000);
        life_pass(life, seconds[retry]);
        assert_true(outbox_take(outbox_of(life), life->now, &sending));
        assert_string_equal(header_of(&sending, "X-Slack-Retry-Num"), number);
        assert_string_equal(header_of(&sending, "X-Slack-Retry-Reason"),
                            "http_timeout");
        number[0]++;
    }
    settle(life, &sending, PROBLEM_HTTP, 500);
    assert_number(next_wait(life), -1);
}

static void retries_stop_when_the_receiver_says_so(void **state)
{
    struct life *life = *state;
    struct sending sending;
    struct delivery_outcome outcome = {
        .problem = PROBLEM_HTTP, .status = 500, .no_retry = true};

    world_load(life->world, WITH(APP));
    begin_event(life, &sending);
    outcome.ticket = sending.ticket;
    outbox_settle(outbox_of(life), &outcome, life->now);
    life_pass(life, 1);
    assert_true(outbox_take(outbox_of(life), life->now, &sending));
    assert_non_null(strstr(sending.body, "app_uninstalled"));
}

static void retries_can_be_switched_off(void **state)
{
    struct life *life = *state;
    struct sending sending;

    world_load(life->world,
               WITH("\"apps\":[{\"id\":\"A0APP\",\"events\":{\"url\":\"" URL
                    "\",\"signing_secret\":\"s\",\"retries\":false}}]"));
    begin_event(life, &sending);
    settle(life, &sending, PROBLEM_CONNECTION, 0);
    assert_number(next_wait(life), 1000); /* of app_uninstalled */
}

static void a_retry_waits_for_a_clock_that_stands_still(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world,
               WITH(APP ",\"clock\":{\"at\":\"2030-01-01T00:00:00Z\","
                        "\"frozen\":true}"));
    uninstall(life);
    send_all(life, &sent);
    life_pass(life, HOUR);
    assert_number(next_wait(life), -1);
    assert_false(outbox_take(outbox_of(life), life->now, &(struct sending){0}));
}

static void a_reset_forgets_what_waits(void **state)
{
    struct life *life = *state;
    struct delivery_outcome outcome = {.status = 200};
    struct sending sending;

    world_load(life->world, WITH(APP));
    begin_event(life, &sending);
    outcome.ticket = sending.ticket;
    mock_reset(life->world->mock, life->now);
    outbox_settle(outbox_of(life), &outcome, life->now);
    assert_number(next_wait(life), -1);
    assert_non_null(strstr(deliveries(life), "\"deliveries\":[],\"count\":0"));
}

/* ---- the signature ---- */

static void it_is_signed_with_the_time_of_sending(void **state)
{
    struct life *life = *state;
    struct sending sending;
    struct buffer body = BUFFER_INIT;
    char signature[sizeof "v0=" + 2 * SHA256_SIZE];

    world_load(life->world, WITH(APP ",\"clock\":\"2030-01-01T00:00:00Z\""));
    life->now = INT64_C(1531420618999);
    mock_reset(life->world->mock, life->now);
    uninstall(life);
    assert_true(outbox_take(outbox_of(life), life->now, &sending));
    assert_string_equal(header_of(&sending, "X-Slack-Request-Timestamp"),
                        "1531420618");
    buffer_add(&body, sending.body, sending.body_length);
    delivery_sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", &body,
                  signature, sizeof signature);
    buffer_free(&body);
    assert_string_equal(header_of(&sending, "X-Slack-Signature"), signature);
}

/* ---- rules ---- */

#define RULE(event, reply)                                                     \
    WITH(APP ",\"rules\":[{\"name\":\"r\",\"when\":{\"event\":\"" event        \
             "\"},\"reply\":" reply "}]")

struct rule_row {
    const char *name;
    const char *world;
    const char *at_once;
    const char *later; /* ten seconds */
};

#define REVOKED " tokens_revoked {\"oauth\":[\"U0USER\"],\"bot\":[\"U0BOT\"]"

static struct rule_row rule_rows[] = {
    {"a rule drops an event", RULE("tokens_revoked", "{\"event\":\"drop\"}"),
     "", " app_uninstalled"},
    {"a rule doubles an event",
     RULE("tokens_revoked", "{\"event\":\"double\"}"), REVOKED REVOKED,
     " app_uninstalled"},
    {"a rule swaps the events", RULE("tokens_revoked", "{\"event\":\"swap\"}"),
     " app_uninstalled", REVOKED},
    {"a rule for the second one swaps them too",
     RULE("app_uninstalled", "{\"event\":\"swap\"}"), " app_uninstalled",
     REVOKED},
    {"a rule delays an event", RULE("tokens_revoked", "{\"delay\":5000}"), "",
     " app_uninstalled" REVOKED},
};

static void a_rule_has_its_say(void **state)
{
    const struct world_row *row = *state;
    const struct rule_row *wanted = row->row;
    struct life life = {.world = row->world, .now = HOST_TIME};
    struct sent sent;

    world_load(life.world, wanted->world);
    uninstall(&life);
    assert_string_equal(send_all(&life, &sent), wanted->at_once);
    life_pass(&life, 1);
    if (strstr(wanted->later, "app_uninstalled tokens")) {
        assert_string_equal(send_all(&life, &sent), " app_uninstalled");
        life_pass(&life, 10);
        assert_string_equal(send_all(&life, &sent), REVOKED);
        return;
    }
    assert_string_equal(send_all(&life, &sent), wanted->later);
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
    ADD(a_test_of_auth_revoke_sends_nothing);
    ADD(an_app_without_a_url_is_told_nothing);
    ADD(rotated_tokens_are_named_too_and_each_holder_once);
    ADD(a_url_is_verified_before_its_first_event_alone);
    ADD(events_go_out_though_the_challenge_is_not_answered);
    ADD(retries_come_at_once_after_a_minute_and_after_five);
    ADD(retries_stop_when_the_receiver_says_so);
    ADD(retries_can_be_switched_off);
    ADD(a_retry_waits_for_a_clock_that_stands_still);
    ADD(a_reset_forgets_what_waits);
    ADD(it_is_signed_with_the_time_of_sending);
    add_rows_with(&list, a_rule_has_its_say, rule_rows, world_row_setup,
                  world_row_teardown);
    return run_list("events", &list);
}
