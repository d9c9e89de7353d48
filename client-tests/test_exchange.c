/*
 * A successful oauth.v2.exchange, byte for byte: which fields, in which order,
 * how the new tokens are spelt, what is the same from run to run and what not.
 */
#include <cjson/cJSON.h>
#include <signal.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

static const char *text_at(const struct http_reply *reply, const char *path)
{
    const char *text = cJSON_GetStringValue(json_at(reply->json, path));

    if (!text)
        fail_msg("no text at %s in %s", path, reply->body);
    return text;
}

/* The body of a success as it must be, its own two new tokens put in. */
static void check_success(struct test *test, const struct http_reply *reply,
                          const char *middle, const char *user,
                          const char *parties)
{
    assert_number(reply->status, 200);
    assert_text(
        reply->body,
        test_printf(test,
                    "{\"ok\":true,\"app_id\":\"A0APP\",%s,"
                    "\"access_token\":\"%s\",%s,\"refresh_token\":\"%s\","
                    "\"expires_in\":43200,%s}",
                    middle, text_at(reply, "access_token"), user,
                    text_at(reply, "refresh_token"), parties));
}

#define BOT_MIDDLE "\"token_type\":\"bot\",\"scope\":\"commands,chat:write\""
#define BOT_USER   "\"bot_user_id\":\"U0BOT\""
#define EXAMPLE    "\"team\":{\"id\":\"T0TEAM\",\"name\":\"Example\"}"
#define NO_ORG     "\"enterprise\":null"
#define ORG        "\"enterprise\":{\"id\":\"E0ORG\",\"name\":\"Org\"}"
#define USER_MIDDLE                                                            \
    "\"token_type\":\"user\",\"scope\":\"chat:write,users:read\""

static void test_bot_reply(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    check_success(test, http_exchange(test, server, BOT_FORM), BOT_MIDDLE,
                  BOT_USER, EXAMPLE "," NO_ORG);
}

static void test_user_reply(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);

    check_success(test, http_exchange(test, server, USER_FORM), USER_MIDDLE,
                  "\"user_id\":\"U0USER\"", EXAMPLE "," NO_ORG);
}

static void test_team_in_organisation(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"teams\":[{\"id\":\"T0TEAM\"," ORG "}]"));

    check_success(test, http_exchange(test, server, BOT_FORM), BOT_MIDDLE,
                  BOT_USER, EXAMPLE "," ORG);
}

static void test_whole_organisation(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"teams\":[{\"id\":\"E0ORG\"," ORG "}],"
                                      "\"tokens\":[{\"token\":\"" BOT_TOKEN
                                      "\",\"team\":\"E0ORG\"}]"));

    check_success(test, http_exchange(test, server, BOT_FORM), BOT_MIDDLE,
                  BOT_USER, "\"team\":null," ORG);
}

/* Neither `/` nor UTF-8 is escaped; Content-Length counts bytes. */
static void test_text_is_not_escaped(struct test *test)
{
    struct server *server = server_start_with(
        test, WORLD("\"teams\":[{\"id\":\"T0TEAM\","
                    "\"name\":\"Zo\xc3\xab \\/ \\u00fcnit \\ud83d\\ude00\"}]"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_contains(reply->body,
                    "\"Zo\xc3\xab / \xc3\xbcnit \xf0\x9f\x98\x80\"");
    assert_text(http_header(reply, "Content-Length"),
                test_printf(test, "%zu", strlen(reply->body)));
}

/* A prefix, then letters and digits alone. */
static void check_spelling(const char *token, const char *prefix)
{
    const char *tail = token + strlen(prefix);

    if (strncmp(token, prefix, strlen(prefix)) != 0 || !*tail ||
        tail[strspn(tail, "abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")] != '\0')
        fail_msg("%s is not %s and letters and digits", token, prefix);
}

/* Facts 3.2: what secret scanners look for is 163 to 166, and 146. */
static void check_fake(const char *token)
{
    assert_contains(token, "FAKE");
    assert_true(strlen(token) < 100);
}

static void test_fake_tokens(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *bot = http_exchange(test, server, BOT_FORM);
    const struct http_reply *user = http_exchange(test, server, USER_FORM);

    check_spelling(text_at(bot, "access_token"), "xoxe.xoxb-1-");
    check_spelling(text_at(bot, "refresh_token"), "xoxe-1-");
    check_spelling(text_at(user, "access_token"), "xoxe.xoxp-1-");
    check_spelling(text_at(user, "refresh_token"), "xoxe-1-");
    check_fake(text_at(bot, "access_token"));
    check_fake(text_at(bot, "refresh_token"));
    check_fake(text_at(user, "access_token"));
    check_fake(text_at(user, "refresh_token"));
}

static void test_realistic_tokens(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"token_style\":\"realistic\""));
    const struct http_reply *bot = http_exchange(test, server, BOT_FORM);
    const struct http_reply *user = http_exchange(test, server, USER_FORM);

    check_spelling(text_at(bot, "access_token"), "xoxe.xoxb-1-");
    check_spelling(text_at(user, "access_token"), "xoxe.xoxp-1-");
    assert_number(strlen(text_at(bot, "access_token")), 176);
    assert_number(strlen(text_at(user, "access_token")), 176);
    assert_number(strlen(text_at(bot, "refresh_token")), 153);
    assert_number(strlen(text_at(user, "refresh_token")), 153);
}

/* Status, headers in their order, body: all that a client can see. */
static char *spell(struct test *test, const struct http_reply *reply)
{
    char *text = test_printf(test, "%d\n", reply->status);

    for (size_t i = 0; i < reply->header_count; i++)
        text = test_printf(test, "%s%s: %s\n", text, reply->headers[i].name,
                           reply->headers[i].value);
    return test_printf(test, "%s\n%s\n", text, reply->body);
}

/* A run of the server: a success, its repetition, an error, a success. */
static const char *play(struct test *test, const char *scenario)
{
    static const char *const forms[] = {BOT_FORM, BOT_FORM, APP_FORM,
                                        USER_FORM};
    struct server *server = server_start_with(test, scenario);
    char *all = test_printf(test, "%s", "");

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        all = test_printf(test, "%s%s", all,
                          spell(test, http_exchange(test, server, forms[i])));
    server_signal(server, SIGTERM);
    server_end(server);
    return all;
}

/* Frozen: a millisecond later a running clock would show the next second. */
static void test_seed_decides_all(struct test *test)
{
    static const char scenario[] = WORLD(
        "\"seed\":7,"
        "\"clock\":{\"at\":\"2026-01-01T00:00:00.999Z\",\"frozen\":true}");
    const char *first = play(test, scenario);

    assert_contains(first, "Date: Thu, 01 Jan 2026 00:00:00 GMT\n");
    assert_contains(first, "xoxe.xoxp-1-");
    assert_text(play(test, scenario), first);
}

static void test_seeds_differ(struct test *test)
{
    struct server *seven = server_start_with(test, WORLD("\"seed\":7"));
    struct server *eight = server_start_with(test, WORLD("\"seed\":8"));
    const struct http_reply *first = http_exchange(test, seven, BOT_FORM);
    const struct http_reply *second = http_exchange(test, eight, BOT_FORM);

    assert_string_not_equal(text_at(first, "access_token"),
                            text_at(second, "access_token"));
    assert_string_not_equal(text_at(first, "refresh_token"),
                            text_at(second, "refresh_token"));
}

static void test_no_seed_is_random(struct test *test)
{
    struct server *one = server_start(test, NULL, NULL);
    struct server *other = server_start(test, NULL, NULL);
    const struct http_reply *first = http_exchange(test, one, BOT_FORM);
    const struct http_reply *second = http_exchange(test, other, BOT_FORM);

    assert_string_not_equal(text_at(first, "access_token"),
                            text_at(second, "access_token"));
    assert_string_not_equal(text_at(first, "refresh_token"),
                            text_at(second, "refresh_token"));
    assert_string_not_equal(http_header(first, "X-Slack-Req-Id"),
                            http_header(second, "X-Slack-Req-Id"));
}

static void test_request_ids_differ(struct test *test)
{
    struct server *server = server_start_with(test, WORLD("\"seed\":7"));
    const struct http_reply *first = http_exchange(test, server, BOT_FORM);
    const struct http_reply *second = http_exchange(test, server, BOT_FORM);

    assert_string_not_equal(http_header(first, "X-Slack-Req-Id"),
                            http_header(second, "X-Slack-Req-Id"));
}

static void test_running_clock(struct test *test)
{
    struct server *server =
        server_start_with(test, WORLD("\"clock\":\"2031-05-06T23:00:00Z\""));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);

    assert_contains(http_header(reply, "Date"), "Tue, 06 May 2031 23:0");
}

int run_exchange_tests(void)
{
    static const struct test_case cases[] = {
        {"exchange: the reply for a bot token", test_bot_reply, NULL},
        {"exchange: the reply for a user token", test_user_reply, NULL},
        {"exchange: a team in an organisation", test_team_in_organisation,
         NULL},
        {"exchange: an app installed to a whole organisation",
         test_whole_organisation, NULL},
        {"exchange: neither slashes nor UTF-8 are escaped",
         test_text_is_not_escaped, NULL},
        {"exchange: new tokens are visibly fake", test_fake_tokens, NULL},
        {"exchange: realistic tokens have true lengths", test_realistic_tokens,
         NULL},
        {"exchange: a seed and a frozen clock give the same bytes in each run",
         test_seed_decides_all, NULL},
        {"exchange: another seed gives other tokens", test_seeds_differ, NULL},
        {"exchange: without a seed each run is another", test_no_seed_is_random,
         NULL},
        {"exchange: each reply has a request id of its own",
         test_request_ids_differ, NULL},
        {"exchange: the clock starts where the scenario says",
         test_running_clock, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
