/*
 * Where clients put the arguments of a call, and how they spell them: all of
 * the rows are requests that must succeed. Facts 1.1 has who sends what.
 */
#include <cjson/cJSON.h>

#include "check.h"
#include "default_world.h"
#include "http_client.h"
#include "server_fixture.h"
#include "server_log.h"
#include "test_case.h"
#include "test_groups.h"

#define BEARER     "Authorization: Bearer " BOT_TOKEN
#define FORM_LATIN FORM "; charset=iso-8859-1"
#define MULTIPART  "Content-Type: multipart/form-data; boundary=cut"
#define QUERY      EXCHANGE "?" BOT_FORM
#define APP_QUERY  EXCHANGE "?" APP_FORM

#define PART(name, value)                                                      \
    "--cut\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value \
    "\r\n"
#define PARTS                                                                  \
    PART("client_id", CLIENT_ID)                                               \
    PART("client_secret", CLIENT_SECRET)                                       \
    PART("token", BOT_TOKEN) "--cut--\r\n"

#define SUPERFLUOUS "superfluous_charset"

struct accepted {
    struct http_request request;
    const char *warning; /* NULL for none */
    const char *hint;    /* a word of the one in the log; NULL for none */
};

static void test_accepted(struct test *test)
{
    const struct accepted *row = test_row(test);
    struct server *server = server_start(test, NULL, NULL);
    const struct http_reply *reply = http_send(test, server, &row->request);
    const cJSON *hint;

    assert_number(reply->status, 200);
    assert_json_text(reply->json, "error", NULL);
    assert_json_text(reply->json, "token_type", "bot");
    assert_json_text(reply->json, "warning", row->warning);
    hint = json_at(server_await_log(test, server, 1), "0.hint");
    if (row->hint)
        assert_contains(cJSON_GetStringValue(hint), row->hint);
    else
        assert_true(!hint || cJSON_IsNull(hint));
}

/* A secret that needs every kind of escape: é, blank, plus, slash, ampersand */
#define ODD_WORLD                                                              \
    WORLD("\"apps\":[{\"id\":\"A0APP\","                                       \
          "\"client_secret\":\"\xc3\xa9 +/&=%\"}]")

#define ODD_FORM(secret)                                                       \
    "client_id=" CLIENT_ID "&token=" BOT_TOKEN "&client_secret=" secret

static void test_odd_secret(struct test *test)
{
    const struct accepted *row = test_row(test);
    struct server *server = server_start_with(test, ODD_WORLD);
    const struct http_reply *reply = http_send(test, server, &row->request);

    assert_json_text(reply->json, "error", NULL);
    assert_json(reply->json, "ok", "true");
    assert_json_text(reply->json, "warning", row->warning);
}

#define POST_ROW(title, type, text, warned)                                    \
    {                                                                          \
        "arguments: " title, test_accepted, &(const struct accepted)           \
        {                                                                      \
            {.target = EXCHANGE, .headers = {type}, .body = (text)}, warned,   \
                NULL                                                           \
        }                                                                      \
    }
#define ODD_ROW(title, type, text, warned)                                     \
    {                                                                          \
        "arguments: " title, test_odd_secret, &(const struct accepted)         \
        {                                                                      \
            {.target = EXCHANGE, .headers = {type}, .body = (text)}, warned,   \
                NULL                                                           \
        }                                                                      \
    }
#define ROW(title, ...)                                                        \
    {                                                                          \
        "arguments: " title, test_accepted, &(const struct accepted)           \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }

static const struct test_case cases[] = {
    POST_ROW("all in the form", FORM, BOT_FORM, NULL),
    ROW("the token as Bearer alone, as Python sends it",
        {.target = EXCHANGE, .headers = {FORM, BEARER}, .body = APP_FORM}, NULL,
        NULL),
    ROW("credentials in the query, token as Bearer and an empty form, as "
        "Python's async client sends them",
        {.target = APP_QUERY, .headers = {FORM, BEARER}, .body = ""}, NULL,
        NULL),
    ROW("the token both in the form and as Bearer, as Node sends it",
        {.target = EXCHANGE, .headers = {FORM, BEARER}, .body = BOT_FORM}, NULL,
        NULL),
    ROW("the argument wins over the Bearer header",
        {.target = EXCHANGE,
         .headers = {FORM, "Authorization: Bearer xoxb-unknown"},
         .body = BOT_FORM},
        NULL, NULL),
    ROW("the form wins over the query",
        {.target = EXCHANGE "?client_id=1&client_secret=2&token=3",
         .headers = {FORM},
         .body = BOT_FORM},
        NULL, NULL),
    POST_ROW("the later of two with one name wins", FORM,
             "token=1&client_id=2&client_secret=3&" BOT_FORM, NULL),
    ROW("all in the query of a GET, which the log hints at", {.target = QUERY},
        NULL, "query"),
    ROW("all in the query of a POST with an empty form",
        {.target = QUERY, .headers = {FORM}, .body = ""}, NULL, "query"),
    ROW("a POST without body and Content-Type",
        {.verb = "POST", .target = APP_QUERY, .headers = {BEARER}}, NULL, NULL),
    ROW("a GET's Content-Type does not matter",
        {.target = APP_QUERY,
         .headers = {BEARER, "Content-Type: application/xml;charset=x"}},
        NULL, NULL),
    ROW("the scheme in any letter case, blanks around the token",
        {.target = APP_QUERY,
         .headers = {"authorization:  bEARER   " BOT_TOKEN "  "}},
        NULL, NULL),
    POST_ROW("an argument that Slack does not know is ignored", FORM,
             BOT_FORM "&_x=1&team_id=T1&empty=&bare&&", NULL),
    POST_ROW("an argument's name may be 255 bytes long", FORM,
             BOT_FORM "&abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
                      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
                      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
                      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
                      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxy"
                      "=1",
             NULL),
    POST_ROW("a charset that the form did not need", FORM ";charset=utf-8",
             BOT_FORM, SUPERFLUOUS),
    POST_ROW("a charset in quotes and capitals", FORM " ; Charset=\"UTF-8\"",
             BOT_FORM, SUPERFLUOUS),
    POST_ROW("a media type in capitals",
             "Content-Type: Application/X-WWW-Form-URLencoded", BOT_FORM, NULL),
    POST_ROW("other parameters of the media type", FORM "; version=1", BOT_FORM,
             NULL),
    POST_ROW("multipart", MULTIPART, PARTS, NULL),
    POST_ROW("multipart with a quoted boundary",
             "Content-Type: multipart/form-data; boundary=\"cut\"", PARTS,
             NULL),
    POST_ROW("multipart with a charset", MULTIPART "; charset=utf-8", PARTS,
             SUPERFLUOUS),
    POST_ROW(
        "multipart with blanks behind a boundary, and text around", MULTIPART,
        "preamble\r\n" PART("client_id", CLIENT_ID) PART(
            "client_secret", CLIENT_SECRET) "--cut \t\r\n"
                                            "Content-Disposition: form-data; "
                                            "name=token\r\n\r\n" BOT_TOKEN
                                            "\r\n--cut-- \r\nepilogue",
        NULL),
    ROW("a refresh_token beside them, which the log hints at",
        {.target = EXCHANGE,
         .headers = {FORM},
         .body = BOT_FORM "&refresh_token=xoxe-1-x"},
        NULL, "oauth.v2.access"),
    ODD_ROW("escapes as Node and Java spell them", FORM,
            ODD_FORM("%C3%A9%20%2B%2F%26%3D%25"), NULL),
    ODD_ROW("escapes as Python spells them", FORM,
            ODD_FORM("%c3%a9+%2b/%26%3d%25"), NULL),
    ODD_ROW("iso-8859-1 becomes UTF-8", FORM_LATIN,
            ODD_FORM("%E9+%2B/%26%3D%25"), SUPERFLUOUS),
    ODD_ROW("iso-8859-1 as raw bytes, its name in capitals",
            FORM "; charset=ISO-8859-1", ODD_FORM("\xe9+%2B/%26%3D%25"),
            SUPERFLUOUS),
    ODD_ROW("multipart needs no escapes", MULTIPART,
            PART("client_id", CLIENT_ID) PART("token", BOT_TOKEN)
                PART("client_secret", "\xc3\xa9 +/&=%") "--cut--",
            NULL),
};

int run_arguments_tests(void)
{
    return test_cases_run(cases, sizeof cases / sizeof cases[0]);
}
