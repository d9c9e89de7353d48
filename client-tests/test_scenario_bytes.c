/*
 * Scenarios from elsewhere: what editors and shells of another system make of
 * the bytes of a file, and of its path.
 */
#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

/* Editors on Windows begin a file with it. */
static void test_byte_order_mark(struct test *test)
{
    struct server *server = server_start_with(
        test, "\xef\xbb\xbf" WORLD("\"rules\":[{\"reply\":{\"error\":"
                                   "\"fatal_error\"}}]"));

    assert_json_text(http_exchange(test, server, BOT_FORM)->json, "error",
                     "fatal_error");
    control_do(test, server, "PUT /_mock/scenario",
               "\xef\xbb\xbf" WORLD("\"seed\":1"));
    assert_json(http_exchange(test, server, BOT_FORM)->json, "ok", "true");
}

/* The same without a byte order mark; a NUL stands in it. */
static void test_utf_16(struct test *test)
{
    static const char text[] = "{\0\"\0";
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request put = {.verb = "PUT",
                                     .target = "/_mock/scenario",
                                     .body = text,
                                     .length = sizeof text - 1};

    assert_json_text(http_send(test, server, &put)->json, "message",
                     "body:1:1: syntax error: found UTF-16, wanted UTF-8");
}

static void test_backslash(struct test *test)
{
    assert_text(program_run(test, ARGUMENTS("--check", ".\\none.json"))->err,
                ".\\none.json: No such file or directory; wanted slashes in a "
                "path: \"./none.json\"\n");
}

static const struct test_case cases[] = {
    {"scenario bytes: a byte order mark is ignored", test_byte_order_mark,
     NULL},
    {"scenario bytes: UTF-16 over HTTP", test_utf_16, NULL},
    {"scenario bytes: a backslash for a slash", test_backslash, NULL},
};

int run_scenario_bytes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
