/*
 * The live page makes a call again, and copies it as curl, in the Content-Type
 * that the client used, or says that the server kept too little of it.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "browser.h"
#include "check.h"
#include "control_client.h"
#include "http_client.h"
#include "page.h"
#include "program_run.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define JSON      "Content-Type: application/json; charset=utf-8"
#define MULTIPART "Content-Type: multipart/form-data; boundary=x"
#define PART(head, value)                                                      \
    "--x\r\nContent-Disposition: form-data; " head "\r\n\r\n" value "\r\n"

static const struct body {
    const char *type; /* the header */
    const char *bytes;
    const char *kept; /* the arguments, those of the query ahead; NULL: none */
} bodies[] = {
    {FORM, "text=a+%26%20'b'&plus=%2B",
     "{\"channel\":\"C1\",\"text\":\"a & 'b'\",\"plus\":\"+\"}"},
    {JSON, "{\"text\":\"a & 'b'\",\"blocks\":[{\"a\":[1]}]}",
     "{\"channel\":\"C1\",\"text\":\"a & 'b'\",\"blocks\":[{\"a\":[1]}]}"},
    {MULTIPART,
     PART("name=\"text\"", "@a & 'b'") PART("name=\"plus\"", "+;b=<c>") "--x--",
     "{\"channel\":\"C1\",\"text\":\"@a & 'b'\",\"plus\":\"+;b=<c>\"}"},
    {"Content-Type: text/plain", "hello", NULL},
    {JSON, "[1,2", NULL},
    {MULTIPART,
     PART("name=\"text\"", "a")
         PART("name=\"file\"; filename=\"/etc/hostname\"", "bytes") "--x--",
     NULL},
};

/* Its page, with the call chosen. */
static struct server *start_with(struct test *test, const struct body *body)
{
    struct server *server = server_start(test, NULL, NULL);
    const struct http_request request = {
        .target = "/api/chat.postMessage?channel=C1",
        .headers = {body->type},
        .body = body->bytes,
    };

    (void)http_send(test, server, &request);
    page_open(test, server, "/");
    browser_click(test, "#call-1");
    return server;
}

static void assert_same(const struct cJSON *journal, int place,
                        const struct body *body, struct test *test)
{
    const char *type = strchr(body->type, ':') + 2;
    const struct cJSON *entry =
        json_at(journal, test_printf(test, "requests.%d", place));

    assert_json(entry, "http_method", "\"POST\"");
    assert_json(entry, "path", "\"/api/chat.postMessage?channel=C1\"");
    assert_json(entry, "arguments", body->kept);
    assert_contains(
        cJSON_GetStringValue(json_at(entry, "headers.content-type")),
        test_printf(test, "%.*s", (int)strcspn(type, ";"), type));
}

static void test_again(struct test *test)
{
    const struct body *body = test_row(test);
    struct server *server = start_with(test, body);
    const struct cJSON *journal;

    page_press(test, "Replay");
    browser_await(test, "#toast", "Replayed: HTTP 200");
    page_press(test, "Copy as curl");
    browser_await(test, "#toast", "Copied: curl");
    (void)shell_run(test, test_printf(test, "%s -s --noproxy '*'",
                                      browser_clipboard(test)));
    journal = control_journal(test, server, "");
    for (int place = 0; place < 3; place++)
        assert_same(journal, place, body, test);
    browser_assert_quiet(test);
}

static void test_not_kept(struct test *test)
{
    const struct body *body = test_row(test);
    const char *why = test_printf(test, "Its body was not kept (%s).",
                                  strchr(body->type, ':') + 2);
    struct server *server = start_with(test, body);

    page_press(test, "Replay");
    browser_await(test, "#toast", why);
    page_press(test, "Copy as rule");
    browser_await(test, "#toast", "Copied: a rule");
    page_press(test, "Copy as curl");
    browser_await(test, "#toast", why);
    assert_json(control_journal(test, server, ""), "count", "1");
    browser_assert_quiet(test);
}

int run_page_bodies_tests(void)
{
    static const struct test_case cases[] = {
        {"page: a form is sent again", test_again, &bodies[0]},
        {"page: JSON is sent again", test_again, &bodies[1]},
        {"page: a multipart form is sent again", test_again, &bodies[2]},
        {"page: a body of text is not made up", test_not_kept, &bodies[3]},
        {"page: nor is one that is no JSON", test_not_kept, &bodies[4]},
        {"page: nor is a file", test_not_kept, &bodies[5]},
    };

    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
