/* POST /_mock/install: an installation without a browser. */
#include <string.h>

#include "check.h"
#include "life.h"

static const char *install(struct life *life, const char *body)
{
    const struct request request = {
        .verb = VERB_POST,
        .verb_name = "POST",
        .method = "install",
        .body = body,
        .body_length = strlen(body),
        .host_time = life->now,
    };

    return world_control(life->world, &request);
}

static void it_answers_like_the_exchange_of_a_code(void **state)
{
    struct life *life = *state;
    struct pair pair;

    life_read_pair(install(life, "{}"), &pair);
    assert_token_is(life, pair.access, NULL);
    assert_non_null(
        strstr(install(life, "{\"team\":\"T0TEAM\",\"user\":{\"user\":"
                             "\"U9\",\"scope\":\"chat:write\"}}"),
               "{\"ok\":true,\"app_id\":\"A0APP\",\"authed_user\":{"
               "\"id\":\"U9\",\"scope\":\"chat:write\","));
}

static void it_may_bring_a_webhook(void **state)
{
    struct life *life = *state;

    assert_non_null(
        strstr(install(life, "{\"bot\":{\"user\":\"U0BOT\",\"scope\":"
                             "\"incoming-webhook\"},\"incoming_webhook\":"
                             "\"#alerts\"}"),
               "\"incoming_webhook\":{\"channel\":\"#alerts\","));
}

static void a_wrong_one_is_refused_whole(void **state)
{
    struct life *life = *state;

    assert_non_null(strstr(install(life, "{\"app\":\"A0AP\",\"bots\":{}}"),
                           "\"ok\":false"));
    assert_number(life->world->reply.status, 422);
    assert_non_null(strstr(buffer_text(&life->world->reply.body),
                           "did you mean \\\"bot\\\"?"));
    assert_non_null(strstr(install(life, "{\"app\":\"A0AP\"}"),
                           "$.app: found \\\"A0AP\\\""));
    assert_number(life->world->reply.status, 422);
}

#define ADD(function) add_test_with(&list, function, life_setup, life_teardown)

int main(void)
{
    struct test_list list = {.count = 0};

    ADD(it_answers_like_the_exchange_of_a_code);
    ADD(it_may_bring_a_webhook);
    ADD(a_wrong_one_is_refused_whole);
    return run_list("install by the control API", &list);
}
