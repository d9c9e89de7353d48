/*
 * The gates, through the core's entrance: what each refuses, what it lets
 * through, and which of two answers first.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "world.h"

#define URLENCODED     "application/x-www-form-urlencoded"
#define REFUSED(error) "{\"ok\":false,\"error\":\"" error "\"}"
#define WARNED(error, warning)                                                 \
    "{\"ok\":false,\"error\":\"" error "\",\"warning\":\"" warning             \
    "\",\"response_metadata\":{\"warnings\":[\"" warning "\"]}}"
#define MISSING(name) "\"[ERROR] missing required field: " name "\""

struct row {
    const char *name;
    const char *method; /* NULL: oauth.v2.exchange */
    enum verb verb;
    const char *content_type;
    const char *authorization;
    const char *query;
    const char *body;
    const char *reply; /* the whole body, or its beginning if cut */
    bool cut_short;
};

#define SUCCESS "{\"ok\":true,\"app_id\":\"A0APP\""

static struct row rows[] = {
    {.name = "a form is the usual call",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "GET takes its arguments from the query",
     .verb = VERB_GET,
     .query = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "HEAD works like GET",
     .verb = VERB_HEAD,
     .query = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "credentials in the query with an empty form body",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .query = CLIENT "&" SECRET,
     .authorization = "Bearer " BOT_TOKEN,
     .body = "",
     .reply = SUCCESS},
    {.name = "the token as Bearer alone",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .authorization = "bEaReR   " BOT_TOKEN " ",
     .body = CLIENT "&" SECRET,
     .reply = SUCCESS},
    {.name = "the argument wins over Bearer",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .authorization = "Bearer " BOT_TOKEN,
     .body = CLIENT "&" SECRET "&token=nope",
     .reply = REFUSED("invalid_token")},
    {.name = "an empty argument wins over Bearer too",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .authorization = "Bearer " BOT_TOKEN,
     .body = CLIENT "&" SECRET "&token=",
     .reply = REFUSED("invalid_token")},
    {.name = "the body wins over the query",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .query = "token=nope&client_secret=nope",
     .body = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "the later of two wins",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = "token=nope&" EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "an unknown argument is ignored",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT "&extra=1",
     .reply = SUCCESS},
    {.name = "a multipart form",
     .verb = VERB_POST,
     .content_type = "multipart/form-data; boundary=b",
     .body = "--b\r\nContent-Disposition: form-data; name=\"client_id\"\r\n\r\n"
             "4123121235.9872358710\r\n--b\r\n"
             "Content-Disposition: form-data; name=\"client_secret\"\r\n\r\n"
             "e1b9e11dfcd19c1982d5de12921e17e8c\r\n--b\r\n"
             "Content-Disposition: form-data; name=\"token\"\r\n\r\n" BOT_TOKEN
             "\r\n--b--\r\n",
     .reply = SUCCESS},
    {.name = "a body cut short comes before everything",
     .verb = VERB_POST,
     .content_type = "application/xml",
     .body = "x",
     .cut_short = true,
     .reply = REFUSED("request_timeout")},
    {.name = "a payload without a Content-Type",
     .verb = VERB_POST,
     .body = EXCHANGE_BOT,
     .reply = REFUSED("missing_post_type")},
    {.name = "no payload and no Content-Type is fine",
     .verb = VERB_POST,
     .query = EXCHANGE_BOT,
     .body = "",
     .reply = SUCCESS},
    {.name = "a media type that Slack does not take",
     .verb = VERB_POST,
     .content_type = "application/xml",
     .body = "<a/>",
     .reply = REFUSED("invalid_post_type")},
    {.name = "a type in any letter case",
     .verb = VERB_POST,
     .content_type = "Application/X-WWW-Form-URLEncoded",
     .body = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "a charset that Slack does not take",
     .verb = VERB_POST,
     .content_type = URLENCODED "; charset=utf-16",
     .body = EXCHANGE_BOT,
     .reply = REFUSED("invalid_charset")},
    {.name = "the type is judged before the charset",
     .verb = VERB_POST,
     .content_type = "application/xml; charset=utf-16",
     .body = "x",
     .reply = REFUSED("invalid_post_type")},
    {.name = "GET skips the content-type gates",
     .verb = VERB_GET,
     .content_type = "application/xml; charset=utf-16",
     .query = EXCHANGE_BOT,
     .reply = SUCCESS},
    {.name = "a bad escape in the body",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT "&x=%zz",
     .reply = REFUSED("invalid_form_data")},
    {.name = "a bad escape in the query",
     .verb = VERB_GET,
     .query = EXCHANGE_BOT "&x=%4",
     .reply = REFUSED("invalid_form_data")},
    {.name = "text that is no UTF-8",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT "&x=%ff",
     .reply = REFUSED("invalid_form_data")},
    {.name = "the same byte is iso-8859-1, with its warning",
     .verb = VERB_POST,
     .content_type = URLENCODED "; charset=\"ISO-8859-1\"",
     .body = CLIENT "&" SECRET "&token=1&x=%ff",
     .reply = WARNED("invalid_token", "superfluous_charset")},
    {.name = "a multipart form without a boundary",
     .verb = VERB_POST,
     .content_type = "multipart/form-data",
     .body = "x",
     .reply = REFUSED("invalid_form_data")},
    {.name = "an empty multipart form",
     .verb = VERB_POST,
     .content_type = "multipart/form-data; boundary=b",
     .body = "",
     .reply = REFUSED("invalid_form_data")},
    {.name = "an argument's name with a dash",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT "&a-b=1&c[]=1",
     .reply = REFUSED("invalid_arg_name")},
    {.name = "array syntax",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = EXCHANGE_BOT "&token[]=1",
     .reply = REFUSED("invalid_array_arg")},
    {.name = "nothing at all names every argument",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = "",
     .reply =
         "{\"ok\":false,\"error\":\"invalid_arguments\","
         "\"response_metadata\":{\"messages\":[" MISSING(
             "client_id") "," MISSING("client_secret") "," MISSING("token") "]}"
                                                                            "}"},
    {.name = "a forgotten token is named",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = CLIENT "&" SECRET,
     .reply = "{\"ok\":false,\"error\":\"invalid_arguments\","
              "\"response_metadata\":{\"messages\":[" MISSING("token") "]}}"},
    {.name = "an empty Bearer is no token",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .authorization = "Bearer ",
     .body = CLIENT "&" SECRET,
     .reply = "{\"ok\":false,\"error\":\"invalid_arguments\","
              "\"response_metadata\":{\"messages\":[" MISSING("token") "]}}"},
    {.name = "a JSON body is not read, and warned of",
     .verb = VERB_POST,
     .content_type = "application/json",
     .authorization = "Bearer " BOT_TOKEN,
     .body = "{\"client_id\":1}",
     .reply = "{\"ok\":false,\"error\":\"invalid_arguments\","
              "\"warning\":\"missing_charset\","
              "\"response_metadata\":{\"warnings\":[\"missing_charset\"],"
              "\"messages\":[" MISSING("client_id") "," MISSING(
                  "client_secret") "]}}"},
    {.name = "a text body with a charset is not read, without a warning",
     .verb = VERB_POST,
     .content_type = "text/plain; charset=utf-8",
     .query = CLIENT "&" SECRET "&token=1",
     .body = EXCHANGE_BOT,
     .reply = REFUSED("invalid_token")},
    {.name = "an empty JSON body draws no warning",
     .verb = VERB_POST,
     .content_type = "application/json",
     .query = CLIENT "&" SECRET "&token=1",
     .body = "",
     .reply = REFUSED("invalid_token")},
    {.name = "a warning comes last on failures too",
     .verb = VERB_POST,
     .content_type = URLENCODED ";charset=utf-8",
     .body = "client_id=1&client_secret=2&token=3",
     .reply = WARNED("invalid_client_id", "superfluous_charset")},
    {.name = "pretty=1 indents",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .body = "client_id=1&client_secret=2&token=3&pretty=1",
     .reply = "{\n    \"ok\": false,\n    \"error\": \"invalid_client_id\"\n}"},
    {.name = "a token in the query is none for who must authenticate",
     .method = "auth.test",
     .verb = VERB_GET,
     .query = "token=" BOT_TOKEN,
     .reply = REFUSED("invalid_auth")},
    {.name = "nor is it beside a good one in the body",
     .method = "auth.test",
     .verb = VERB_POST,
     .content_type = URLENCODED,
     .query = "token=" BOT_TOKEN,
     .body = "token=" BOT_TOKEN,
     .reply = REFUSED("invalid_auth")},
    {.name = "nor where no token is wanted",
     .method = "oauth.v2.access",
     .verb = VERB_GET,
     .query = CLIENT "&" SECRET "&code=c&token=" BOT_TOKEN,
     .reply = REFUSED("invalid_auth")},
    {.name = "an empty token in the query is no credential",
     .method = "auth.test",
     .verb = VERB_GET,
     .query = "token=",
     .reply = REFUSED("not_authed")},
    {.name = "JSON in ISO 8859-1 is read in it",
     .method = "auth.test",
     .verb = VERB_POST,
     .content_type = "application/json; charset=iso-8859-1",
     .body = "{\"a\":\"\xe9\"}",
     .reply = REFUSED("not_authed")},
    {.name = "and is no JSON in UTF-8",
     .method = "auth.test",
     .verb = VERB_POST,
     .content_type = "application/json; charset=utf-8",
     .body = "{\"a\":\"\xe9\"}",
     .reply = REFUSED("invalid_json")},
    {.name = "a refusal that reads no arguments is pretty too",
     .verb = VERB_POST,
     .content_type = "text/xml",
     .query = "pretty=1",
     .body = "x",
     .reply = "{\n    \"ok\": false,\n    \"error\": \"invalid_post_type\"\n}"},
    {.name = "and so is that of a verb",
     .verb = VERB_OTHER,
     .query = "pretty=1",
     .reply = "{\n    \"ok\": false,\n    \"error\": \"method_not_allowed\","
              "\n    \"message\": \"Slack's methods take GET and POST\"\n}"},
    {.name = "a verb that Slack does not take",
     .verb = VERB_OTHER,
     .reply = "{\"ok\":false,\"error\":\"method_not_allowed\","
              "\"message\":\"Slack's methods take GET and POST\"}"},
};

static struct request request_of(const struct row *row,
                                 struct request_header headers[2])
{
    struct request request = {
        .verb = row->verb,
        .verb_name = "VERB",
        .method = row->method ? row->method : "oauth.v2.exchange",
        .query = row->query,
        .query_length = row->query ? strlen(row->query) : 0,
        .headers = headers,
        .body = row->body,
        .body_length = row->body ? strlen(row->body) : 0,
        .cut_short = row->cut_short,
        .host_time = HOST_TIME,
    };

    if (row->content_type)
        headers[request.header_count++] =
            (struct request_header){"content-type", row->content_type};
    if (row->authorization)
        headers[request.header_count++] =
            (struct request_header){"AUTHORIZATION", row->authorization};
    return request;
}

static void the_reply_is(void **state)
{
    const struct world_row *at = *state;
    struct request_header headers[2];
    const struct row *row = at->row;
    struct request request = request_of(row, headers);
    const char *body = world_call(at->world, &request);

    if (strcmp(row->reply, SUCCESS) == 0)
        assert_memory_equal(body, SUCCESS, strlen(SUCCESS));
    else
        assert_string_equal(body, row->reply);
}

static void an_unknown_method_is_named(void **state)
{
    struct request request = {.verb = VERB_GET, .method = "chat.post"};

    assert_string_equal(world_call(*state, &request),
                        "{\"ok\":false,\"error\":\"unknown_method\","
                        "\"req_method\":\"chat.post\"}");
}

static void a_preflight_is_answered_without_authorization(void **state)
{
    struct world *world = *state;
    struct request request = {.verb = VERB_OPTIONS,
                              .method = "oauth.v2.exchange"};

    assert_string_equal(world_call(world, &request), "");
    assert_string_equal(
        reply_header(&world->reply, "Access-Control-Allow-Headers"),
        "slack-route, x-slack-version-ts, x-b3-traceid, x-b3-spanid, "
        "x-b3-parentspanid, x-b3-sampled, x-b3-flags");
}

static void the_headers_of_a_refusal(void **state)
{
    struct world *world = *state;
    const struct reply *reply = &world->reply;

    world_exchange(world, CLIENT "&" SECRET "&token=1");
    assert_number(reply->header_count, 5);
    assert_string_equal(reply_header(reply, "Content-Type"),
                        "application/json; charset=utf-8");
    assert_string_equal(reply_header(reply, "Date"),
                        "Thu, 01 Jan 2026 00:00:00 GMT");
    assert_number(strlen(reply_header(reply, "X-Slack-Req-Id")), 32);
    assert_string_equal(reply_header(reply, "Access-Control-Allow-Origin"),
                        "*");
    assert_string_equal(reply_header(reply, "Access-Control-Expose-Headers"),
                        "x-slack-req-id, retry-after");
}

static void a_known_token_adds_five_headers(void **state)
{
    struct world *world = *state;
    const struct reply *reply = &world->reply;

    world_exchange(world, EXCHANGE_BOT);
    assert_number(reply->header_count, 10);
    assert_string_equal(reply_header(reply, "Cache-Control"),
                        "private, no-cache, no-store, must-revalidate");
    assert_string_equal(reply_header(reply, "Pragma"), "no-cache");
    assert_string_equal(reply_header(reply, "Expires"),
                        "Sat, 26 Jul 1997 05:00:00 GMT");
    assert_string_equal(reply_header(reply, "X-OAuth-Scopes"),
                        "commands,chat:write");
    assert_string_equal(reply_header(reply, "X-Accepted-OAuth-Scopes"), "");
}

#define ADD(function)                                                          \
    add_test_with(&list, function, world_setup, world_teardown)

int main(void)
{
    struct test_list list = {.count = 0};
    size_t number;

    for (number = 0; number < sizeof rows / sizeof *rows; number++)
        check_add_test(&list,
                       (struct CMUnitTest){rows[number].name, the_reply_is,
                                           world_row_setup, world_row_teardown,
                                           &rows[number]});
    ADD(an_unknown_method_is_named);
    ADD(a_preflight_is_answered_without_authorization);
    ADD(the_headers_of_a_refusal);
    ADD(a_known_token_adds_five_headers);
    return run_list("gates", &list);
}
