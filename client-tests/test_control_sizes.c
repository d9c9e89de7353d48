/*
 * How large what comes by the control API may be: a scenario is as large as a
 * file may be, whatever the bodies of calls are held to.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define LIMITS   "--max-body", "300", "--max-scenario", "2000"
#define TOO_LONG "the body is larger than "

static const char put_world[] = "PUT /_mock/scenario";
static const char patch_world[] = "PATCH /_mock/scenario";
static const char put_sandbox[] = "PUT /_mock/sandboxes/another";
static const char put_world_of_sandbox[] = "PUT /sandbox/mine/_mock/scenario";

/* A scenario of that many bytes. */
static const char *scenario_of(struct test *test, int length)
{
    static const char opening[] =
        "{\"extends\":\"default.json\",\"description\":\"";

    return test_printf(test, "%s%0*d\"}", opening,
                       length - (int)strlen(opening) - 2, 0);
}

static struct server *start(struct test *test, const char *const *options)
{
    struct server *server = server_start(test, NULL, options);

    control_do(test, server, "PUT /_mock/sandboxes/mine", NULL);
    return server;
}

static void test_scenario(struct test *test)
{
    const char *call = test_row(test);
    struct server *server = start(test, ARGUMENTS(LIMITS));
    const struct http_reply *reply;

    control_do(test, server, call, scenario_of(test, 2000));
    reply = control_call(test, server, call, scenario_of(test, 2001));
    control_refused(reply, 413, "too_large");
    assert_contains(reply->body, TOO_LONG "--max-scenario");
}

/* The options that nobody gave: a file may have 256 MiB. */
static void test_default(struct test *test)
{
    struct server *server = start(test, NULL);

    control_do(test, server, put_sandbox, scenario_of(test, 3 << 20));
}

static void test_chunked(struct test *test)
{
    struct server *server = start(test, ARGUMENTS(LIMITS));
    struct raw_socket *raw = raw_connect(test, server);
    const char *head = test_printf(test, "PUT /_mock/scenario HTTP/1.1\r\n"
                                         "Host: localhost\r\n"
                                         "Transfer-Encoding: chunked\r\n\r\n");

    raw_send(raw, test_printf(test, "%s7d0\r\n%s\r\n0\r\n\r\n", head,
                              scenario_of(test, 2000)));
    assert_number(raw_await_reply(raw)->status, 200);
    raw_send(raw, test_printf(test, "%s7d1\r\n%s\r\n0\r\n\r\n", head,
                              scenario_of(test, 2001)));
    control_refused(raw_await_reply(raw), 413, "too_large");
}

/* The next request of the connection is a call again. */
static void test_call_afterwards(struct test *test)
{
    struct server *server = start(test, ARGUMENTS(LIMITS));
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    raw_send(raw, test_printf(test,
                              "PUT /_mock/scenario HTTP/1.1\r\n"
                              "Host: localhost\r\n"
                              "Content-Length: 2000\r\n\r\n%s",
                              scenario_of(test, 2000)));
    assert_number(raw_await_reply(raw)->status, 200);
    raw_send(raw, test_printf(test,
                              "POST " EXCHANGE " HTTP/1.1\r\n"
                              "Host: localhost\r\n" FORM "\r\n"
                              "Content-Length: 301\r\n\r\n%0301d",
                              0));
    reply = raw_await_reply(raw);
    control_refused(reply, 413, "too_large");
    assert_contains(reply->body, TOO_LONG "--max-body");
}

/* What is no scenario is held to what all are. */
static void test_other_control_calls(struct test *test)
{
    struct server *server = start(test, ARGUMENTS(LIMITS));
    const struct http_reply *reply =
        control_call(test, server, "POST /_mock/clock", scenario_of(test, 301));

    control_refused(reply, 413, "too_large");
    assert_contains(reply->body, TOO_LONG "--max-body");
}

/* Who may not use the control API may not fill the memory either. */
static void test_without_token(struct test *test)
{
    struct server *server = server_start(
        test, NULL, ARGUMENTS(LIMITS, "--control-token", "letmein"));
    const struct http_request put = {.verb = "PUT",
                                     .target = "/_mock/scenario",
                                     .body = scenario_of(test, 301)};
    const struct http_request put_with_token = {
        .verb = "PUT",
        .target = "/_mock/scenario",
        .headers = {"Authorization: Bearer letmein"},
        .body = scenario_of(test, 2000)};

    control_refused(http_send(test, server, &put), 413, "too_large");
    assert_number(http_send(test, server, &put_with_token)->status, 200);
}

/* Names of tests with sub-tests are long. */
static void test_long_name(struct test *test)
{
    struct server *server = server_start(test, NULL, NULL);
    const char *name = test_printf(test, "a-_%0197d", 7);

    control_do(test, server, test_printf(test, "PUT /_mock/sandboxes/%s", name),
               NULL);
    assert_text(control_token_state(test, server,
                                    test_printf(test, "/sandbox/%s", name),
                                    BOT_TOKEN),
                "active");
    control_refused(
        control_call(test, server,
                     test_printf(test, "PUT /_mock/sandboxes/%s7", name), NULL),
        422, "invalid_request");
    control_do(test, server,
               test_printf(test, "DELETE /_mock/sandboxes/%s", name), NULL);
}

static const struct test_case cases[] = {
    {"control sizes: PUT of the world", test_scenario, put_world},
    {"control sizes: PATCH of the world", test_scenario, patch_world},
    {"control sizes: PUT of a sandbox", test_scenario, put_sandbox},
    {"control sizes: PUT of the world of a sandbox", test_scenario,
     put_world_of_sandbox},
    {"control sizes: 3 MiB without options", test_default, NULL},
    {"control sizes: a chunked body", test_chunked, NULL},
    {"control sizes: a call after it on the connection", test_call_afterwards,
     NULL},
    {"control sizes: what is no scenario", test_other_control_calls, NULL},
    {"control sizes: a scenario without the token", test_without_token, NULL},
    {"control sizes: a sandbox's name of 200 characters", test_long_name, NULL},
};

int run_control_sizes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
