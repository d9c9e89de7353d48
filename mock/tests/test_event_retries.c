/*
 * What becomes of an event on its way: its signature, its retries, and rules
 * that have a say (Slack's Events API page, "Error handling").
 */
#include <stdio.h>
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

/* The page "Verifying requests from Slack" computes this one. */
static void the_signature_is_that_of_slacks_page(void **state)
{
    static const char text[] =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain="
        "testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id="
        "U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F"
        "397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015."
        "47445629121.803a0bc887a14d10d2c447fce8b6703c";
    struct buffer body = BUFFER_INIT;
    char signature[sizeof "v0=" + 2 * SHA256_SIZE];

    (void)state;
    buffer_add_text(&body, text);
    delivery_sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", &body,
                  signature, sizeof signature);
    buffer_free(&body);
    assert_string_equal(signature, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d"
                                   "21a10bd27519666489c69b503");
}

/* ---- reasons ---- */

struct reason_row {
    const char *name;
    enum delivery_problem problem;
};

static struct reason_row reasons[] = {
    {"http_timeout", PROBLEM_TIMEOUT},
    {"too_many_redirects", PROBLEM_REDIRECTS},
    {"connection_failed", PROBLEM_CONNECTION},
    {"ssl_error", PROBLEM_TLS},
    {"http_error", PROBLEM_HTTP},
    {"unknown_error", PROBLEM_UNKNOWN},
};

static void a_retry_tells_its_reason(void **state)
{
    const struct world_row *at = *state;
    const struct reason_row *row = at->row;
    struct life life = {.world = at->world, .now = HOST_TIME};
    struct sending sending;

    world_load(life.world, WITH(APP));
    begin_event(&life, &sending);
    event_settle(&life, &sending, row->problem, 0);
    assert_true(outbox_take(event_outbox(&life), life.now, &sending));
    assert_string_equal(header_of(&sending, "X-Slack-Retry-Num"), "1");
    assert_string_equal(header_of(&sending, "X-Slack-Retry-Reason"), row->name);
}

/* ---- the challenge ---- */

struct challenge_row {
    const char *name;
    const char *answer; /* `*` stands for the challenge */
    const char *state;
};

static struct challenge_row challenges[] = {
    {"the challenge as text", "*", "delivered"},
    {"the challenge as text with a line end", "*\r\n", "delivered"},
    {"the challenge as a form", "challenge=*", "delivered"},
    {"the challenge as JSON", "{\"challenge\":\"*\"}", "delivered"},
    {"another challenge", "*x", "failed"},
    {"another challenge as JSON", "{\"challenge\":\"*x\"}", "failed"},
    {"nothing", "", "failed"},
};

static void a_url_is_verified_by(void **state)
{
    const struct world_row *at = *state;
    const struct challenge_row *row = at->row;
    struct life life = {.world = at->world, .now = HOST_TIME};
    const char *star = strchr(row->answer, '*');
    struct delivery_outcome outcome = {.status = 200};
    struct sending sending;
    const char *challenge;
    char answer[128];
    char wanted[64];

    world_load(life.world, WITH(APP));
    event_uninstall(&life);
    assert_true(outbox_take(event_outbox(&life), life.now, &sending));
    challenge = strstr(sending.body, "\"challenge\":\"");
    assert_non_null(challenge);
    challenge += strlen("\"challenge\":\"");
    snprintf(answer, sizeof answer, "%.*s%.*s%s",
             star ? (int)(star - row->answer) : 0, row->answer,
             star ? (int)strcspn(challenge, "\"") : 0, challenge,
             star ? star + 1 : "");
    outcome.ticket = sending.ticket;
    outcome.answer = answer;
    outcome.answer_length = strlen(answer);
    outbox_settle(event_outbox(&life), &outcome, life.now);
    snprintf(wanted, sizeof wanted, "\"state\":\"%s\"", row->state);
    assert_non_null(strstr(event_deliveries(&life), wanted));
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
    ADD(the_signature_is_that_of_slacks_page);
    add_rows_with(&list, a_retry_tells_its_reason, reasons, world_row_setup,
                  world_row_teardown);
    add_rows_with(&list, a_url_is_verified_by, challenges, world_row_setup,
                  world_row_teardown);
    add_rows_with(&list, a_rule_has_its_say, rule_rows, world_row_setup,
                  world_row_teardown);
    return run_list("event retries", &list);
}
