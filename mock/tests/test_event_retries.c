/*
 * What becomes of an event on its way: its signature, its retries, and rules
 * that have a say (Slack's Events API page, "Error handling").
 */
#include <string.h>

#include "check.h"
#include "event_life.h"

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
    event_uninstall(life);
    assert_true(outbox_take(event_outbox(life), life->now, sending));
    event_settle(life, sending, PROBLEM_NONE, 200);
    assert_true(outbox_take(event_outbox(life), life->now, sending));
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
        event_settle(life, &sending, PROBLEM_TIMEOUT, 0);
        if (retry == 1) {
            assert_number(event_next_wait(life), 1000); /* of app_uninstalled */
            life_pass(life, 1);
            event_send_all(life, &sent);
            life->now -= 1000;
        }
        if (seconds[retry])
            assert_number(event_next_wait(life), seconds[retry] * 1000);
        life_pass(life, seconds[retry]);
        assert_true(outbox_take(event_outbox(life), life->now, &sending));
        assert_string_equal(header_of(&sending, "X-Slack-Retry-Num"), number);
        assert_string_equal(header_of(&sending, "X-Slack-Retry-Reason"),
                            "http_timeout");
        number[0]++;
    }
    event_settle(life, &sending, PROBLEM_HTTP, 500);
    assert_number(event_next_wait(life), -1);
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
    outbox_settle(event_outbox(life), &outcome, life->now);
    life_pass(life, 1);
    assert_true(outbox_take(event_outbox(life), life->now, &sending));
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
    event_settle(life, &sending, PROBLEM_CONNECTION, 0);
    assert_number(event_next_wait(life), 1000); /* of app_uninstalled */
}

static void a_retry_waits_for_a_clock_that_stands_still(void **state)
{
    struct life *life = *state;
    struct sent sent;

    world_load(life->world,
               WITH(APP ",\"clock\":{\"at\":\"2030-01-01T00:00:00Z\","
                        "\"frozen\":true}"));
    event_uninstall(life);
    event_send_all(life, &sent);
    life_pass(life, HOUR);
    assert_number(event_next_wait(life), -1);
    assert_false(
        outbox_take(event_outbox(life), life->now, &(struct sending){0}));
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
    outbox_settle(event_outbox(life), &outcome, life->now);
    assert_number(event_next_wait(life), -1);
    assert_non_null(
        strstr(event_deliveries(life), "\"deliveries\":[],\"count\":0"));
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
    event_uninstall(life);
    assert_true(outbox_take(event_outbox(life), life->now, &sending));
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
    event_uninstall(&life);
    assert_string_equal(event_send_all(&life, &sent), wanted->at_once);
    life_pass(&life, 1);
    if (strstr(wanted->later, "app_uninstalled tokens")) {
        assert_string_equal(event_send_all(&life, &sent), " app_uninstalled");
        life_pass(&life, 10);
        assert_string_equal(event_send_all(&life, &sent), REVOKED);
        return;
    }
    assert_string_equal(event_send_all(&life, &sent), wanted->later);
}

#define ADD(test) add_test_with(&list, test, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(retries_come_at_once_after_a_minute_and_after_five);
    ADD(retries_stop_when_the_receiver_says_so);
    ADD(retries_can_be_switched_off);
    ADD(a_retry_waits_for_a_clock_that_stands_still);
    ADD(a_reset_forgets_what_waits);
    ADD(it_is_signed_with_the_time_of_sending);
    add_rows_with(&list, a_rule_has_its_say, rule_rows, world_row_setup,
                  world_row_teardown);
    return run_list("event retries", &list);
}
