/*
 * A token is exchanged once, whoever asks how often and how fast.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define CALLERS 64

#define GENERATED_WORLD                                                        \
    WORLD("\"tokens\":["                                                       \
          "{\"generate\":1000,\"type\":\"bot\",\"app\":\"A0APP\","             \
          "\"team\":\"T0TEAM\",\"scope\":\"commands\"},"                       \
          "{\"generate\":3,\"type\":\"user\",\"app\":\"A0APP\","               \
          "\"team\":\"T0TEAM\",\"scope\":\"chat:write\"},"                     \
          "{\"generate\":2,\"type\":\"bot\",\"prefix\":\"xoxb-mine\","         \
          "\"app\":\"A0APP\",\"team\":\"T0TEAM\",\"scope\":\"commands\"}]")

static const struct http_reply *
exchange(struct test *test, struct server *server, const char *token)
{
    return http_exchange(test, server,
                         test_printf(test, APP_FORM "&token=%s", token));
}

/* How many of these replies have the error; NULL: are successes. */
static int count(const struct http_reply *const replies[], const char *error)
{
    int found = 0;

    for (int i = 0; i < CALLERS; i++) {
        const char *got = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(replies[i]->json, "error"));

        if (got && error ? strcmp(got, error) == 0 : got == error)
            found++;
    }
    return found;
}

/*
 * All connections are open and all requests sent but for their last byte, then
 * the last bytes go out: the server has all of them at hand at once.
 */
static void race(struct test *test, struct server *server, const char *form,
                 const struct http_reply *replies[])
{
    const char *request =
        test_printf(test,
                    "POST " EXCHANGE " HTTP/1.1\r\nHost: x\r\n" FORM
                    "\r\nContent-Length: %zu\r\n\r\n%s",
                    strlen(form), form);
    size_t length = strlen(request);
    struct raw_socket *callers[CALLERS];

    for (int i = 0; i < CALLERS; i++) {
        callers[i] = raw_connect(test, server);
        raw_send_bytes(callers[i], request, length - 1);
    }
    for (int i = 0; i < CALLERS; i++)
        raw_send_bytes(callers[i], request + length - 1, 1);
    for (int i = 0; i < CALLERS; i++)
        replies[i] = raw_await_reply(callers[i]);
}

static void test_race(struct test *test)
{
    const char *form = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *replies[CALLERS];
    const cJSON *log;
    const cJSON *line;
    int committed = 0;

    race(test, server, form, replies);
    assert_number(count(replies, NULL), 1);
    assert_number(count(replies, "token_already_exchanged"), CALLERS - 1);
    log = server_await_log(test, server, CALLERS);
    cJSON_ArrayForEach (line, log) {
        committed += !cJSON_IsString(json_at(line, "error"));
    }
    assert_number(committed, 1);
}

static void test_second_exchange(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_json(exchange(test, server, BOT_TOKEN)->json, "ok", "true");
    assert_text(exchange(test, server, BOT_TOKEN)->body,
                "{\"ok\":false,\"error\":\"token_already_exchanged\"}");
    assert_text(exchange(test, server, BOT_TOKEN)->body,
                "{\"ok\":false,\"error\":\"token_already_exchanged\"}");
}

static void test_bot_and_user_apart(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *bot = exchange(test, server, BOT_TOKEN);
    const struct http_reply *user = exchange(test, server, USER_TOKEN);

    assert_json_text(bot->json, "token_type", "bot");
    assert_json_text(user->json, "token_type", "user");
    assert_string_not_equal(
        cJSON_GetStringValue(json_at(bot->json, "refresh_token")),
        cJSON_GetStringValue(json_at(user->json, "refresh_token")));
    assert_json_text(exchange(test, server, USER_TOKEN)->json, "error",
                     "token_already_exchanged");
}

/* A refused call must leave the token as it was. */
static void test_refusal_spends_nothing(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    assert_json_text(http_exchange(test, server,
                                   "client_id=" CLIENT_ID
                                   "&client_secret=wrong&token=" BOT_TOKEN)
                         ->json,
                     "error", "bad_client_secret");
    assert_json(exchange(test, server, BOT_TOKEN)->json, "ok", "true");
}

static void test_new_tokens_are_no_legacy_ones(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply = exchange(test, server, BOT_TOKEN);
    const char *access =
        cJSON_GetStringValue(json_at(reply->json, "access_token"));
    const char *refresh =
        cJSON_GetStringValue(json_at(reply->json, "refresh_token"));

    assert_non_null(access);
    assert_non_null(refresh);
    assert_json_text(exchange(test, server, access)->json, "error",
                     "invalid_token");
    assert_json_text(exchange(test, server, refresh)->json, "error",
                     "invalid_token");
}

static void check_once(struct test *test, struct server *server,
                       const char *token, const char *type)
{
    assert_json_text(exchange(test, server, token)->json, "token_type", type);
    assert_json_text(exchange(test, server, token)->json, "error",
                     "token_already_exchanged");
}

static void check_unknown(struct test *test, struct server *server,
                          const char *token)
{
    assert_json_text(exchange(test, server, token)->json, "error",
                     "invalid_token");
}

static void test_generated_tokens(struct test *test)
{
    struct server *server = server_start_with(test, GENERATED_WORLD);

    check_once(test, server, "xoxb-generated-1", "bot");
    check_once(test, server, "xoxb-generated-2", "bot");
    check_once(test, server, "xoxb-generated-1000", "bot");
    check_once(test, server, "xoxp-generated-3", "user");
    check_once(test, server, "xoxb-mine-2", "bot");
    check_once(test, server, BOT_TOKEN, "bot");
    check_unknown(test, server, "xoxb-generated-0");
    check_unknown(test, server, "xoxb-generated-01");
    check_unknown(test, server, "xoxb-generated-1001");
    check_unknown(test, server, "xoxb-generated-");
    check_unknown(test, server, "xoxb-generated");
    check_unknown(test, server, "xoxb-generated-99999999999999999999");
    check_unknown(test, server, "xoxp-generated-4");
    check_unknown(test, server, "xoxb-mine-3");
}

int run_single_use_tests(void)
{
    static const struct test_case cases[] = {
        {"single use: of 64 calls with a bot token at once one succeeds",
         test_race, BOT_FORM},
        {"single use: of 64 calls with a user token at once one succeeds",
         test_race, USER_FORM},
        {"single use: a second exchange is refused, and a third",
         test_second_exchange, NULL},
        {"single use: bot and user token are exchanged apart",
         test_bot_and_user_apart, NULL},
        {"single use: a refused call leaves the token as it was",
         test_refusal_spends_nothing, NULL},
        {"single use: the new tokens are no legacy ones",
         test_new_tokens_are_no_legacy_ones, NULL},
        {"single use: generated tokens, each once", test_generated_tokens,
         NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
