/*
 * The log on stderr: a line a request, in two formats, and no secret in any.
 */
#include <cjson/cJSON.h>
#include <signal.h>
#include <string.h>

#include "check.h"
#include "default_world.h"
#include "files.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

/* Ends the server and returns all that it wrote to stderr. */
static const char *whole_log(struct server *server)
{
    server_signal(server, SIGTERM);
    server_end(server);
    return server_stderr(server);
}

static int count_lines(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void test_text_line(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--log-format", "text"));
    const char *log;

    (void)http_exchange(test, server, BOT_FORM);
    (void)http_exchange(test, server, BOT_FORM);
    log = whole_log(server);
    assert_number(count_lines(log), 2);
    assert_contains(log, "oauth.v2.exchange");
    assert_contains(log, "200");
    assert_contains(strchr(log, '\n'), "token_already_exchanged");
}

static void test_json_line(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request unknown = {.target = "/nope?x=1"};
    const cJSON *log;

    (void)http_exchange(test, server, BOT_FORM);
    (void)http_exchange(test, server, APP_FORM);
    (void)http_send(test, server, &unknown);
    log = server_await_log(test, server, 3);
    assert_json_text(log, "0.http_method", "POST");
    assert_json_text(log, "0.path", EXCHANGE);
    assert_json(log, "0.status", "200");
    assert_json(log, "0.error", NULL);
    assert_json_text(log, "1.error", "invalid_arguments");
    assert_json_text(log, "2.http_method", "GET");
    assert_json(log, "2.status", "404");
    assert_json_text(log, "2.error", "not_found");
    assert_number(count_lines(whole_log(server)), 3);
}

/* A hint has what was sent: C1 controls and marks of direction by number. */
static void test_text_controls(struct test *test)
{
    struct server *server = server_start(
        test,
        test_file(test, "world.json",
                  WORLD("\"apps\":[{\"id\":\"A0APP\",\"redirect_uris\":"
                        "[\"http://localhost/\"]}]")),
        ARGUMENTS("--log-format", "text"));
    const struct http_request page = {
        .target = "/oauth/v2/authorize?client_id=" CLIENT_ID
                  "&redirect_uri=http://localhost/"
                  "&scope=%C2%9B31m,%E2%80%AEx,%E2%80%A8,%C3%A9",
    };
    const char *log;

    (void)http_send(test, server, &page);
    log = whole_log(server);
    assert_contains(log, "Invalid scopes: \\xc2\\x9b31m, \\xe2\\x80\\xaex, "
                         "\\xe2\\x80\\xa8, \xc3\xa9");
}

static void test_quiet(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS("-q"));

    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
    assert_text(whole_log(server), "");
}

/* With -v the log also says why: the rule that acted, the gate that shut. */
static void test_verbose(struct test *test)
{
    struct server *server =
        server_start(test, "scenarios/errors/fatal_error.json",
                     ARGUMENTS("-v", "--log-format", "text"));
    const char *log;

    (void)http_exchange(test, server, BOT_FORM);
    (void)http_exchange(test, server, "token[]=1");
    log = whole_log(server);
    assert_true(count_lines(log) > 2);
    assert_contains(log, "rule \"fatal_error\"");
    assert_contains(log, "invalid_array_arg");
}

/* ---- secrets ---- */

/* Secrets of this test alone, each with a middle that nothing else has. */
#define SECRET_MIDDLE "5ecre7"
#define SPY_SECRET    "aaaa" SECRET_MIDDLE "bbbbccccdddd"
#define SPY_TOKEN     "xoxb-1234-" SECRET_MIDDLE "-bbbbccccdddd"
#define SPY_REFRESH   "xoxe-1-aaaa" SECRET_MIDDLE "bbbbccccdddd"
#define SPY_FORM                                                               \
    "client_id=" CLIENT_ID "&client_secret=" SPY_SECRET "&token=" SPY_TOKEN    \
    "&refresh_token=" SPY_REFRESH "&code=" SPY_SECRET

static const struct http_request spied_requests[] = {
    {.target = EXCHANGE, .headers = {FORM}, .body = SPY_FORM},
    {.target = EXCHANGE "?" SPY_FORM},
    {.target = EXCHANGE, .headers = {"Authorization: Bearer " SPY_TOKEN}},
    {.target =
         EXCHANGE "?token=xoxb%2D1234%2D" SECRET_MIDDLE "%2Dbbbbccccdddd"},
    {.target = EXCHANGE "?client%5Fsecret=" SPY_SECRET},
    {.target = EXCHANGE "?token[]=" SPY_TOKEN},
    {.target = "/api/" SPY_TOKEN},
    {.target = "/api/xoxb%2D1234%2D" SECRET_MIDDLE "%2Dbbbbccccdddd"},
    {.target = "/" SPY_TOKEN "/x?client_secret=" SPY_SECRET},
    {.target = "/sandbox/" SPY_TOKEN "/api/auth.test"},
    {.target = EXCHANGE "?clientSecret=aaaa\"" SECRET_MIDDLE},
    {.target = EXCHANGE "?client_id=" SPY_SECRET},
    {.target = EXCHANGE, .headers = {FORM}, .body = "client_id=" SPY_SECRET},
    {.verb = "PUT", .target = EXCHANGE "?" SPY_FORM},
    {.target = EXCHANGE, .headers = {FORM ";charset=x"}, .body = SPY_FORM},
};

#define SPIED (sizeof spied_requests / sizeof spied_requests[0])

static void send_spied(struct test *test, struct server *server)
{
    for (size_t i = 0; i < SPIED; i++)
        (void)http_send(test, server, &spied_requests[i]);
}

static void check_masked(struct server *server)
{
    const char *log = whole_log(server);

    assert_true(count_lines(log) >= (int)SPIED);
    assert_lacks(log, SECRET_MIDDLE);
    assert_lacks(server_stdout(server), SECRET_MIDDLE);
}

static void test_masked_in_json(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS("-v"));

    send_spied(test, server);
    check_masked(server);
}

static void test_masked_in_text(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("-v", "--log-format", "text"));

    send_spied(test, server);
    check_masked(server);
}

#define SPY_ENTRY                                                              \
    "{\"token\":\"xoxe.xoxb-1-%d\",\"refresh_token\":\"" SPY_REFRESH           \
    "\",\"expires_in\":9,\"app\":\"A0APP\",\"team\":\"T0TEAM\","               \
    "\"bot_user\":\"U0BOT\"}"

/* A reload says what is wrong with a scenario, and scenarios hold secrets. */
static void test_reload_masked(struct test *test)
{
    struct server *server = server_start(
        test, test_file(test, "scenario.json", WORLD("\"seed\":1")),
        ARGUMENTS("--log-format", test_row(test)));
    const char *log;

    (void)test_file(
        test, "scenario.json",
        test_printf(test, WORLD("\"tokens\":[" SPY_ENTRY "," SPY_ENTRY "]"), 1,
                    2));
    server_signal(server, SIGHUP);
    log = server_await_stderr(server, "the running world stays");
    assert_contains(log, "xoxe-1-...dd");
    assert_lacks(log, SECRET_MIDDLE);
}

/* Nor do the new tokens stand in the log, nor those of the scenario. */
static void test_new_tokens_masked(struct test *test)
{
    struct server *server = server_start(test, NULL, ARGUMENTS("-v"));
    const struct http_reply *reply = http_exchange(test, server, BOT_FORM);
    const char *access =
        cJSON_GetStringValue(json_at(reply->json, "access_token"));
    const char *refresh =
        cJSON_GetStringValue(json_at(reply->json, "refresh_token"));
    const char *log = whole_log(server);

    assert_non_null(access);
    assert_non_null(refresh);
    assert_contains(log, "oauth.v2.exchange");
    assert_lacks(log, access);
    assert_lacks(log, refresh);
    assert_lacks(log, BOT_TOKEN);
    assert_lacks(log, CLIENT_SECRET);
}

/* Which token it was can be told all the same. */
static void test_mask_tells_tokens_apart(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *line;

    (void)http_exchange(test, server, USER_FORM);
    (void)server_await_log(test, server, 1);
    line = server_stderr(server);
    assert_contains(line, "xoxp-");
    assert_contains(line, "defg\"");
}

int run_log_tests(void)
{
    static const struct test_case cases[] = {
        {"log: a line of text a request", test_text_line, NULL},
        {"log: a line of JSON a request", test_json_line, NULL},
        {"log: what a terminal might obey is told by its number",
         test_text_controls, NULL},
        {"log: -q leaves nothing", test_quiet, NULL},
        {"log: -v says why", test_verbose, NULL},
        {"log: secrets are masked in JSON", test_masked_in_json, NULL},
        {"log: secrets are masked in text", test_masked_in_text, NULL},
        {"log: mistakes at a reload are masked in JSON", test_reload_masked,
         "json"},
        {"log: mistakes at a reload are masked in text", test_reload_masked,
         "text"},
        {"log: new tokens are masked", test_new_tokens_masked, NULL},
        {"log: a masked token still shows its kind and end",
         test_mask_tells_tokens_apart, NULL},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
