/*
 * Rules for webhooks: each error that Slack documents of them can be forced,
 * with its status.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "life.h"
#include "mock/webhook.h"

#define WEBHOOK "T0TEAM/B0WEBHOOK/secretsecretsecretsecret"
#define MESSAGE "{\"text\":\"hi\",\"channel\":\"#a\"}"
#define RULE(when, reply)                                                      \
    WITH("\"rules\":[{\"name\":\"r\",\"when\":" when ",\"reply\":" reply "}]")
#define ALL "{\"webhook\":\"*\"}"

static const char *post_to(struct world *world, const char *path,
                           const char *message)
{
    const struct request_header type = {"Content-Type", "application/json"};
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .target = "/services/" WEBHOOK,
        .method = path,
        .headers = &type,
        .header_count = 1,
        .body = message,
        .body_length = strlen(message),
        .host_time = HOST_TIME,
    };

    webhook_handle(world->mock, &request, &world->reply);
    return buffer_text(&world->reply.body);
}

static const char *post(struct world *world)
{
    return post_to(world, WEBHOOK, MESSAGE);
}

/* ---- each error ---- */

struct error_row {
    const char *name;
    int status;
};

/* Slack's page has them; where the statuses come from, webhook_error.c says. */
static struct error_row errors[] = {
    {"invalid_payload", 400},
    {"user_not_found", 400},
    {"action_prohibited", 403},
    {"channel_not_found", 404},
    {"channel_is_archived", 410},
    {"rollup_error", 500},
    {"no_service", 404},
    {"no_active_hooks", 404},
    {"no_team", 404},
    {"no_text", 400},
    {"invalid_token", 403},
    {"invalid_blocks", 400},
    {"no_service_id", 404},
    {"team_disabled", 403},
    {"posting_to_general_channel_denied", 403},
    {"too_many_attachments", 400},
};

static void it_can_be_forced_with_its_status(void **state)
{
    const struct world_row *at = *state;
    const struct error_row *row = at->row;
    struct world *world = at->world;
    char scenario[512];

    snprintf(scenario, sizeof scenario, RULE(ALL, "{\"error\":\"%s\"}"),
             row->name);
    world_load(world, scenario);
    assert_string_equal(post(world), row->name);
    assert_number(world->reply.status, row->status);
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "text/plain; charset=utf-8");
    assert_string_equal(world->reply.record.error, row->name);
    assert_string_equal(world->reply.record.rule, "r");
    assert_false(world->reply.record.committed);
}

static void rate_limited_is_json_with_429(void **state)
{
    struct world *world = *state;

    world_load(world, RULE(ALL, "{\"error\":\"rate_limited\"}"));
    assert_string_equal(
        post(world),
        "{\"retry_after\":1,\"ok\":false,\"error\":\"rate_limited\"}");
    assert_number(world->reply.status, 429);
    assert_string_equal(reply_header(&world->reply, "Retry-After"), "1");
    world_load(world,
               RULE(ALL, "{\"error\":\"rate_limited\",\"retry_after\":30}"));
    assert_non_null(strstr(post(world), "{\"retry_after\":30,"));
    assert_string_equal(reply_header(&world->reply, "Retry-After"), "30");
}

/* ---- whom it is for ---- */

static void a_rule_for_calls_is_for_no_webhook(void **state)
{
    struct world *world = *state;

    world_load(world, RULE("{}", "{\"error\":\"fatal_error\"}"));
    assert_string_equal(post(world), "ok");
}

static void a_rule_for_webhooks_is_for_no_call(void **state)
{
    struct world *world = *state;

    world_load(world, RULE(ALL, "{\"error\":\"no_team\"}"));
    assert_non_null(strstr(world_exchange(world, EXCHANGE_BOT), "\"ok\":true"));
}

static void its_path_its_headers_and_its_message_may_be_asked_for(void **state)
{
    struct world *world = *state;

    world_load(world,
               RULE("{\"webhook\":\"T0TEAM/*\",\"header\":{\"content-type\":"
                    "\"application/json\"},\"argument\":{\"channel\":\"#a\"}}",
                    "{\"error\":\"channel_not_found\"}"));
    assert_string_equal(post(world), "channel_not_found");
    assert_string_equal(post_to(world, "T1/B1/x", MESSAGE), "ok");
    assert_string_equal(post_to(world, WEBHOOK, "{\"text\":\"hi\"}"), "ok");
    assert_non_null(
        strstr(world->reply.record.hint, "only its argument channel kept it"));
}

static void it_counts_its_messages(void **state)
{
    struct world *world = *state;

    world_load(world, RULE("{\"webhook\":\"*\",\"call\":2}",
                           "{\"error\":\"no_team\"}"));
    assert_string_equal(post(world), "ok");
    assert_string_equal(post(world), "no_team");
    assert_string_equal(post(world), "ok");
}

/* ---- what it can do ---- */

static void at_the_stage_after_the_message_was_taken(void **state)
{
    struct world *world = *state;

    world_load(world, WITH("\"rules\":[{\"when\":" ALL ",\"stage\":\"after\","
                           "\"reply\":{\"error\":\"rollup_error\"}}]"));
    assert_string_equal(post(world), "rollup_error");
    assert_true(world->reply.record.committed);
}

static void it_may_dress_the_answer(void **state)
{
    struct world *world = *state;

    world_load(world, RULE(ALL, "{\"status\":202,\"headers\":{\"Via\":\"x\"},"
                                "\"delay\":50}"));
    assert_string_equal(post(world), "ok");
    assert_number(world->reply.status, 202);
    assert_string_equal(reply_header(&world->reply, "Via"), "x");
    assert_number(world->reply.delay, 50);
    assert_true(world->reply.record.committed);
}

static void it_may_answer_a_body_or_json_of_its_own(void **state)
{
    struct world *world = *state;

    world_load(world, RULE(ALL, "{\"body\":\"<html>\",\"status\":502,"
                                "\"content_type\":\"text/html\"}"));
    assert_string_equal(post(world), "<html>");
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "text/html");
    world_load(world, RULE(ALL, "{\"json\":{\"error\":\"e\",\"ok\":false}}"));
    assert_string_equal(post(world), "{\"ok\":false,\"error\":\"e\"}");
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "application/json; charset=utf-8");
    assert_string_equal(world->reply.record.error, "e");
}

static void a_fault_keeps_the_message_from_the_webhook(void **state)
{
    struct world *world = *state;

    world_load(world, RULE(ALL, "{\"fault\":\"reset\"}"));
    (void)post(world);
    assert_string_equal(world->reply.record.fault, "reset");
    assert_false(world->reply.record.committed);
}

/* ---- mistakes ---- */

static struct mistake_row mistakes[] = {
    {"an error that is of methods alone",
     RULE(ALL, "{\"error\":\"fatal_error\"}"),
     "$.rules[0].reply.error: found \"fatal_error\", wanted a documented error "
     "of webhooks, or \"undocumented\": true beside it\n"},
    {"an error that is nearly one", RULE(ALL, "{\"error\":\"no_servise\"}"),
     "$.rules[0].reply.error: found \"no_servise\", wanted a documented error "
     "of webhooks, or \"undocumented\": true beside it; did you mean "
     "\"no_service\"?\n"},
    {"an error of webhooks for calls", RULE("{}", "{\"error\":\"no_team\"}"),
     "$.rules[0].reply.error: found \"no_team\", wanted a documented error, or "
     "\"undocumented\": true beside it; did you mean \"no_text\"?\n"},
    {"conditions on a call", RULE("{\"webhook\":\"*\",\"method\":\"*\"}", "{}"),
     "$.rules[0].when: found \"webhook\" beside \"method\", \"token\" or "
     "\"client_id\", wanted none: a webhook takes no calls\n"},
    {"an event too",
     RULE("{\"webhook\":\"*\",\"event\":\"tokens_revoked\"}", "{}"),
     "$.rules[0].when: found \"event\" beside conditions on a call, wanted "
     "none: an event is no call\n"},
    {"what JSON alone has", RULE(ALL, "{\"messages\":[\"m\"]}"),
     "$.rules[0]: a webhook answers a text; wanted no \"fields\", "
     "\"warnings\" or \"messages\" for it\n"},
};

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_can_be_forced_with_its_status, errors,
                  world_row_setup, world_row_teardown);
    ADD(rate_limited_is_json_with_429);
    ADD(a_rule_for_calls_is_for_no_webhook);
    ADD(a_rule_for_webhooks_is_for_no_call);
    ADD(its_path_its_headers_and_its_message_may_be_asked_for);
    ADD(it_counts_its_messages);
    ADD(at_the_stage_after_the_message_was_taken);
    ADD(it_may_dress_the_answer);
    ADD(it_may_answer_a_body_or_json_of_its_own);
    ADD(a_fault_keeps_the_message_from_the_webhook);
    world_add_mistakes(&list, mistakes, sizeof mistakes / sizeof *mistakes);
    return run_list("rules for webhooks", &list);
}
