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

/* NULs stand in them, so that no file of a test can hold them. */
static void test_other_encodings(struct test *test)
{
#define BYTES(text) text, sizeof(text) - 1
    static const struct {
        const char *text;
        size_t length;
        const char *found;
    } rows[] = {
        {BYTES("{\0\"\0"), "UTF-16"},
        {BYTES("\xfe\xff\0{\0}"), "UTF-16"},
        {BYTES("\xff\xfe\0\0{\0\0\0"), "UTF-32"},
        {BYTES("\0\0\xfe\xff\0\0\0{"), "UTF-32"},
        {BYTES("{\0\0\0}\0\0\0"), "UTF-32"},
        {BYTES("\0\0\0{\0\0\0}"), "UTF-32"},
    };
#undef BYTES
    struct server *server = server_start(test, NULL, NULL);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct http_request put = {.verb = "PUT",
                                         .target = "/_mock/scenario",
                                         .body = rows[i].text,
                                         .length = rows[i].length};

        assert_json_text(
            http_send(test, server, &put)->json, "message",
            test_printf(test, "body:1:1: syntax error: found %s, wanted UTF-8",
                        rows[i].found));
    }
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
    {"scenario bytes: UTF-16 and UTF-32 over HTTP", test_other_encodings, NULL},
    {"scenario bytes: a backslash for a slash", test_backslash, NULL},
};

int run_scenario_bytes_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
