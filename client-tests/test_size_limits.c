/*
 * The limits that an option sets: what is as large as one works, and what is
 * one larger is refused, says by which option, and leaves the server serving.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "life.h"
#include "program_run.h"
#include "raw_socket.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define HOST "Host: 127.0.0.1\r\n"

static const char *filling(struct test *test, int length)
{
    return test_printf(test, "%0*d", length, 0);
}

/* The reply to bytes after which the server still serves. */
static const struct http_reply *
reply_to(struct test *test, const struct server *server, const char *bytes)
{
    struct raw_socket *raw = raw_connect(test, server);
    const struct http_reply *reply;

    raw_send(raw, bytes);
    reply = raw_await_reply(raw);
    control_do(test, server, "GET /_mock/health", NULL);
    return reply;
}

static void assert_refused(const struct http_reply *reply, int status,
                           const char *error, const char *option)
{
    assert_number(reply->status, status);
    assert_json(reply->json, "ok", "false");
    assert_json_text(reply->json, "error", error);
    assert_contains(reply->body, option);
}

/* ---- head and URL ---- */

static const char *get(struct test *test, int length)
{
    static const char path[] = "/api/no.method?x=";

    return test_printf(test, "GET %s%s HTTP/1.1\r\n" HOST "\r\n", path,
                       filling(test, length - (int)strlen(path)));
}

static void test_url(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-url", "100"));

    assert_json_text(reply_to(test, server, get(test, 100))->json, "error",
                     "unknown_method");
    assert_refused(reply_to(test, server, get(test, 101)), 414, "uri_too_long",
                   "--max-url");
}

static const char *head(struct test *test, int length)
{
    static const char start[] = "GET /api/x HTTP/1.1\r\n" HOST "X: ";

    return test_printf(
        test, "%s%s\r\n\r\n", start,
        filling(test, length - (int)strlen(start) - (int)strlen("\r\n\r\n")));
}

static void test_head(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-head", "500"));

    assert_json_text(reply_to(test, server, head(test, 500))->json, "error",
                     "unknown_method");
    assert_refused(reply_to(test, server, head(test, 501)), 431,
                   "header_too_large", "--max-head");
}

/* One that never ends is refused as soon as it is too large. */
static void test_endless_head(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-head", "500"));

    assert_refused(reply_to(test, server,
                            test_printf(test, "GET / HTTP/1.1\r\nX: %s",
                                        filling(test, 600))),
                   431, "header_too_large", "--max-head");
}

/* What follows a head counts to it neither in its packet nor later. */
static void test_head_with_body(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-head", "500"));

    assert_json_text(life_call(test, server, "auth.test", NULL,
                               test_printf(test, "x=%s", filling(test, 600)))
                         ->json,
                     "error", "not_authed");
}

/* ---- body ---- */

static void test_body(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-body", "300"));
    const char *fits = filling(test, 300 - (int)strlen(BOT_FORM "&x="));

    assert_refused(
        http_exchange(test, server, test_printf(test, BOT_FORM "&x=0%s", fits)),
        413, "too_large", "--max-body");
    assert_json(
        http_exchange(test, server, test_printf(test, BOT_FORM "&x=%s", fits))
            ->json,
        "ok", "true");
}

/* Whether the end of the body has come too or not. */
static void test_chunked_body(struct test *test)
{
    static const char start[] =
        "POST /api/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n";
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-body", "300"));
    const char *chunk =
        test_printf(test, "%s12d\r\n%s\r\n", start, filling(test, 301));

    assert_refused(reply_to(test, server, chunk), 413, "too_large",
                   "--max-body");
    assert_refused(
        reply_to(test, server, test_printf(test, "%s0\r\n\r\n", chunk)), 413,
        "too_large", "--max-body");
}

/* What stands in a chunked body and is no data has a limit too. */
static void test_chunk_lines(struct test *test)
{
    static const char start[] =
        "POST /api/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n";
    struct server *server = server_start(
        test, NULL, ARGUMENTS("--max-body", "300", "--max-head", "500"));

    assert_refused(
        reply_to(test, server,
                 test_printf(test, "%s3;%s", start, filling(test, 1000))),
        431, "header_too_large", "--max-head");
    assert_refused(reply_to(test, server,
                            test_printf(test, "%s0\r\nX: %s\r\n\r\n", start,
                                        filling(test, 600))),
                   431, "header_too_large", "--max-head");
}

/* ---- arguments, parts, depth ---- */

static const char *hint(struct test *test, const struct server *server)
{
    return cJSON_GetStringValue(
        json_at(control_journal(test, server, ""), "requests.0.hint"));
}

/* `more` arguments beside the three of an exchange. */
static const char *form(struct test *test, int more)
{
    const char *text = BOT_FORM;

    while (more-- > 0)
        text = test_printf(test, "%s&x%d=", text, more);
    return text;
}

static void test_arguments(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-arguments", "10"));

    assert_json_text(http_exchange(test, server, form(test, 8))->json, "error",
                     "invalid_arguments");
    assert_contains(hint(test, server), "--max-arguments");
    assert_json(http_exchange(test, server, form(test, 7))->json, "ok", "true");
}

static const struct http_reply *
send_parts(struct test *test, const struct server *server, int count)
{
    const char *body = "";
    struct http_request request = {
        .target = "/api/auth.test",
        .headers = {"Content-Type: multipart/form-data; boundary=b"}};

    while (count-- > 0)
        body = test_printf(test,
                           "%s--b\r\nContent-Disposition: form-data; "
                           "name=\"x%d\"\r\n\r\n1\r\n",
                           body, count);
    request.body = test_printf(test, "%s--b--\r\n", body);
    return http_send(test, server, &request);
}

static void test_parts(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-arguments", "10"));

    assert_json_text(send_parts(test, server, 11)->json, "error",
                     "invalid_arguments");
    assert_contains(hint(test, server), "--max-arguments");
    assert_json_text(send_parts(test, server, 10)->json, "error", "not_authed");
}

static const struct http_reply *
send_nested(struct test *test, const struct server *server, const char *value)
{
    const struct http_request request = {
        .target = "/api/auth.test",
        .headers = {"Content-Type: application/json; charset=utf-8"},
        .body = test_printf(test, "{\"x\":%s}", value)};

    return http_send(test, server, &request);
}

static void test_depth(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-depth", "3"));

    assert_json_text(send_nested(test, server, "[[[]]]")->json, "error",
                     "invalid_json");
    assert_json_text(send_nested(test, server, "[[]]")->json, "error",
                     "invalid_array_arg");
    control_refused(
        control_call(test, server, "POST /_mock/clock", "{\"advance\":[[[]]]}"),
        400, "invalid_json");
}

/* ---- sandboxes ---- */

static void test_sandboxes(struct test *test)
{
    struct server *server =
        server_start(test, NULL, ARGUMENTS("--max-sandboxes", "2"));
    const struct http_reply *reply;

    control_do(test, server, "PUT /_mock/sandboxes/one", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/two", NULL);
    reply = control_call(test, server, "PUT /_mock/sandboxes/three", NULL);
    control_refused(reply, 413, "too_many_sandboxes");
    assert_contains(reply->body, "--max-sandboxes");
    control_do(test, server, "PUT /_mock/sandboxes/two", NULL);
    control_do(test, server, "DELETE /_mock/sandboxes/one", NULL);
    control_do(test, server, "PUT /_mock/sandboxes/three", NULL);
    assert_json(control_do(test, server, "GET /_mock/sandboxes", NULL),
                "sandboxes", "[\"three\",\"two\"]");
}

/* ---- scenario file ---- */

static void test_scenario(struct test *test)
{
    static const char text[] = "{\"description\":\"d\"}";
    const char *path = test_file(test, "scenario.json", text);
    const char *fits = test_printf(test, "%zu", strlen(text));
    const char *less = test_printf(test, "%zu", strlen(text) - 1);
    const struct program_run *run;

    run = program_run(test, ARGUMENTS("--check", "--max-scenario", fits, path));
    assert_number(run->status, 0);
    run = program_run(test, ARGUMENTS("--check", "--max-scenario", less, path));
    assert_number(run->status, 1);
    assert_contains(
        run->err,
        test_printf(test, "larger than --max-scenario, %s bytes", less));
}

static const struct test_case cases[] = {
    {"size limits: path and query", test_url, NULL},
    {"size limits: request line and headers", test_head, NULL},
    {"size limits: headers that never end", test_endless_head, NULL},
    {"size limits: a body is no part of the head", test_head_with_body, NULL},
    {"size limits: body", test_body, NULL},
    {"size limits: a chunked body", test_chunked_body, NULL},
    {"size limits: lines of a chunked body", test_chunk_lines, NULL},
    {"size limits: arguments", test_arguments, NULL},
    {"size limits: multipart parts", test_parts, NULL},
    {"size limits: depth of JSON", test_depth, NULL},
    {"size limits: sandboxes", test_sandboxes, NULL},
    {"size limits: scenario file", test_scenario, NULL},
};

int run_size_limits_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
