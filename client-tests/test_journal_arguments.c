/*
 * Arguments that are more than a text: files of a multipart form, arrays and
 * objects of a JSON body. What the call makes of them, and what the journal
 * shows.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "check.h"
#include "control_client.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "test_case.h"
#include "test_groups.h"

#define BEARER    "Authorization: Bearer " BOT_TOKEN
#define MULTIPART "Content-Type: multipart/form-data; boundary=cut"
#define JSON      "Content-Type: application/json; charset=utf-8"

#define STUBBED(method) WORLD("\"stubs\":{\"" method "\":{}}")

/* A part of a form, with what follows its name. */
#define PART(name, more, value)                                                \
    "--cut\r\nContent-Disposition: form-data; name=\"" name "\"" more          \
    "\r\n\r\n" value "\r\n"

static const cJSON *arguments_of(struct test *test, struct server *server,
                                 const char *query)
{
    return json_at(control_journal(test, server, query),
                   "requests.0.arguments");
}

/* ---- files ---- */

/* The bytes of a file are nobody's text: they need not be in any charset. */
static void test_any_bytes(struct test *test)
{
    struct server *server = server_start_with(test, STUBBED("users.setPhoto"));
    const struct http_request request = {
        .target = "/api/users.setPhoto",
        .headers = {MULTIPART, BEARER},
        .body = PART("crop_x", "", "7")
            PART("image", "; filename=\"me.png\"\r\nContent-Type: image/png",
                 "a\xff\xfe"
                 "b") "--cut--\r\n"};

    assert_json(http_send(test, server, &request)->json, "ok", "true");
    assert_json(arguments_of(test, server, ""), "crop_x", "\"7\"");
    assert_json(arguments_of(test, server, ""), "image",
                "{\"name\":\"me.png\",\"type\":\"image/png\",\"size\":4}");
}

/* A NUL is a byte of it too; there may be no type, and no name in its name. */
static void test_file_without_a_type(struct test *test)
{
    static const char body[] =
        PART("file", "; filename=\"\"", "\0\r\n\0") "--cut--";
    struct server *server = server_start_with(test, STUBBED("files.upload"));
    const struct http_request request = {.target = "/api/files.upload",
                                         .headers = {MULTIPART, BEARER},
                                         .body = body,
                                         .length = sizeof body - 1};

    assert_json(http_send(test, server, &request)->json, "ok", "true");
    assert_json(arguments_of(test, server, ""), "file",
                "{\"name\":\"\",\"type\":null,\"size\":4}");
}

/* The same bytes in a part that is no file are a text, and no good one. */
static void test_text_stays_judged(struct test *test)
{
    struct server *server = server_start_with(test, STUBBED("users.setPhoto"));
    const struct http_request request = {.target = "/api/users.setPhoto",
                                         .headers = {MULTIPART, BEARER},
                                         .body = PART("image", "",
                                                      "a\xff\xfe"
                                                      "b") "--cut--\r\n"};

    assert_json_text(http_send(test, server, &request)->json, "error",
                     "invalid_form_data");
}

/* A secret in a file's name is one. */
static void test_file_name_is_masked(struct test *test)
{
    struct server *server = server_start_with(test, STUBBED("files.upload"));
    const struct http_request request = {
        .target = "/api/files.upload",
        .headers = {MULTIPART, BEARER},
        .body = PART("file", "; filename=\"" USER_TOKEN ".txt\"",
                     "x") "--cut--\r\n"};

    (void)http_send(test, server, &request);
    assert_lacks(control_call(test, server, "GET /_mock/requests", NULL)->body,
                 USER_TOKEN);
    assert_json_text(arguments_of(test, server, "?secrets=1"), "file.name",
                     USER_TOKEN ".txt");
}

/* ---- arrays and objects ---- */

static void post_json(struct test *test, struct server *server,
                      const char *body)
{
    const struct http_request request = {.target = "/api/chat.postMessage",
                                         .headers = {JSON, BEARER},
                                         .body = body};

    assert_json(http_send(test, server, &request)->json, "ok", "true");
}

/* A client that encodes twice, or not at all, is told from one that is right.
 */
static void test_structures(struct test *test)
{
    struct server *server =
        server_start_with(test, STUBBED("chat.postMessage"));
    const cJSON *arguments;

    post_json(test, server,
              "{\"blocks\":[{\"type\":\"divider\"}],\"n\":{\"a\":1.50},"
              "\"text\":\"[{\\\"type\\\":1}]\"}");
    arguments = arguments_of(test, server, "");
    assert_json(arguments, "blocks", "[{\"type\":\"divider\"}]");
    assert_json(arguments, "n", "{\"a\":1.5}");
    assert_json_text(arguments, "text", "[{\"type\":1}]");
}

static void test_masked_structures(struct test *test)
{
    struct server *server =
        server_start_with(test, STUBBED("chat.postMessage"));

    post_json(test, server,
              "{\"blocks\":[\"" USER_TOKEN "\"],"
              "\"my_token\":[\"5ecre7-5ecre7-5ecre7\"],"
              "\"m\":{\"client_secret\":\"" CLIENT_SECRET "\"}}");
    assert_lacks(control_call(test, server, "GET /_mock/requests", NULL)->body,
                 CLIENT_SECRET);
    assert_lacks(control_call(test, server, "GET /_mock/requests", NULL)->body,
                 USER_TOKEN);
    assert_lacks(control_call(test, server, "GET /_mock/requests", NULL)->body,
                 "5ecre7-5ecre7");
    assert_json(arguments_of(test, server, "?secrets=1"), "m",
                "{\"client_secret\":\"" CLIENT_SECRET "\"}");
}

static const struct test_case cases[] = {
    {"journal arguments: a file may have any bytes", test_any_bytes, NULL},
    {"journal arguments: a file without name and type",
     test_file_without_a_type, NULL},
    {"journal arguments: a part without a filename is a text",
     test_text_stays_judged, NULL},
    {"journal arguments: a file's name is masked as all else",
     test_file_name_is_masked, NULL},
    {"journal arguments: an array is no text", test_structures, NULL},
    {"journal arguments: what is secret in an array is masked",
     test_masked_structures, NULL},
};

int run_journal_arguments_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
