/* What webhooks and response URLs take, and what they answer. */
#include <string.h>

#include "check.h"
#include "life.h"
#include "mock/webhook.h"

#define JSON    "application/json"
#define FORM    "application/x-www-form-urlencoded"
#define WEBHOOK "T0TEAM/B0WEBHOOK/secretsecretsecretsecret"

struct row {
    const char *name;
    enum verb verb;
    const char *path; /* after /services/ */
    const char *type;
    const char *body;
    int status;
    const char *answer;
};

static struct row rows[] = {
    {"a message as JSON", VERB_POST, WEBHOOK, JSON, "{\"text\":\"hi\"}", 200,
     "ok"},
    {"a message as a form", VERB_POST, WEBHOOK, FORM,
     "payload=%7B%22text%22%3A%22hi%22%7D", 200, "ok"},
    {"blocks without a text", VERB_POST, WEBHOOK, JSON, "{\"blocks\":[{}]}",
     200, "ok"},
    {"a webhook of a team elsewhere", VERB_POST, "T0/B0/X", JSON,
     "{\"text\":\"hi\"}", 200, "ok"},
    {"a message without content", VERB_POST, WEBHOOK, JSON, "{\"text\":\"\"}",
     400, "no_text"},
    {"a response URL without content", VERB_POST, "actions/T0/1/x", JSON,
     "{\"delete_original\":true}", 200, "ok"},
    {"what is no JSON", VERB_POST, WEBHOOK, JSON, "{", 400, "invalid_payload"},
    {"what is no object", VERB_POST, WEBHOOK, JSON, "[]", 400,
     "invalid_payload"},
    {"nothing at all", VERB_POST, WEBHOOK, JSON, "", 400, "invalid_payload"},
    {"a form without payload", VERB_POST, WEBHOOK, FORM, "text=hi", 400,
     "invalid_payload"},
    {"no webhook", VERB_POST, "", JSON, "{\"text\":\"hi\"}", 404, "no_service"},
    {"a slash too many", VERB_POST, "/" WEBHOOK, JSON, "{\"text\":\"hi\"}", 404,
     "no_service"},
    {"a way around", VERB_POST, "../services/" WEBHOOK, JSON,
     "{\"text\":\"hi\"}", 404, "no_service"},
    {"another verb", VERB_GET, WEBHOOK, JSON, "", 405, "method_not_allowed"},
};

static const char *post(struct world *world, const struct row *row)
{
    const struct request_header type = {"Content-Type", row->type};
    const struct request request = {
        .verb = row->verb,
        .verb_name = row->verb == VERB_POST ? "POST" : "GET",
        .target = "/services/" WEBHOOK,
        .method = row->path,
        .headers = &type,
        .header_count = 1,
        .body = row->body,
        .body_length = strlen(row->body),
        .host_time = HOST_TIME,
    };

    webhook_handle(world->mock, &request, &world->reply);
    return buffer_text(&world->reply.body);
}

static void it_answers(void **state)
{
    const struct world_row *world_row = *state;
    const struct row *row = world_row->row;
    struct world *world = world_row->world;

    assert_string_equal(post(world, row), row->answer);
    assert_number(world->reply.status, row->status);
    assert_string_equal(reply_header(&world->reply, "Content-Type"),
                        "text/plain; charset=utf-8");
}

static void it_dies_with_the_last_installation_of_its_team(void **state)
{
    struct life *life = *state;

    life_call(life, "auth.revoke", USER_TOKEN, "");
    assert_string_equal(post(life->world, &rows[0]), "ok");
    life_call(life, "apps.uninstall", BOT_TOKEN, CLIENT "&" SECRET);
    assert_string_equal(post(life->world, &rows[0]), "no_service");
    assert_number(life->world->reply.status, 404);
}

/* Slack's guide to installing: so does auth.revoke with the bot's token. */
static void it_dies_with_the_bots_token_though_a_persons_is_left(void **state)
{
    struct life *life = *state;

    life_call(life, "auth.revoke", BOT_TOKEN, "");
    assert_token_is(life, USER_TOKEN, NULL);
    assert_string_equal(post(life->world, &rows[0]), "no_service");
}

static void a_bot_that_is_installed_anew_has_it_back(void **state)
{
    struct life *life = *state;

    world_load(life->world, WITH("\"apps\":[{\"id\":\"A0APP\","
                                 "\"token_rotation\":false}],\"codes\":["
                                 "{\"code\":\"c\",\"app\":\"A0APP\",\"team\":"
                                 "\"T0TEAM\",\"bot\":{\"user\":\"U0BOT\"}}]"));
    life_call(life, "auth.revoke", BOT_TOKEN, "");
    life_call(life, "oauth.v2.access", NULL, CLIENT "&" SECRET "&code=c");
    assert_string_equal(post(life->world, &rows[0]), "ok");
}

static void the_end_of_a_rotated_token_is_not_the_bots(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_exchange(life, EXCHANGE_BOT, &pair);
    life_call(life, "auth.revoke", pair.access, "");
    assert_string_equal(post(life->world, &rows[0]), "ok");
}

static void it_is_journalled_and_its_secret_masked(void **state)
{
    struct life *life = *state;
    const char *journal;

    post(life->world, &rows[0]);
    journal = world_journal(life->world, "");
    assert_non_null(strstr(
        journal, "\"path\":\"/services/T0TEAM/B0WEBHOOK/...cret\",\"method\":"
                 "null"));
    assert_non_null(strstr(journal, "\"arguments\":{\"text\":\"hi\"}"));
}

int main(void)
{
    struct test_list list = {.count = 0};

    add_rows_with(&list, it_answers, rows, world_row_setup, world_row_teardown);
    add_test_with(&list, it_dies_with_the_last_installation_of_its_team,
                  life_setup, life_teardown);
    add_test_with(&list, it_dies_with_the_bots_token_though_a_persons_is_left,
                  life_setup, life_teardown);
    add_test_with(&list, a_bot_that_is_installed_anew_has_it_back, life_setup,
                  life_teardown);
    add_test_with(&list, the_end_of_a_rotated_token_is_not_the_bots, life_setup,
                  life_teardown);
    add_test_with(&list, it_is_journalled_and_its_secret_masked, life_setup,
                  life_teardown);
    return run_list("webhook", &list);
}
